// Larger scopes of a hostile cluster, a minute each.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::tests::hostile;

TEST_CASE("larger scopes: every claim holds") {
    Together together;
    check_scope(scope_named("two_one_twice"), {292693, 1075349, 24}, together);
    check_scope(scope_named("two_one_names"), {991419, 5079916, 16}, together);
    check_scope(scope_named("in_recovery_two"), {0, 0, 0}, together);
    check_scope(scope_named("one_two_headers"), {0, 0, 0}, together);
}
