// Larger scopes of a hostile cluster, a minute each: two components that say more, and in everybody's name.
// Knows no rule but the right ones.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::tests::hostile;

TEST_CASE("larger scopes: every claim holds") {
    Together together;
    check_scope(scope_named("two_one_twice"), {292693, 1075349, 24}, together);
    check_scope(scope_named("two_one_names"), {991419, 5079916, 16}, together);
}
