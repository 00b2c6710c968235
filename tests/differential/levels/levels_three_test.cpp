// Three levels of trust, explored to the end: every claim holds, the counts are the pinned ones.
// Knows no rule.
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::tests::levels;

TEST_CASE("three levels") {
    Together together;
    check_scope(scope_named("two_of_three"), {1914, 6755, 14}, together);
    check_scope(scope_named("past_a_level"), {2544, 9400, 17}, together);
}
