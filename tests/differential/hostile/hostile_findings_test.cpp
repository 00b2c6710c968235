// The protocol as it was, against new versions that may send anything: for each kind of message that they can forge the
// claims that break, each with the length of its shortest run. The rules are those of the presets `repaired` and
// `repaired_vector`, the handlers those of impl, without a line of defence. A cluster may be silent at any time.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::tests::hostile;

namespace {

// The scope is one of those that users can name: mdcd check hostile/undefended_..
std::string defeats(const char* name) {
    return violations(explore(scope_named(std::string("undefended_") + name).scope));
}

} // namespace

TEST_CASE("messages of the application: what they claim is believed") {
    CHECK(defeats("clean") == "contained 2, device_safety 3, recovery_ends 5, no_deadlock 5");
    CHECK(defeats("stale") == "contained 2, device_safety 3, recovery_ends 5, no_deadlock 5");
    CHECK(defeats("future") == "contained 5, recovery_ends 7, no_deadlock 7");
    CHECK(defeats("future_replies") == "contained 5, recovery_ends 9, no_deadlock 9");
    CHECK(defeats("old_version") == "contained 2");
    CHECK(defeats("counter") == "contained 2, device_safety 3");
    CHECK(defeats("others_number") == "contained 5"); // with a counter for each
}

TEST_CASE("content alone: what is not the first error does not make all later messages erroneous") {
    CHECK(defeats("content_one") == "contained 7, device_safety 9, recovery_ends 9, no_deadlock 9");
    CHECK(defeats("content") == "contained 6, device_safety 7, recovery_ends 9, no_deadlock 9");
}

TEST_CASE("notifications: a test that a new version says it has passed is believed") {
    CHECK(defeats("tests") == "contained 4, device_safety 5, recovery_ends 7, no_deadlock 7");
    CHECK(defeats("outputs") == "nothing_lost 11, recovery_ends 9, no_deadlock 9");
}

TEST_CASE("recovery: it waits for the cluster, and believes what it says") {
    CHECK(defeats("silence") == "recovery_ends 5, no_deadlock 5");
    CHECK(defeats("replies") == "recovery_ends 7, no_deadlock 7");
    CHECK(defeats("false_replies") ==
          "contained 7, eradicated 7, device_safety 8, nothing_lost 9, recovery_ends 7, no_deadlock 7");
    CHECK(defeats("announcements") == "recovery_ends 2, no_deadlock 2");
    CHECK(defeats("announced_decisions") ==
          "contained 6, eradicated 6, nothing_lost 9, recovery_ends 8, no_deadlock 8");
    CHECK(defeats("decisions") ==
          "contained 5, eradicated 5, device_safety 6, nothing_lost 9, recovery_ends 7, no_deadlock 7");
    CHECK(defeats("incarnation") == "eradicated 9, no_false_recovery_loop 10, recovery_ends 9, no_deadlock 9");
}

TEST_CASE("without authentication: in the name of another") {
    CHECK(defeats("as_others_clean") == "contained 2, device_safety 3, recovery_ends 7, no_deadlock 7");
    CHECK(defeats("as_others_tests") == "contained 4, device_safety 5, recovery_ends 9, no_deadlock 9");
    CHECK(defeats("as_others_decisions") ==
          "contained 5, eradicated 5, device_safety 6, nothing_lost 12, recovery_ends 9, no_deadlock 9");
    CHECK(defeats("as_others_announcements") == "recovery_ends 3, no_deadlock 3");
    CHECK(defeats("as_others_replies") ==
          "contained 9, eradicated 9, device_safety 10, nothing_lost 12, recovery_ends 9, no_deadlock 9");
}
