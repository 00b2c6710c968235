// Levels of trust, explored to the end: every claim holds with two levels, whatever the workload and the faults, and
// each twin is reached; the number of workers changes nothing.
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::tests::levels;

TEST_CASE("two levels: contained, recovered, by nobody but who has to, and escalation ends") {
    Together together;
    check_scope(scope_named("two_levels"), {684, 1776, 12}, together);
    check_scope(scope_named("two_levels_twice"), {12163, 41299, 17}, together);
    check_scope(scope_named("upward"), {9152, 31325, 18}, together);
    check_scope(scope_named("downward"), {8445, 27155, 18}, together);
    check_scope(scope_named("both_ways"), {13764, 47892, 20}, together);
    check_scope(scope_named("down_through_active"), {3038, 9267, 14}, together);
    check_scope(scope_named("up_through_active"), {2807, 8106, 15}, together);
    CHECK(together.missing() == "");
}

TEST_CASE("the number of workers changes nothing") {
    const Scope scope = scope_named("down_through_active").scope;
    const auto one = explore(scope, 1);
    const auto two = explore(scope, 2);
    CHECK(one.search.distinct_states == two.search.distinct_states);
    CHECK(one.search.transitions == two.search.transitions);
    CHECK(one.search.depth == two.search.depth);
    CHECK(one.search.coverage == two.search.coverage);
    REQUIRE(one.claims.size() == two.claims.size());
    for (std::size_t claim = 0; claim < one.claims.size(); ++claim)
        CHECK(one.claims[claim].verdict == two.claims[claim].verdict);
}

TEST_CASE("what is no system of levels is refused") {
    const auto refused = [](const Scope& scope) {
        try {
            expect_valid(scope);
        } catch (const std::invalid_argument& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    CHECK(refused(scope_of({"1"}, {0}, {"d"})) == "accepted");
    CHECK(refused(scope_of({}, {}, {"d"})) == "levels: one to three components, one or two active processes");
    CHECK(refused(scope_of({"1"}, {0}, {})) == "levels: one to three components, one or two active processes");
    CHECK(refused(scope_of({"1"}, {0, 1}, {"d"})) == "levels: a level for each component");
    CHECK(refused(scope_of({"1"}, {3}, {"d"})) == "levels: levels are 0, 1 and 2");
    CHECK(refused(scope_of({"2"}, {0}, {"d"})) == "levels: script '2': '2' is no other process");
    CHECK(refused(scope_of({"a"}, {0}, {"d"})) == "levels: script 'a': 'a' is no other process");
    CHECK(refused(scope_of({"111111111"}, {0}, {"d"})) == "levels: a script has at most eight places");
    CHECK(refused(scope_of({"d", "a"}, {0, 1}, {"d"})) ==
          "levels: a component with external messages hears nobody, or is of the highest level");
    CHECK(refused(scope_of({"11111111", "11111111"}, {0, 1}, {"d"})) == "levels: more than 64 combinations of faults");
    CHECK_THROWS(static_cast<void>(scope_named("nowhere")));
    CHECK_THROWS(static_cast<void>(with_rule({}, "escalation", "sideways")));
}
