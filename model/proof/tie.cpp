// Walks, steps from made-up states, and the reading of formulas on what they show.
// Knows no handler: it sees states before and after a step.
#include "model/proof/tie.hpp"

#include "checker/path.hpp"
#include "model/proof/claims.hpp"
#include "model/proof/fields.hpp"
#include "model/proof/made_up_state.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof {

using checker::GlobalState;

Reading::Reading(const impl::Rules& rules) {
    Transition<Symbolic> step;
    make_unknown(formulas_, step);
    const Truth before = well_formed(step.before.process, step.before.message);
    const Truth other = well_formed(step.happening.other, step.before.message);
    const Truth after = well_formed(step.after.process, step.after.message);
    std::vector<std::vector<Truth>> texts;
    for (const Action& action : actions())
        texts.push_back({action.relation(step, rules), before, other, after});
    std::vector<Truth> lemma_texts{after};
    lemma_names_.emplace_back("well_formed");
    for (const Lemma& lemma : lemmas(Claim::consistency, rules)) {
        lemma_texts.push_back(concluded(lemma, step.after));
        lemma_names_.emplace_back(lemma.name);
    }
    std::vector<Truth> claim_texts;
    for (const ProvedClaim& claim : claims())
        claim_texts.push_back(claim.text(step.before, step.happening, rules));
    for (const std::vector<Truth>& each : texts)
        actions_.emplace_back(each);
    lemmas_.emplace(lemma_texts);
    claims_.emplace(claim_texts);
}

std::string Reading::objection(ActionId action, const Transition<Concrete>& transition) {
    const std::vector<bool> truths = actions_[static_cast<std::size_t>(action)](values_of(transition));
    if (!truths[1] || !truths[2] || !truths[3])
        return "a window is not well formed";
    return truths[0] ? "" : "the action does not allow what the implementation does";
}

std::vector<std::string> Reading::false_lemmas(const Transition<Concrete>& transition) {
    std::vector<std::string> names;
    const std::vector<bool> truths = (*lemmas_)(values_of(transition));
    for (std::size_t lemma = 0; lemma < truths.size(); ++lemma)
        if (!truths[lemma])
            names.push_back(lemma_names_[lemma]);
    return names;
}

std::vector<std::string> Reading::false_claims(const Transition<Concrete>& transition) {
    std::vector<std::string> names;
    const std::vector<bool> truths = (*claims_)(values_of(transition));
    for (std::size_t claim = 0; claim < truths.size(); ++claim)
        if (!truths[claim])
            names.emplace_back(claims()[claim].name);
    return names;
}

void TieReport::add(const TieReport& other) {
    steps += other.steps;
    windows += other.windows;
    for (std::size_t action = 0; action < action_count; ++action)
        steps_by_action[action] += other.steps_by_action[action];
    if (!failure)
        failure = other.failure;
}

void tie_step(Reading& reading, const ExplicitStep& step, const std::vector<Subject>& subjects, bool judge_lemmas,
              TieReport& report) {
    const ActionId action = action_of(step);
    ++report.steps;
    ++report.steps_by_action[static_cast<std::size_t>(action)];
    const auto fail = [&](const std::string& what, const std::optional<Transition<Concrete>>& seen) {
        if (!report.failure)
            report.failure = TieFailure{what, action, seen};
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

TieReport tie_walks(const System& system, Reading& reading, const TieOptions& options) {
    TieReport report;
    for (std::uint64_t walk = 0; walk < options.walks && !report.failure; ++walk) {
        checker::Random random(options.seed, walk);
        GlobalState state = system.initial_states().front();
        Sent sent;
        for (;;) {
            std::vector<checker::Enabled> all = checker::enabled(system, state);
            std::erase_if(all, [&](const checker::Enabled& each) { // a step that changes nothing would go on forever
                return checker::apply(system, state, each.firing, each.outcome) == state;
            });
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

} // namespace mdcd::model::proof
