// A plain breadth-first search over states and what was sent on the way to them, since windows show both.
// Knows no lemma and no action.
#include "model/proof/reach.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "model/inputs/library.hpp"
#include "model/proof/fields.hpp"
#include "model/proof/tie_recovery.hpp"
#include "model/runs/run_writer.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof {

using checker::GlobalState;

namespace {

struct Visited {
    GlobalState state;
    Sent sent;
    std::size_t parent = 0; // by position
    checker::Firing firing; // from there
};

std::string key_of(const GlobalState& state, const Sent& sent) {
    std::string key;
    for (const std::string& bytes : state)
        key += encode(bytes.size()) + bytes;
    for (const SentMessage& each : sent)
        key += encode(each.receiver) + encode(each.message);
    return key;
}

std::vector<std::string> run_to(const System& system, const std::vector<Visited>& visited, std::size_t last) {
    std::vector<checker::Firing> firings;
    for (std::size_t at = last; at != 0; at = visited[at].parent)
        firings.push_back(visited[at].firing);
    std::ranges::reverse(firings);
    RunWriter writer(system);
    for (const checker::Firing& firing : firings)
        for (const Move& move : writer.moves())
            if (move.firing == firing) {
                writer.advance(move);
                break;
            }
    std::vector<std::string> run;
    for (const traces::Step& step : writer.steps())
        run.push_back(step.action.text);
    return run;
}

bool look_in(const std::string& scope, const impl::Rules& rules, std::uint64_t states_max, const StepQuestion& is_it,
             Occurrence& occurrence) {
    const System system(load_scope(scope), rules);
    std::vector<Visited> visited{{system.initial_states().front(), {}, 0, {}}};
    std::set<std::string> seen{key_of(visited[0].state, visited[0].sent)};
    Looked& looked = occurrence.looked.emplace_back(Looked{scope, 1, true});
    for (std::size_t next = 0; next < visited.size(); ++next) {
        for (const checker::Enabled& each : checker::enabled(system, visited[next].state)) {
            Visited to{checker::apply(system, visited[next].state, each.firing, each.outcome),
                       sent_after(system.layout(), visited[next].sent, each.outcome), next, each.firing};
            if (is_it(system, {visited[next].state, visited[next].sent}, {to.state, to.sent}, each)) {
                visited.push_back(std::move(to));
                occurrence.reached = true;
                occurrence.run = run_to(system, visited, visited.size() - 1);
                return true;
            }
            if (!seen.insert(key_of(to.state, to.sent)).second)
                continue;
            if (visited.size() == states_max) {
                looked.all = false;
                return false;
            }
            visited.push_back(std::move(to));
            looked.states = visited.size();
        }
    }
    return false;
}

} // namespace

Occurrence look_for(const impl::Rules& rules, const ReachOptions& options, const StepQuestion& is_it) {
    Occurrence occurrence;
    for (const std::string& scope : options.scopes)
        if (look_in(scope, rules, options.states_max, is_it, occurrence))
            break;
    return occurrence;
}

Occurrence find_broken_lemma(const impl::Rules& rules, const Lemma& lemma, ActionId action,
                             const ReachOptions& options) {
    checker::smt::Formulas formulas;
    Transition<Symbolic> step;
    make_unknown(formulas, step);
    const std::vector<Truth> texts{concluded(lemma, step.before), concluded(lemma, step.after)};
    checker::smt::Evaluation holds(texts);
    const auto breaks = [&](const System& system, VisitedState from, VisitedState, const checker::Enabled& enabled) {
        const ExplicitStep explicit_one = explicit_step(system, from.state, from.sent, enabled);
        if (action_of(explicit_one) != action)
            return false;
        for (const Subject& subject : subjects_of(explicit_one.after))
            if (const auto transition = transition_of(explicit_one, subject)) {
                const std::vector<bool> truths = holds(values_of(*transition));
                if (truths[0] && !truths[1])
                    return true;
            }
        return false;
    };
    return look_for(rules, options, breaks);
}

Occurrence find_false_claim(const impl::Rules& rules, const std::string& claim, const ReachOptions& options) {
    const std::span<const ProvedClaim> all = claims();
    const auto place = static_cast<std::size_t>(
        std::ranges::find_if(all, [&](const ProvedClaim& each) { return claim == each.name; }) - all.begin());
    return look_for(rules, options, [&](const System& system, VisitedState, VisitedState to, const checker::Enabled&) {
        return place < all.size() && !judged_claims(system, to.state)[place];
    });
}

} // namespace mdcd::model::proof
