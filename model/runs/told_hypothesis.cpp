// Reads the hypothesis back by what is written of it, and evaluates the predicate.
// Whoever has found it, it must be consistent with the tests that have passed.
#include "model/runs/told_hypothesis.hpp"

#include <limits>
#include <optional>
#include <string>

#include "model/claims/view_text.hpp"
#include "model/runs/conclusion.hpp"

namespace mdcd::model {
namespace {

// Of the first test whose numbers read like that; tests that prove the same are missed alike.
std::optional<std::uint8_t> test_that_proved(const View& view, const std::string& numbers) {
    for (std::size_t test = 0; test < view.tests->size(); ++test)
        if (numbers_text(view, (*view.tests)[test]) == numbers)
            return static_cast<std::uint8_t>(test + 1);
    return std::nullopt;
}

std::optional<Hypothesis<Native>> hypothesis_of(const View& view, const traces::Value& assignment) {
    Hypothesis<Native> hypothesis{};
    for (unsigned component = 0; component < view.components; ++component) {
        const traces::Value* value = assignment.find(view.components == 1 ? "k" : "k_" + std::to_string(component + 1));
        const std::int64_t* number = value == nullptr ? nullptr : value->number();
        if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint8_t>::max())
            return std::nullopt;
        hypothesis[component] = static_cast<std::uint8_t>(*number);
    }
    for (unsigned miss = 0; miss < view.misses; ++miss) {
        const traces::Value* value = assignment.find("missed_" + std::to_string(miss + 1));
        if (value == nullptr) // no more tests are missed
            continue;
        const std::optional<std::uint8_t> test =
            value->text() == nullptr ? std::nullopt : test_that_proved(view, *value->text());
        if (!test)
            return std::nullopt;
        hypothesis.missed[miss] = *test;
    }
    return hypothesis;
}

} // namespace

bool fails_under(PropertyId property, const View& view, const traces::Value& assignment) {
    const std::optional<Hypothesis<Native>> hypothesis = hypothesis_of(view, assignment);
    if (!hypothesis || hypothesis_value(view, *hypothesis) != assignment)
        return false;
    Native logic;
    switch (predicate_of(property)) {
    case PropertyId::containment:
        return violates_containment(logic, view, *hypothesis);
    case PropertyId::recoverability:
        return violates_recoverability(logic, view, *hypothesis);
    default:
        return violates_no_cascading_rollback(logic, view, *hypothesis);
    }
}

} // namespace mdcd::model
