// Levels of trust in the scopes that take up to half a minute each and gigabytes, explored to the end with pinned
// counts. Knows no rule.
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::tests::levels;

TEST_CASE("what one active process passes on; three levels that speak to it") {
    Together together;
    check_scope(scope_named("two_actives"), {27157, 127092, 19}, together);
    check_scope(scope_named("three_levels"), {31908, 135392, 18}, together);
}

TEST_CASE("three levels, each speaks to the one above; two that speak to each other, longer") {
    Together together;
    check_scope(scope_named("three_upward"), {52200, 244076, 26}, together);
    check_scope(scope_named("both_ways_twice"), {81373, 306965, 24}, together);
}
