// Three levels of trust, explored to the end: every claim holds, the counts are the pinned ones.
// Knows no rule.
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::tests::levels;

TEST_CASE("three levels") {
    Together together;
    check_scope(scope_named("three_levels"), {31908, 135392, 18}, together);
}
