// Walks, and steps from altered states; the formulas on the values of whole transitions.
// Knows no handler: it sees states before and after a step.
#include "model/proof/cluster_tie.hpp"

#include "checker/path.hpp"
#include "model/proof/cluster_altered.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof::cluster {

using checker::GlobalState;
Reading::Reading(std::span<const Action> read) {
    Step step;
    make_unknown(formulas_, step);
    read_.emplace(argument({.actions = read}, step));
    recovery_.emplace(recovered(step.before, step.before.process, step.happening.survives));
}

std::vector<Reading::ClaimReading> Reading::claims_of(const Transition<Concrete>& transition) {
    std::vector<ClaimReading> readings;
    for (const ArgumentReading::ClaimReading& each : read_claims(transition))
        readings.push_back({each.holds, each.cases.front()});
    return readings;
}

TieReport::TieReport() : violated_by_claim(claims().size(), 0), telling_by_claim(claims().size(), 0) {}

void TieReport::add(const TieReport& other) {
    const auto add_all = [](std::vector<std::uint64_t>& sums, const std::vector<std::uint64_t>& counts) {
        for (std::size_t place = 0; place < sums.size(); ++place)
            sums[place] += counts[place];
    };
    steps += other.steps;
    windows += other.windows;
    add_all(steps_by_action, other.steps_by_action);
    recoveries += other.recoveries;
    rollbacks += other.rollbacks;
    shadow_rollbacks += other.shadow_rollbacks;
    judged_states += other.judged_states;
    add_all(violated_by_claim, other.violated_by_claim);
    add_all(telling_by_claim, other.telling_by_claim);
    if (!failure)
        failure = other.failure;
}

std::vector<std::string> TieReport::not_met() const {
    std::vector<std::string> all;
    for (std::size_t action = 0; action < action_count; ++action)
        if (steps_by_action[action] == 0)
            all.push_back("no step was compared with the action " + std::string(actions()[action].name));
    if (rollbacks == shadow_rollbacks)
        all.emplace_back("no recovery was compared in which an active process rolls back");
    if (shadow_rollbacks == 0)
        all.emplace_back("no recovery was compared in which a shadow rolls back");
    for (std::size_t claim = 0; claim < claims().size(); ++claim)
        if (telling_by_claim[claim] == 0)
            all.push_back("no state was met that " + std::string(claims()[claim].name) +
                          " is there for: " + claims()[claim].case_sentence);
    return all;
}

namespace {

void tie_small_step(Reading& reading, const SmallStep& step, const TieOptions& options, checker::Random& random,
                    TieReport& report) {
    ++report.steps_by_action[static_cast<std::size_t>(step.action)];
    const auto fail = [&](const std::string& what, const Transition<Concrete>& seen) {
        if (!report.failure)
            report.failure = TieFailure{actions()[static_cast<std::size_t>(step.action)].name, what, seen};
    };
    for (const Subject& drawn :
         options.windows_max == 0 ? subjects_of(step.after) : drawn_subjects(step.after, options.windows_max, random)) {
        const Transition<Concrete> transition = transition_of(step, drawn);
        ++report.windows;
        if (const std::string objection = reading.objection(step.action, transition); !objection.empty())
            fail(objection, transition);
        if (!options.judge_lemmas)
            continue;
        for (const std::string& lemma : reading.false_lemmas(transition))
            fail("lemma " + lemma + " is false in a state that can be reached", transition);
    }
}

void tie_small_steps(Reading& reading, const TakenApart& apart, const char* place, const TieOptions& options,
                     checker::Random& random, TieReport& report) {
    if (!apart.failure.empty() && !report.failure)
        report.failure = TieFailure{place, apart.failure, std::nullopt};
    for (const SmallStep& each : apart.steps)
        tie_small_step(reading, each, options, random, report);
}

std::vector<checker::Enabled> changes_in(const System& system, const GlobalState& state) {
    std::vector<checker::Enabled> all = checker::enabled(system, state);
    std::erase_if(all, [&](const checker::Enabled& each) {
        return checker::apply(system, state, each.firing, each.outcome) == state;
    });
    return all;
}

} // namespace

