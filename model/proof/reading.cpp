// One evaluation for each kind of question, on the values of a whole transition.
// Knows no action and no lemma by name.
#include "model/proof/reading.hpp"

#include "model/proof/fields.hpp"
#include "model/proof/premises.hpp"
#include "model/proof/recovery.hpp"

namespace mdcd::model::proof {

using checker::smt::Evaluation;

Reading::Reading(const impl::Rules& rules, std::span<const Action> read) {
    Transition<Symbolic> step;
    make_unknown(formulas_, step);
    std::vector<Truth> structure;
    for (const auto& part : {structure_before(step), structure_after(step)})
        for (const Premise& each : part) {
            structure.push_back(each.truth);
            structure_names_.push_back(each.name);
        }
    std::vector<std::vector<Truth>> action_texts;
    for (const Action& action : read) {
        action_texts.push_back({action.relation(step, rules)});
        action_texts.back().insert(action_texts.back().end(), structure.begin(), structure.end());
    }
    std::vector<Truth> lemma_texts;
    for (const Lemma& lemma : lemmas(Claim::consistency, rules)) {
        lemma_texts.push_back(concluded(lemma, step.after));
        lemma_names_.emplace_back(lemma.name);
    }
    std::vector<Truth> claim_texts;
    for (const ProvedClaim& claim : claims()) {
        claim_texts.push_back(claim.text(step.before, step.happening, rules));
        claim_texts.push_back(claim.telling(step.before, step.happening, rules));
    }
    const std::vector<Truth> initial_text{initial(step.before)};
    const RecoveredWindow<Symbolic> after = recovered(step.before, step.before.process, rules);
    std::vector<Truth> truths;
    std::vector<Number> numbers;
    visit_leaves(after, [&](const auto& field) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Truth>)
            truths.push_back(field);
        else
            numbers.push_back(field);
    });
    for (const std::vector<Truth>& each : action_texts)
        actions_.emplace_back(each);
    lemmas_.emplace(lemma_texts);
    claims_.emplace(claim_texts);
    initial_.emplace(initial_text);
    recovery_.emplace(truths, numbers);
}

std::string Reading::objection(ActionId action, const Transition<Concrete>& transition) {
    const std::vector<bool> truths = actions_[static_cast<std::size_t>(action)](values_of(transition));
    for (std::size_t place = 0; place < structure_names_.size(); ++place)
        if (!truths[1 + place])
            return "not so: " + structure_names_[place];
    return truths[0] ? "" : "the action does not allow what the implementation does";
}

namespace {

std::vector<std::string> names_of_false(const std::vector<std::string>& names, const std::vector<bool>& truths) {
    std::vector<std::string> result;
    for (std::size_t place = 0; place < truths.size(); ++place)
        if (!truths[place])
            result.push_back(names[place]);
    return result;
}

} // namespace

std::vector<std::string> Reading::false_lemmas(const Transition<Concrete>& transition) {
    return names_of_false(lemma_names_, (*lemmas_)(values_of(transition)));
}

std::vector<Reading::ClaimReading> Reading::claims_of(const Transition<Concrete>& transition) {
    const std::vector<bool> truths = (*claims_)(values_of(transition));
    std::vector<ClaimReading> readings;
    for (std::size_t place = 0; place < truths.size(); place += 2)
        readings.push_back({truths[place], truths[place + 1]});
    return readings;
}

bool Reading::is_initial(const Window<Concrete>& window) {
    Transition<Concrete> transition;
    transition.before = window;
    return (*initial_)(values_of(transition))[0];
}

RecoveredWindow<Concrete> Reading::recovered_of(const Window<Concrete>& window) {
    Transition<Concrete> transition;
    transition.before = window;
    const std::vector<bool> truths = (*recovery_)(values_of(transition));
    const std::vector<std::int64_t> numbers = recovery_->numbers();
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

} // namespace mdcd::model::proof
