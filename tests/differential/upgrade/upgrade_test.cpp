// One upgrade from begin to its end, explored to the end in every scope: commit, abort, failing tests, and the races
// between them, for one and two components and one and two processes outside the cluster.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::tests::upgrade;

TEST_CASE("one upgrade: every claim holds, whoever commits, aborts or fails") {
    Together together;
    check_scope(scope_named("commit"), {323664, 935701, 37}, together);
    check_scope(scope_named("race"), {328332, 1060198, 32}, together);
    check_scope(scope_named("between_actives"), {9307, 28291, 37}, together);
    check_scope(scope_named("two_begins"), {50496, 238337, 31}, together);
    check_scope(scope_named("two_commit"), {39877, 164729, 42}, together);
    check_scope(scope_named("two_abort"), {40529, 168027, 43}, together);
    check_scope(scope_named("two_catch_up"), {224720, 999147, 48}, together);
    CHECK(together.missing() == "outputs of both versions; unchanged; earlier_version; "); // upgrade_again_test
}

TEST_CASE("the number of workers changes nothing") {
    const Scope scope = scope_named("between_actives").scope;
    const auto one = explore(scope, 1);
    const auto two = explore(scope, 2);
    CHECK(one.search.distinct_states == two.search.distinct_states);
    CHECK(one.search.transitions == two.search.transitions);
    CHECK(one.search.depth == two.search.depth);
    CHECK(one.search.coverage == two.search.coverage);
    REQUIRE(one.claims.size() == two.claims.size());
    for (std::size_t claim = 0; claim < one.claims.size(); ++claim) {
        CAPTURE(one.claims[claim].claim);
        CHECK(one.claims[claim].verdict == two.claims[claim].verdict);
        CHECK(one.claims[claim].path.has_value() == two.claims[claim].path.has_value());
        if (one.claims[claim].path && two.claims[claim].path)
            CHECK(one.claims[claim].path->firings.size() == two.claims[claim].path->firings.size());
    }
}

TEST_CASE("with one counter for the cluster the same holds for one component") {
    Scope scope = scope_named("between_actives").scope;
    scope.rules = repaired();
    const auto report = explore(scope);
    CHECK(broken(report) == "");
    CHECK(report.search.distinct_states == 9307);
}
