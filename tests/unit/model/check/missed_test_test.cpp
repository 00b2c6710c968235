// Acceptance tests that may have missed an error: every way of deciding agrees, the budget adds no state where it is 0,
// and a run says which test it was.
#include <doctest/doctest.h>

#include <string>

#include "model/check/check.hpp"
#include "model/inputs/library.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/z3/canonical_view.hpp"
#include "model/z3/z3_judge.hpp"
#include "model/z3/z3_text.hpp"
#include "tests/support/explored_views.hpp"
#include "tests/support/random_view.hpp"
#include "traces/file_error.hpp"

using namespace mdcd;
using namespace mdcd::model;
using tests::RandomView;
using tests::violated_by_some_choice;

namespace {

constexpr std::array asked_claims = {PropertyId::containment, PropertyId::recoverability,
                                     PropertyId::no_cascading_rollback};

bool violated_natively(PropertyId property, const View& view) {
    Native logic;
    return for_some_hardest_hypothesis(view, [&](const Hypothesis<Native>& each) {
        return property == PropertyId::containment      ? violates_containment(logic, view, each)
               : property == PropertyId::recoverability ? violates_recoverability(logic, view, each)
                                                        : violates_no_cascading_rollback(logic, view, each);
    });
}

Scope with_misses(Scope scope, std::uint8_t misses) {
    scope.budgets.coverage_misses = misses;
    return scope;
}

} // namespace

TEST_CASE("the hardest hypotheses, the canonical view and Z3 say what trying every choice says") {
    Z3Judge judge;
    Z3Judge every({.mode = Z3Mode::every});
    std::array<unsigned, asked_claims.size()> violated{};
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        const RandomView random(seed, 1 + static_cast<unsigned>(seed % 2));
        CAPTURE(seed);
        for (std::size_t i = 0; i < asked_claims.size(); ++i) {
            const bool expected = violated_by_some_choice(asked_claims[i], random.view);
            violated[i] += expected ? 1 : 0;
            CHECK(violated_natively(asked_claims[i], random.view) == expected);
            Canonizer canonizer;
            const CanonicalView canonical(asked_claims[i], canonizer.key(asked_claims[i], random.view));
            CHECK(violated_by_some_choice(asked_claims[i], canonical.view()) == expected);
            const Z3Answer answer = judge.ask(asked_claims[i], random.view);
            CHECK(answer.violated() == expected);
            CHECK(every.ask(asked_claims[i], random.view).violated() == expected);
            if (!answer.violated())
                continue;
            Native logic;
            const Hypothesis<Native>& found = answer.first_erroneous;
            CHECK((asked_claims[i] == PropertyId::containment ? violates_containment(logic, random.view, found)
                   : asked_claims[i] == PropertyId::recoverability
                       ? violates_recoverability(logic, random.view, found)
                       : violates_no_cascading_rollback(logic, random.view, found)));
        }
    }
    for (const unsigned count : violated) {
        CHECK(count > 20);
        CHECK(count < 150);
    }
}

TEST_CASE("one test more that holds protects; one miss more does not") {
    View view;
    const std::vector<Candidate> only(1);
    view.process_count = 2;
    view.processes[0].candidates = view.processes[1].candidates = &only;
    view.processes[1].clean = true;
    view.processes[1].depends = {2};
    view.misses = 1;
    std::vector<Numbers> tests{{2}};
    view.tests = &tests;
    CHECK(violated_natively(PropertyId::containment, view));
    tests.push_back({2});
    CHECK_FALSE(violated_natively(PropertyId::containment, view));
    view.misses = 2;
    CHECK(violated_natively(PropertyId::containment, view));
    const Hypothesis<Native> found = violating_hypothesis(PropertyId::containment, view);
    CHECK(found[0] == 1);
    CHECK(found.missed[0] == 1);
    CHECK(found.missed[1] == 2);
    CHECK(to_smt_lib(PropertyId::containment, view).find("(define-fun test_2_proved () (_ BitVec 8) #x02)") !=
          std::string::npos);
}

TEST_CASE("a budget of no misses adds nothing, and is not written") {
    const Scope scope = load_scope("tiny");
    CHECK_FALSE(Layout(scope).has(SlotRole::tests_passed));
    CHECK(Layout(with_misses(scope, 1)).has(SlotRole::tests_passed));
    CHECK(traces::to_text(to_value(scope)).find("coverage_misses") == std::string::npos);
    CHECK(scope_from(to_value(with_misses(scope, 2)), "file").budgets.coverage_misses == 2);
    traces::Value wrong = to_value(with_misses(scope, 5));
    CHECK_THROWS_AS((void)scope_from(wrong, "file"), traces::FileError);
}

TEST_CASE("what still holds if a test may miss an error, and which it was") {
    const Scope scope = with_misses(load_scope("tiny"), 1);
    const Check result = check(scope, preset("repaired"), {});
    std::vector<std::string> violated;
    for (const CheckedProperty& each : result.properties)
        if (each.verdict == checker::Verdict::violated)
            violated.push_back(each.property.name);
    CHECK(violated == std::vector<std::string>{"containment", "recoverability", "no_cascading_rollback"});
    const CheckedProperty& containment = result.properties[static_cast<std::size_t>(PropertyId::containment)];
    REQUIRE(containment.trace.has_value());
    REQUIRE(containment.trace->hypothesis.has_value());
    CHECK(containment.trace->hypothesis->found_by == "z3");
    CHECK(containment.trace->hypothesis->text.find(
              "the acceptance test of a state that depends on number 1 missed an error") != std::string::npos);
    CHECK(traces::to_text(containment.trace->hypothesis->assignment) == R"({"k": 1, "missed_1": "1"})");
    REQUIRE(containment.trace->findings.size() >= 2);
    CHECK(containment.trace->findings[0].kind == "missed_test");
    CHECK(containment.trace->findings[1].kind == "contained");
    CHECK_FALSE(replay(*containment.trace, "trace").has_value());
}
