// What each wrong value of each rule of the life of an upgrade costs: in the smallest scope that shows it, the claims
// that are violated, each with the length of its shortest run. With the right values everything holds there.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::upgrade;

namespace {

// `change`: sets the wrong value. The scope is one of those that users can name.
template <class Change> std::string violations(const char* name, Change change) {
    Scope scope = scope_named(name).scope;
    const auto right = explore(scope);
    CHECK(broken(right) == "");
    CHECK(not_reached(right) == named_out_of_reach(name));
    change(scope.upgrade_rules);
    CHECK(scope.upgrade_rules != UpgradeRules{});
    const auto report = explore(scope);
    CHECK(report.search.exhaustive);
    CHECK(claims_with(report, mdcd::checker::Verdict::error) == "");
    for (const auto& each : report.claims)
        if (each.verdict == mdcd::checker::Verdict::violated && each.run)
            MESSAGE(mdcd::checker::actors::to_text(*each.run));
    return claims_with(report, mdcd::checker::Verdict::violated);
}

} // namespace

TEST_CASE("begin: nothing may be under way to who forks") {
    CHECK(violations("begin_elsewhere", [](UpgradeRules& rules) { rules.begin_drain = BeginDrain::none; }) ==
          "both_or_neither 10, nothing_lost 10");
    CHECK(violations("begin_other", [](UpgradeRules& rules) { rules.begin_drain = BeginDrain::in_service; }) ==
          "both_or_neither 41, nothing_lost 41");
    CHECK(violations("begins_differ", [](UpgradeRules& rules) { rules.held_before_fork = HeldBeforeFork::keep; }) ==
          "nothing_lost 25");
}

TEST_CASE("commit: a test that failed in time makes it a recovery, one that failed late does not") {
    const auto lower_id_wins = [](UpgradeRules& rules) {
        rules.commit_against_failure = CommitAgainstFailure::lower_id_wins;
    };
    const auto commit_wins = [](UpgradeRules& rules) {
        rules.commit_against_failure = CommitAgainstFailure::commit_wins;
    };
    CHECK(violations("commit_first", lower_id_wins) == "failure_heeded 19");
    CHECK(violations("commit_second", lower_id_wins) == ""); // whoever fails has the lower id
    CHECK(violations("commit_second", commit_wins) == "failure_heeded 20");
    CHECK(violations("commit_late", [](UpgradeRules& rules) { rules.late_failure = LateFailure::recovers_alone; }) ==
          "no_deadlock 20, upgrade_terminates 20");
    CHECK(violations("commit_first", [](UpgradeRules& rules) { rules.shadow_stops = ShadowStops::when_it_replies; }) ==
          "nothing_lost 22, no_orphan 22, output_exactly_once 22");
}

TEST_CASE("commit: what was sent is valid, and nothing is kept") {
    CHECK(violations("commit_plain", [](UpgradeRules& rules) {
              rules.in_transit_at_commit = InTransitAtCommit::discard;
          }) == "nothing_lost 19");
    CHECK(violations("commit_plain", [](UpgradeRules& rules) {
              rules.commit_declares = CommitDeclares::what_is_validated;
          }) == "clean_between_upgrades 18");
}

TEST_CASE("two operators: one of them gives way") {
    CHECK(violations("begin_twice", [](UpgradeRules& rules) { rules.rivals = Rivals::first_come; }) ==
          "no_deadlock 9, upgrade_terminates 9");
}

TEST_CASE("again: what is left of an earlier upgrade is told apart by its incarnation") {
    CHECK(violations("again_abort", [](UpgradeRules& rules) { rules.numbers = UpgradeNumbers::go_on; }) ==
          "containment 36");
    CHECK(violations("again_committed", [](UpgradeRules& rules) {
              rules.stale_notifications = StaleNotifications::by_number;
          }) == "containment 34");
    CHECK(violations("again_seat", [](UpgradeRules& rules) { rules.earlier_version = EarlierVersion::deliver; }) ==
          "nothing_twice 29");
    CHECK(violations("again_early", [](UpgradeRules& rules) {
              rules.begin_while_catching_up = BeginWhileCatchingUp::allow;
          }) == "nothing_twice 34, output_exactly_once 31, catch_up_ends 36");
}
