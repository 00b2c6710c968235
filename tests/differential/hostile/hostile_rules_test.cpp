// The line of defence with one of its parts taken away: in the smallest scope that shows it, the claims that break,
// each with the length of its shortest run. With all parts everything holds there.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::hostile;

namespace {

// `change`: takes a part away. The scope is one of those that users can name.
template <class Change> std::string without(const char* name, Change change) {
    Scope scope = scope_named(name).scope;
    const auto whole = explore(scope);
    CHECK(broken(whole) == "");
    CHECK(not_reached(whole) == named_out_of_reach(name));
    change(scope.boundary);
    CHECK(scope.boundary != BoundaryRules{});
    return violations(explore(scope));
}

} // namespace

TEST_CASE("links authenticate senders") {
    const auto as_claimed = [](BoundaryRules& rules) { rules.links = Links::as_claimed; };
    CHECK(without("clean_as_others", as_claimed) == "contained 2, eradicated 8, device_safety 3, detected_stays_out 4");
    CHECK(without("tests_as_others", as_claimed) ==
          "contained 4, device_safety 5, nothing_lost 11, detected_stays_out 4");
}

TEST_CASE("the boundary stamps") {
    CHECK(without("headers", [](BoundaryRules& rules) { rules.boundary_stamp = BoundaryStamp::as_claimed; }) ==
          "contained 2, eradicated 6, device_safety 3, no_orphan 7, once_and_in_order 9");
    CHECK(without("headers_twice", [](BoundaryRules& rules) {
              rules.boundary_stamp = BoundaryStamp::at_least_claimed;
          }) == "nothing_lost 11");
    CHECK(without("content_two", [](BoundaryRules& rules) { rules.boundary_stamp = BoundaryStamp::one_counter; }) ==
          "contained 6, eradicated 11, device_safety 7, nothing_lost 14, once_and_in_order 15");
}

TEST_CASE("a checkpoint on every message; by confidence it is enough, with stamps") {
    CHECK(without("content", [](BoundaryRules& rules) { rules.boundary_checkpoint = BoundaryCheckpoint::none; }) ==
          "contained 2, eradicated 6, device_safety 3, no_orphan 7, once_and_in_order 9");
    for (Scope scope : {scope_named("one_two").scope, scope_named("two_one").scope}) {
        scope.boundary.boundary_checkpoint = BoundaryCheckpoint::by_confidence;
        CHECK(broken(explore(scope, 2)) == "");
    }
}

TEST_CASE("a detector, and what it sees starts a recovery") {
    CHECK(without("content", [](BoundaryRules& rules) { rules.detector = Detector::none; }) == "detected_stays_out 4");
    CHECK(without("content", [](BoundaryRules& rules) { rules.assertion = Assertion::none; }) == "alarm_answered 6");
}

TEST_CASE("tests that the cluster has passed prove nothing") {
    const auto prove = [](BoundaryRules& rules) { rules.low_tests = LowTests::prove; };
    CHECK(without("tests", prove) == "contained 4, device_safety 5, nothing_lost 8");
    CHECK(without("outputs", prove) == "nothing_lost 10");
}

TEST_CASE("the cluster has no part in a recovery") {
    const auto is_believed = [](BoundaryRules& rules) { rules.cluster_in_recovery = ClusterInRecovery::is_believed; };
    CHECK(without("announcements", is_believed) == "recovery_ends 4, alarm_answered 5, no_deadlock 4");
    CHECK(without("decisions", is_believed) == "recovery_ends 6, alarm_answered 7, no_deadlock 6");
    CHECK(without("false_replies", is_believed) == "");
}

TEST_CASE("kinds of messages that a process does not expect") {
    const auto received = [](BoundaryRules& rules) { rules.other_kinds = OtherKinds::received; };
    CHECK(without("counter", received) == "contained 2, eradicated 6, device_safety 3, detected_stays_out 4");
    CHECK(without("to_old_version", received) == "contained 6");
}

TEST_CASE("after a recovery the cluster is cut off") {
    CHECK(without("next_incarnation", [](BoundaryRules& rules) {
              rules.after_recovery = AfterRecovery::by_incarnation;
          }) == "no_false_recovery_loop 6");
}
