// Walks, and steps from altered states; the formulas on the values of whole transitions.
// Knows no handler: it sees states before and after a step.
#include "model/proof/cluster_tie.hpp"

#include "checker/path.hpp"
#include "model/proof/cluster_altered.hpp"
#include "model/proof/cluster_premises.hpp"
#include "model/proof/fields.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof::cluster {

using checker::GlobalState;
using checker::smt::Evaluation;

namespace {

enum Other : std::size_t { lemmas_read, claims_read, initial_read, recovery_read };

} // namespace

Reading::Reading(std::span<const Action> read) {
    Step step;
    make_unknown(formulas_, step);
    std::vector<Truth> structure;
    for (const auto& part : {structure_before(step), structure_after(step)})
        for (const Premise& each : part) {
            structure.push_back(each.truth);
            structure_names_.push_back(each.name);
        }
    std::vector<std::vector<Truth>> texts;
    for (const Action& action : read) {
        texts.push_back({action.relation(step)});
        texts.back().insert(texts.back().end(), structure.begin(), structure.end());
    }
    std::vector<Truth> lemma_texts;
    for (const Lemma& lemma : lemmas()) {
        lemma_texts.push_back(concluded(lemma, step.after));
        lemma_names_.emplace_back(lemma.name);
    }
    std::vector<Truth> claim_texts;
    for (const ProvedClaim& claim : claims()) {
        const Truth guard = claim.guard(step.before, step.happening);
        claim_texts.push_back(claim.text(step.before, step.happening));
        claim_texts.push_back(guard && claim.telling(step.before, step.happening));
    }
    const std::vector<Truth> initial_text{initial(step.before)};
    const RecoveredWindow<Symbolic> after = recovered(step.before, step.before.process, step.happening.survives);
    std::vector<Truth> truths;
    std::vector<Number> numbers;
    visit_leaves(after, [&](const auto& field) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Truth>)
            truths.push_back(field);
        else
            numbers.push_back(field);
    });
    for (const std::vector<Truth>& each : texts)
        actions_.emplace_back(each);
    others_.emplace_back(lemma_texts);
    others_.emplace_back(claim_texts);
    others_.emplace_back(initial_text);
    others_.emplace_back(truths, numbers);
}

std::string Reading::objection(ActionId action, const Transition<Concrete>& transition) {
    const std::vector<bool> truths = actions_[static_cast<std::size_t>(action)](values_of(transition));
    for (std::size_t place = 0; place < structure_names_.size(); ++place)
        if (!truths[1 + place])
            return "not so: " + structure_names_[place];
    return truths[0] ? "" : "the action does not allow what the implementation does";
}

std::vector<std::string> Reading::false_lemmas(const Transition<Concrete>& transition) {
    const std::vector<bool> truths = others_[lemmas_read](values_of(transition));
    std::vector<std::string> names;
    for (std::size_t place = 0; place < truths.size(); ++place)
        if (!truths[place])
            names.push_back(lemma_names_[place]);
    return names;
}

std::vector<Reading::ClaimReading> Reading::claims_of(const Transition<Concrete>& transition) {
    const std::vector<bool> truths = others_[claims_read](values_of(transition));
    std::vector<ClaimReading> readings;
    for (std::size_t place = 0; place < truths.size(); place += 2)
        readings.push_back({truths[place], truths[place + 1]});
    return readings;
}

bool Reading::is_initial(const Window<Concrete>& window) {
    Transition<Concrete> transition;
    transition.before = window;
    return others_[initial_read](values_of(transition))[0];
}

RecoveredWindow<Concrete> Reading::recovered_of(const Transition<Concrete>& transition) {
    const std::vector<bool> truths = others_[recovery_read](values_of(transition));
    const std::vector<std::int64_t> numbers = others_[recovery_read].numbers();
    RecoveredWindow<Concrete> result;
    std::size_t truth = 0;
    std::size_t number = 0;
    visit_leaves(result, [&](auto& field) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, bool>)
            field = truths[truth++];
        else
            field = numbers[number++];
    });
    return result;
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
