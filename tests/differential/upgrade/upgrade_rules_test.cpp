// What each wrong value of each rule of the life of an upgrade costs: in the smallest scope that shows it, the claims
// that are violated, each with the length of its shortest run. With the right values everything holds there.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::upgrade;

namespace {

// `change`: sets the wrong value.
template <class Change> std::string violations(Scope scope, Change change) {
    CHECK(broken(explore(scope)) == "");
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

Scope one(std::string_view component, std::string_view other, std::vector<Command> commands,
          std::vector<SeatId> fail_once = {}) {
    return without_failing_tests(
        scope_of({component, other}, {0}, {{first, std::move(commands)}}, std::move(fail_once)));
}

} // namespace

TEST_CASE("begin: nothing may be under way to who forks") {
    // By an operator at a third seat: what goes from the sender to who forks by way of a coordinator is a marker, too.
    CHECK(violations(scope_of({"", "0"}, {0}, {{first_again, {begin({0})}}}), [](UpgradeRules& rules) {
              rules.begin_drain = BeginDrain::none;
          }) == "both_or_neither 10, nothing_lost 10");
    // A message of a new version that was valid arrives after its recovery.
    CHECK(violations(without_failing_tests(scope_of({"1d", ""}, {0, 1}, {{first, {begin({0}), abort_it, begin({1})}}})),
                     [](UpgradeRules& rules) { rules.begin_drain = BeginDrain::in_service; }) ==
          "both_or_neither 41, nothing_lost 41");
    CHECK(violations(
              without_failing_tests(scope_of({"1", ""}, {0, 1}, {{second, {begin({0})}}, {first, {begin({0, 1})}}})),
              [](UpgradeRules& rules) { rules.held_before_fork = HeldBeforeFork::keep; }) == "nothing_lost 25");
}

TEST_CASE("commit: a test that failed in time makes it a recovery, one that failed late does not") {
    Scope scope = scope_of({"1d", ""}, {0}, {{first, {begin({0}), commit_it}}});
    const auto lower_id_wins = [](UpgradeRules& rules) {
        rules.commit_against_failure = CommitAgainstFailure::lower_id_wins;
    };
    const auto commit_wins = [](UpgradeRules& rules) {
        rules.commit_against_failure = CommitAgainstFailure::commit_wins;
    };
    CHECK(violations(scope, lower_id_wins) == "failure_heeded 19");
    scope.operators = {{second, {begin({0}), commit_it}}}; // whoever fails has the lower id
    CHECK(violations(scope, lower_id_wins) == "");
    CHECK(violations(scope, commit_wins) == "failure_heeded 20");
    CHECK(violations(one("", "", {begin({0}), commit_it}, {first_again}), [](UpgradeRules& rules) {
              rules.late_failure = LateFailure::recovers_alone;
          }) == "no_deadlock 20, upgrade_terminates 20");
    CHECK(violations(scope_of({"1d", ""}, {0}, {{first, {begin({0}), commit_it}}}), [](UpgradeRules& rules) {
              rules.shadow_stops = ShadowStops::when_it_replies;
          }) == "nothing_lost 22, no_orphan 22, output_exactly_once 22");
}

TEST_CASE("commit: what was sent is valid, and nothing is kept") {
    CHECK(violations(one("1", "", {begin({0}), commit_it}), [](UpgradeRules& rules) {
              rules.in_transit_at_commit = InTransitAtCommit::discard;
          }) == "nothing_lost 19");
    CHECK(violations(one("1", "", {begin({0}), commit_it}), [](UpgradeRules& rules) {
              rules.commit_declares = CommitDeclares::what_is_validated;
          }) == "clean_between_upgrades 18");
}

TEST_CASE("two operators: one of them gives way") {
    CHECK(violations(without_failing_tests(scope_of({"", ""}, {0}, {{first, {begin({0})}}, {second, {begin({0})}}})),
                     [](UpgradeRules& rules) { rules.rivals = Rivals::first_come; }) ==
          "no_deadlock 9, upgrade_terminates 9");
}

TEST_CASE("again: what is left of an earlier upgrade is told apart by its incarnation") {
    CHECK(violations(one("1d1", "", {begin({0}), abort_it, begin({0})}),
                     [](UpgradeRules& rules) { rules.numbers = UpgradeNumbers::go_on; }) == "containment 36");
    CHECK(violations(one("1d1", "", {begin({0}), commit_it, begin({0})}), [](UpgradeRules& rules) {
              rules.stale_notifications = StaleNotifications::by_number;
          }) == "containment 34");
    CHECK(violations(one("", "0", {begin({0}), abort_it, begin({0})}), [](UpgradeRules& rules) {
              rules.earlier_version = EarlierVersion::deliver;
          }) == "nothing_twice 29");
    CHECK(violations(one("1d", "", {begin({0}), abort_it, begin({0})}), [](UpgradeRules& rules) {
              rules.begin_while_catching_up = BeginWhileCatchingUp::allow;
          }) == "nothing_twice 34, output_exactly_once 31, catch_up_ends 36");
}