void tie_state(const System& system, Reading& reading, const GlobalState& state, const Sent& sent,
               const TieOptions& options, checker::Random& random, TieReport& report) {
    const Layout& layout = system.layout();
    const ExplicitState before = decode_cluster(layout, state, sent);
    for (const checker::Enabled& each : checker::enabled(system, state)) {
        std::optional<Message> taken;
        const checker::Step& shape = system.steps()[each.firing.step];
        if (shape.takes)
            taken = decode<Message>(checker::messages_to_take(system.slots(), shape, state)[each.firing.taken]);
        const ExplicitState after = decode_cluster(layout, checker::apply(system, state, each.firing, each.outcome),
                                                   sent_after(layout, sent, each.outcome));
        ++report.steps;
        tie_small_steps(reading, taken_apart(layout.step_places()[each.firing.step], taken, before, after),
                        "a reclamation", options, random, report);
    }
    tie_small_steps(reading, decided(before, system.rules()), "recovery", options, random, report);
}

TieReport tie_start(const System& system, Reading& reading) {
    TieReport report;
    for (const GlobalState& state : system.initial_states()) {
        const ExplicitState start = decode_cluster(system.layout(), state, {});
        for (const Subject& subject : subjects_of(start)) {
            Transition<Concrete> seen;
            seen.before = window_of(start, subject);
            if (!reading.is_initial(seen.before) && !report.failure)
                report.failure =
                    TieFailure{"start", "the beginning of the proof is not that of the implementation", seen};
        }
    }
    return report;
}

TieReport tie_walks(const System& system, Reading& reading, const TieOptions& options) {
    TieReport report;
    for (std::uint64_t walk = 0; walk < options.walks && !report.failure; ++walk) {
        checker::Random random(options.seed, walk);
        GlobalState state = system.initial_states().front();
        Sent sent;
        for (;;) {
            tie_state(system, reading, state, sent, options, random, report);
            TieOptions of_altered = options;
            of_altered.judge_lemmas = false;
            of_altered.windows_max = (options.windows_max + 3) / 4;
            for (std::uint64_t left = walk % 4 == 0 ? options.altered_states : 0; left > 0; --left) {
                const AlteredState other = altered(system, state, sent, random);
                tie_state(system, reading, other.state, other.sent, of_altered, random, report);
            }
            const std::vector<checker::Enabled> all = changes_in(system, state);
            if (all.empty() || report.failure)
                break;
            const checker::Enabled& chosen = all[random.below(all.size())];
            sent = sent_after(system.layout(), sent, chosen.outcome);
            state = checker::apply(system, state, chosen.firing, chosen.outcome);
        }
    }
    return report;
}

Scope tie_scope() {
    Scope scope;
    scope.name = "tie";
    scope.components = 3;
    scope.active_processes = 2;
    scope.order = OrderAssumption::component;
    scope.faults = FaultModel::independent;
    scope.budgets = {.cluster_messages = 2,
                     .active_messages = 2,
                     .messages_to_cluster = 2,
                     .active_acceptance_tests = 2,
                     .cluster_outputs = 2,
                     .low_internal_messages = 2,
                     .shadow_internal_messages = 2};
    return scope;
}

Scope recovery_scope() {
    Scope scope = tie_scope();
    scope.name = "recovery";
    scope.components = 2;
    scope.budgets.cluster_messages = 3;
    scope.budgets.cluster_outputs = 1;
    scope.budgets.messages_to_cluster = 4;
    scope.budgets.active_acceptance_tests = 1;
    return scope;
}

Scope output_scope() {
    Scope scope = recovery_scope();
    scope.name = "output";
    scope.active_processes = 1;
    scope.budgets.cluster_messages = 1;
    scope.budgets.cluster_outputs = 2;
    return scope;
}

} // namespace mdcd::model::proof::cluster
