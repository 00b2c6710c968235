// Upgrades one after the other, explored to the end: of the same component and of another one, after a commit and after
// a recovery. What is left of the first one, however late it comes, does no harm to the second.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::tests::upgrade;

TEST_CASE("the next upgrade: every claim holds, whatever is left of the one before") {
    Together together;
    check_scope(scope_named("abort_begin"), {240949, 683124, 50}, together);
    check_scope(scope_named("commit_begin"), {85767, 237785, 49}, together);
    check_scope(scope_named("abort_other"), {22068, 77782, 47}, together);
    check_scope(scope_named("commit_other"), {197724, 777160, 65}, together);
    CHECK(together.missing() == "objected; "); // a test that fails at any time: upgrade_test
}
