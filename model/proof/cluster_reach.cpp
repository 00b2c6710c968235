// Each step of the model is taken apart as the comparison does it, and looked at through every window.
// Knows no lemma and no action by name.
#include "model/proof/cluster_reach.hpp"

#include <algorithm>

#include "model/proof/cluster_tie.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof::cluster {

namespace {

// The first that of two components comes to something is small.
constexpr std::array scopes_of_two = {"two-outputs", "two-told", "two-inside"};

ReachOptions options_for(std::uint64_t states_max) {
    ReachOptions options{.scopes = {}, .states_max = states_max};
    options.scopes.assign(scopes_of_two.begin(), scopes_of_two.end());
    return options;
}

// What a step of the model is made of, and how a recovery would begin after it.
std::vector<SmallStep> small_steps_of(const System& system, VisitedState from, VisitedState to,
                                      const checker::Enabled& enabled) {
    const Layout& layout = system.layout();
    std::optional<Message> taken;
    const checker::Step& shape = system.steps()[enabled.firing.step];
    if (shape.takes)
        taken = decode<Message>(checker::messages_to_take(system.slots(), shape, from.state)[enabled.firing.taken]);
    const ExplicitState after = decode_cluster(layout, to.state, to.sent);
    std::vector<SmallStep> steps = taken_apart(layout.step_places()[enabled.firing.step], taken,
                                               decode_cluster(layout, from.state, from.sent), after)
                                       .steps;
    for (SmallStep& each : decided(after, system.rules()).steps)
        steps.push_back(std::move(each));
    return steps;
}

} // namespace

Occurrences find_failures(const impl::Rules& rules, const Proof& proof, std::uint64_t states_max) {
    constexpr std::uint64_t share = 16; // windows of several components are many
    const ReachOptions options = options_for(std::max<std::uint64_t>(states_max / share, 1));
    Reading reading;
    Occurrences all;
    for (const ProofRow& row : proof.lemmas)
        for (std::size_t column = 1; column < row.cells.size(); ++column) {
            if (!row.cells[column].counterexample)
                continue;
            const auto breaks = [&](const System& system, VisitedState from, VisitedState to,
                                    const checker::Enabled& enabled) {
                for (const SmallStep& step : small_steps_of(system, from, to, enabled))
                    if (static_cast<std::size_t>(step.action) + 1 == column)
                        for (const Subject& subject : subjects_of(step.after))
                            if (const std::vector<std::string> broken =
                                    reading.broken_lemmas(transition_of(step, subject));
                                std::ranges::find(broken, row.name) != broken.end())
                                return true;
                return false;
            };
            all[proof.actions[column - 1] + ": " + row.name] = look_for(rules, options, breaks);
        }
    for (const ProofRow& row : proof.claims) {
        const auto place = static_cast<std::size_t>(
            std::ranges::find_if(claims(), [&](const ProvedClaim& each) { return row.name == each.name; }) -
            claims().begin());
        if (row.cells[0].counterexample && place < claims().size())
            all[row.name] = look_for(rules, options,
                                     [&](const System& system, VisitedState, VisitedState to, const checker::Enabled&) {
                                         return !judged_claims(system, to.state)[place];
                                     });
    }
    return all;
}

} // namespace mdcd::model::proof::cluster
