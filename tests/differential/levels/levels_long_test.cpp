// Levels of trust in the scopes that take a minute each, explored to the end with pinned counts.
// Knows no rule.
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::tests::levels;

TEST_CASE("three levels, each speaks to the one above; two that speak to each other, longer") {
    Together together;
    check_scope(scope_named("three_upward"), {52200, 244076, 26}, together);
    check_scope(scope_named("both_ways_twice"), {81373, 306965, 24}, together);
}
