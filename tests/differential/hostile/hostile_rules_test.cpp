// The line of defence with one of its parts taken away: in the smallest scope that shows it, the claims that break,
// each with the length of its shortest run. With all parts everything holds there.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::hostile;

namespace {

// `change`: takes a part away.
template <class Change> std::string without(Scope scope, Change change) {
    CHECK(broken(explore(scope)) == "");
    change(scope.boundary);
    CHECK(scope.boundary != BoundaryRules{});
    return violations(explore(scope));
}

Scope one(std::string component, std::string active, Alphabet alphabet, unsigned words = 2, unsigned misses = 1) {
    return with_words(scope_of({std::move(component)}, {std::move(active)}, alphabet), words, misses);
}

} // namespace

TEST_CASE("links authenticate senders") {
    const auto as_claimed = [](BoundaryRules& rules) { rules.links = Links::as_claimed; };
    CHECK(without(with_words(scope_of({"1"}, {"d", ""}, {.honest = false, .clean = true, .as_others = true}), 2, 1),
                  as_claimed) == "contained 2, eradicated 8, device_safety 3, detected_stays_out 4");
    CHECK(without(with_words(scope_of({"1"}, {"d", ""}, {.honest = false, .tests = true, .as_others = true}), 2, 1),
                  as_claimed) == "contained 4, device_safety 5, nothing_lost 11, detected_stays_out 4");
}

TEST_CASE("the boundary stamps") {
    CHECK(without(one("1", "d", headers), [](BoundaryRules& rules) {
              rules.boundary_stamp = BoundaryStamp::as_claimed;
          }) == "contained 2, eradicated 6, device_safety 3, no_orphan 7, once_and_in_order 9");
    CHECK(without(one("11", "d", headers), [](BoundaryRules& rules) {
              rules.boundary_stamp = BoundaryStamp::at_least_claimed;
          }) == "nothing_lost 11");
    CHECK(without(scope_of({"12"}, {"d", "d"}, content_only), [](BoundaryRules& rules) {
              rules.boundary_stamp = BoundaryStamp::one_counter;
          }) == "contained 6, eradicated 11, device_safety 7, nothing_lost 14, once_and_in_order 15");
}

TEST_CASE("a checkpoint on every message; by confidence it is enough, with stamps") {
    CHECK(without(one("1", "d", content_only), [](BoundaryRules& rules) {
              rules.boundary_checkpoint = BoundaryCheckpoint::none;
          }) == "contained 2, eradicated 6, device_safety 3, no_orphan 7, once_and_in_order 9");
    for (Scope scope : {scope_named("one_two").scope, scope_named("two_one").scope}) {
        scope.boundary.boundary_checkpoint = BoundaryCheckpoint::by_confidence;
        CHECK(broken(explore(scope, 2)) == "");
    }
}

TEST_CASE("a detector, and what it sees starts a recovery") {
    CHECK(without(one("1", "d", content_only), [](BoundaryRules& rules) { rules.detector = Detector::none; }) ==
          "detected_stays_out 4");
    CHECK(without(one("1", "d", content_only), [](BoundaryRules& rules) { rules.assertion = Assertion::none; }) ==
          "alarm_answered 6");
}

TEST_CASE("tests that the cluster has passed prove nothing") {
    const auto prove = [](BoundaryRules& rules) { rules.low_tests = LowTests::prove; };
    CHECK(without(one("1", "d", {.tests = true}), prove) == "contained 4, device_safety 5, nothing_lost 8");
    CHECK(without(one("1d", "d", {.outputs = true}), prove) == "nothing_lost 10");
}

TEST_CASE("the cluster has no part in a recovery") {
    const auto is_believed = [](BoundaryRules& rules) { rules.cluster_in_recovery = ClusterInRecovery::is_believed; };
    CHECK(without(one("1", "d", {.announcements = true}), is_believed) ==
          "recovery_ends 4, alarm_answered 5, no_deadlock 4");
    CHECK(without(one("1", "d", {.announcements = true, .decisions = true}, 3), is_believed) ==
          "recovery_ends 6, alarm_answered 7, no_deadlock 6");
    CHECK(without(one("1", "d", {.false_replies = true}, 2), is_believed) == "");
}

TEST_CASE("kinds of messages that a process does not expect") {
    const auto received = [](BoundaryRules& rules) { rules.other_kinds = OtherKinds::received; };
    CHECK(without(one("1", "d", {.numbers = true}), received) ==
          "contained 2, eradicated 6, device_safety 3, detected_stays_out 4");
    CHECK(without(one("1", "d", {.to_shadows = true}), received) == "contained 6");
}

TEST_CASE("after a recovery the cluster is cut off") {
    CHECK(without(one("1", "d", {.incarnation = true}), [](BoundaryRules& rules) {
              rules.after_recovery = AfterRecovery::by_incarnation;
          }) == "no_false_recovery_loop 6");
}
