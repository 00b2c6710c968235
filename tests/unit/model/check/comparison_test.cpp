// Rules against rules: what was bought, what was broken, what is open.
// The checks themselves are tested elsewhere.
#include <doctest/doctest.h>

#include <atomic>

#include "model/check/comparison.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::tests {

using namespace model;
using checker::Verdict;

namespace {

CheckedProperty property(Verdict verdict, std::size_t steps = 0) {
    CheckedProperty result;
    result.verdict = verdict;
    if (verdict == Verdict::violated || verdict == Verdict::reached) {
        result.trace.emplace();
        result.trace->steps.resize(steps);
    }
    return result;
}

Effect effect(const Comparison& comparison, std::size_t rules, PropertyId id) {
    const auto property = static_cast<std::size_t>(id);
    return effect_of(comparison.checks[0][0].properties[property], comparison.checks[0][rules].properties[property]);
}

} // namespace

TEST_CASE("every pair of verdicts has one effect") {
    const auto holds = property(Verdict::holds), violated = property(Verdict::violated, 7);
    CHECK(effect_of(violated, holds) == Effect::bought);
    CHECK(effect_of(holds, violated) == Effect::broke);
    CHECK(effect_of(holds, holds) == Effect::none);
    CHECK(effect_of(violated, violated) == Effect::none);
    CHECK(effect_of(violated, property(Verdict::violated, 9)) == Effect::later);
    CHECK(effect_of(violated, property(Verdict::violated, 3)) == Effect::sooner);
    CHECK(effect_of(property(Verdict::not_reached), property(Verdict::reached, 2)) == Effect::bought);
    CHECK(effect_of(property(Verdict::reached, 2), property(Verdict::not_reached)) == Effect::broke);
    CHECK(effect_of(holds, property(Verdict::error)) == Effect::broke); // an error never counts as holding
    CHECK(effect_of(property(Verdict::inconclusive), holds) == Effect::open);
    CHECK(effect_of(violated, property(Verdict::inconclusive)) == Effect::open);
}

TEST_CASE("on scope tiny the log buys recoverability, and the misprint breaks six claims") {
    const Comparison comparison =
        compare({load_scope("tiny")},
                {load_rules("published"), load_rules("published+receiver_log=while_dirty"), load_rules("literal")}, {});
    REQUIRE(comparison.checks.size() == 1);
    REQUIRE(comparison.checks[0].size() == 3);
    CHECK(effect(comparison, 1, PropertyId::recoverability) == Effect::bought);
    CHECK(effect(comparison, 1, PropertyId::containment) == Effect::none);
    CHECK(effect(comparison, 2, PropertyId::recoverability) == Effect::sooner);
    CHECK(effect(comparison, 2, PropertyId::containment) == Effect::broke);
    for (const Check& check : comparison.checks[0]) {
        REQUIRE(check.cost.has_value());
        CHECK(check.cost->states == check.report.distinct_states);
    }
    CHECK(comparison.checks[0][1].cost->logged > comparison.checks[0][0].cost->logged);
}

TEST_CASE("an interrupt ends a comparison with what there is") {
    const std::atomic<bool> interrupt = true;
    CheckOptions options;
    options.search.interrupt = &interrupt;
    const Comparison comparison =
        compare({load_scope("tiny"), load_scope("relay")}, {load_rules("published"), load_rules("repaired")}, options);
    REQUIRE(comparison.checks.size() == 1);
    CHECK(comparison.checks[0].size() == 1);
    CHECK(comparison.checks[0][0].report.limit == "interrupted");
}

} // namespace mdcd::tests
