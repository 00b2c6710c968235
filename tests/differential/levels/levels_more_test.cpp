// Levels of trust, explored to the end: a version's own tests, two active processes, two components of one level.
// Knows no rule.
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::tests::levels;

TEST_CASE("own tests, two active processes, two of a level") {
    Together together;
    check_scope(scope_named("own_test"), {19089, 77169, 17}, together);
    check_scope(scope_named("one_each"), {3224, 11066, 17}, together);
    check_scope(scope_named("two_of_a_level"), {15244, 57966, 17}, together);
}
