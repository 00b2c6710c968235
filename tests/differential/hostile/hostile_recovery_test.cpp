// A hostile cluster that takes part in recoveries, or says everything else in its own name, and a detector that errs
// both ways: explored to the end, every claim holds.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::tests::hostile;

TEST_CASE("whatever it says in a recovery, whatever the detector sees") {
    Together together;
    check_scope(scope_named("one_two_alarms"), {111292, 333291, 24}, together);
    check_scope(scope_named("two_one_everything"), {183579, 864100, 16}, together);
    check_scope(scope_named("in_recovery"), {155053, 599363, 16}, together);
    check_scope(scope_named("in_recovery_two"), {17606, 57877, 17}, together);
}
