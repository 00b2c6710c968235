// Larger scopes of the life of an upgrade, each a minute and more: two whole upgrades with failing tests, two
// components with outputs, two operators who want different things.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::tests::upgrade;

TEST_CASE("larger scopes: every claim holds") {
    Together together;
    check_scope(scope_named("again"), {568759, 1793224, 54}, together);
    check_scope(scope_named("again_commit"), {1191825, 3597852, 55}, together);
    check_scope(scope_named("actives_output"), {300988, 1150580, 42}, together);
    check_scope(scope_named("two_output"), {1215703, 5956292, 48}, together);
    check_scope(scope_named("two_operators"), {1266180, 6767369, 48}, together);
    check_scope(scope_named("link_commit"), {395830, 1385745, 30}, together);
    check_scope(scope_named("link_abort"), {3062981, 11378009, 36}, together);
    check_scope(scope_named("link_actives"), {2132776, 9942666, 36}, together);
    check_scope(scope_named("link_two"), {5748691, 27937152, 47}, together);
    check_scope(scope_named("link_message"), {13028440, 64081248, 41}, together);
    check_scope(scope_named("crash_race"), {178015, 647286, 32}, together);
    check_scope(scope_named("crash_two"), {279139, 1387144, 44}, together);
    CHECK(together.missing() == "");
}
