// Walks, and steps from made-up states.
// Knows no handler: it sees states before and after a step.
#include "model/proof/tie.hpp"

#include "checker/path.hpp"
#include "model/proof/made_up_state.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof {

using checker::GlobalState;

namespace {

// Without the steps that change nothing, which would go on forever.
std::vector<checker::Enabled> enabled_changes(const System& system, const GlobalState& state) {
    std::vector<checker::Enabled> all = checker::enabled(system, state);
    std::erase_if(all, [&](const checker::Enabled& each) {
        return checker::apply(system, state, each.firing, each.outcome) == state;
    });
    return all;
}

} // namespace

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
        all.emplace_back("no recovery was compared in which the shadow rolls back");
    for (std::size_t claim = 0; claim < claims().size(); ++claim)
        if (telling_by_claim[claim] == 0)
            all.push_back("no state was met that " + std::string(claims()[claim].name) +
                          " is there for: " + claims()[claim].case_sentence);
    return all;
}

void tie_step(Reading& reading, const ExplicitStep& step, const std::vector<Subject>& subjects, bool judge_lemmas,
              TieReport& report) {
    const ActionId action = action_of(step);
    ++report.steps;
    ++report.steps_by_action[static_cast<std::size_t>(action)];
    const auto fail = [&](const std::string& what, const std::optional<Transition<Concrete>>& seen) {
        if (!report.failure)
            report.failure = TieFailure{actions()[static_cast<std::size_t>(action)].name, what, action, seen};
    };
    for (const Subject& subject : subjects) {
        const auto transition = transition_of(step, subject);
        ++report.windows;
        if (!transition) {
            fail("the checkpoints after the step are not those before it", std::nullopt);
            continue;
        }
        if (const std::string objection = reading.objection(action, *transition); !objection.empty())
            fail(objection, transition);
        if (!judge_lemmas)
            continue;
        for (const std::string& lemma : reading.false_lemmas(*transition))
            fail("lemma " + lemma + " is false in a state that can be reached", transition);
    }
}

ExplicitStep explicit_step(const System& system, const GlobalState& state, const Sent& sent,
                           const checker::Enabled& enabled) {
    const Layout& layout = system.layout();
    ExplicitStep step;
    step.place = layout.step_places()[enabled.firing.step];
    const checker::Step& shape = system.steps()[enabled.firing.step];
    if (shape.takes)
        step.taken = decode<Message>(checker::messages_to_take(system.slots(), shape, state)[enabled.firing.taken]);
    step.before = decode_state(layout, state, sent);
    step.after = decode_state(layout, checker::apply(system, state, enabled.firing, enabled.outcome),
                              sent_after(layout, sent, enabled.outcome));
    return step;
}

std::vector<Subject> drawn_subjects(const ExplicitState& state, std::uint64_t count, checker::Random& random) {
    std::vector<Subject> all = subjects_of(state);
    for (std::size_t place = 0; count > 0 && place < count && place < all.size(); ++place)
        std::swap(all[place], all[place + random.below(all.size() - place)]);
    if (count > 0 && all.size() > count)
        all.resize(count);
    return all;
}

TieReport tie_start(const System& system, Reading& reading) {
    TieReport report;
    for (const GlobalState& state : system.initial_states()) {
        const ExplicitState start = decode_state(system.layout(), state, {});
        for (const Subject& subject : subjects_of(start)) {
            Transition<Concrete> seen;
            seen.before = window_of(start, subject);
            if (!reading.is_initial(seen.before) && !report.failure)
                report.failure = TieFailure{"start", "the beginning of the proof is not that of the implementation",
                                            std::nullopt, seen};
        }
    }
    return report;
}

void for_each_walked(const System& system, const TieOptions& options, std::uint64_t walks,
                     const std::function<bool(const GlobalState&, const Sent&)>& visit) {
    for (std::uint64_t walk = 0; walk < walks; ++walk) {
        checker::Random random(options.seed, walk);
        GlobalState state = system.initial_states().front();
        Sent sent;
        for (bool goes_on = true; goes_on;) {
            std::vector<checker::Enabled> all = enabled_changes(system, state);
            if (all.empty())
                break;
            const checker::Enabled& chosen = all[random.below(all.size())];
            sent = sent_after(system.layout(), sent, chosen.outcome);
            state = checker::apply(system, state, chosen.firing, chosen.outcome);
            goes_on = visit(state, sent);
        }
    }
}

TieReport tie_walks(const System& system, Reading& reading, const TieOptions& options) {
    TieReport report;
    for (std::uint64_t walk = 0; walk < options.walks && !report.failure; ++walk) {
        checker::Random random(options.seed, walk);
        GlobalState state = system.initial_states().front();
        Sent sent;
        for (;;) {
            const std::vector<checker::Enabled> all = enabled_changes(system, state);
            if (all.empty())
                break;
            const checker::Enabled& chosen = all[random.below(all.size())];
            const ExplicitStep step = explicit_step(system, state, sent, chosen);
            tie_step(reading, step, drawn_subjects(step.after, options.windows_max, random), options.judge_lemmas,
                     report);
            sent = sent_after(system.layout(), sent, chosen.outcome);
            state = checker::apply(system, state, chosen.firing, chosen.outcome);
        }
    }
    return report;
}

TieReport tie_made_up_states(const System& system, Reading& reading, const TieOptions& options) {
    TieReport report;
    for (std::uint64_t number = 0; number < options.made_up_states && !report.failure; ++number) {
        checker::Random random(options.seed, number);
        const MadeUpState made_up = make_up_state(system, random);
        for (const checker::Enabled& each : checker::enabled(system, made_up.state)) {
            const ExplicitStep step = explicit_step(system, made_up.state, made_up.sent, each);
            tie_step(reading, step, drawn_subjects(step.after, options.windows_max, random), false, report);
        }
    }
    return report;
}

Scope tie_scope() {
    Scope scope;
    scope.name = "tie";
    scope.active_processes = 3;
    scope.budgets = {.cluster_messages = 6,
                     .active_messages = 4,
                     .messages_to_cluster = 3,
                     .low_acceptance_tests = 1,
                     .active_acceptance_tests = 2};
    return scope;
}

Scope recovery_scope() {
    Scope scope = tie_scope();
    scope.name = "recovery";
    scope.budgets.active_acceptance_tests = 1;
    scope.budgets.low_acceptance_tests = 0;
    return scope;
}

} // namespace mdcd::model::proof
