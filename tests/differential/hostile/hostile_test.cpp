// A hostile cluster, explored to the end: every claim holds by the rules that contain it, whatever it says, for one and
// two components and one and two processes outside, recovery by messages throughout.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::tests::hostile;

TEST_CASE("a hostile cluster is contained, eradicated, and cannot keep the others in recovery") {
    Together together;
    check_scope(scope_named("one_one"), {27623, 76433, 21}, together);
    check_scope(scope_named("one_one_headers"), {25898, 83881, 16}, together);
    check_scope(scope_named("one_one_everything"), {86811, 293302, 11}, together);
    check_scope(scope_named("one_two"), {102480, 319849, 26}, together);
    check_scope(scope_named("one_two_everything"), {13835, 50508, 22}, together);
    check_scope(scope_named("two_one"), {22889, 68905, 23}, together);
    CHECK(together.missing() == "");
}

TEST_CASE("the number of workers changes nothing") {
    const Scope scope = scope_named("one_two_everything").scope;
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
    }
}
