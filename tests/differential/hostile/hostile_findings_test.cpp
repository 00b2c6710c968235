// The protocol as it was, against new versions that may send anything: for each kind of message that they can forge the
// claims that break, each with the length of its shortest run. The rules are those of the presets `repaired` and
// `repaired_vector`, the handlers those of impl, without a line of defence. A cluster may be silent at any time.
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::hostile;

namespace {

std::string defeats(std::vector<std::string> actives, Alphabet alphabet, unsigned words,
                    Links links = Links::authenticated, std::string component = "1") {
    Scope scope = scope_of({std::move(component)}, std::move(actives), alphabet);
    return violations(explore(undefended(with_words(scope, words, 0), repaired(), links)));
}

} // namespace

TEST_CASE("messages of the application: what they claim is believed") {
    CHECK(defeats({"d"}, {.honest = false, .clean = true}, 1) ==
          "contained 2, device_safety 3, recovery_ends 5, no_deadlock 5");
    CHECK(defeats({"d"}, {.honest = false, .stale = true}, 1) ==
          "contained 2, device_safety 3, recovery_ends 5, no_deadlock 5");
    CHECK(defeats({"d"}, {.future = true}, 2) == "contained 5, recovery_ends 7, no_deadlock 7");
    CHECK(defeats({"d"}, {.future = true, .replies = true}, 3) == "contained 5, recovery_ends 9, no_deadlock 9");
    CHECK(defeats({""}, {.honest = false, .intrusions = false, .to_shadows = true, .clean = true}, 1) == "contained 2");
    CHECK(defeats({"d"}, {.honest = false, .intrusions = false, .numbers = true}, 1) == "contained 2, device_safety 3");
    // A number of the other component, with a counter for each.
    Scope two = scope_of({"1", "1"}, {"d"}, {.intrusions = false, .others_number = true});
    CHECK(violations(explore(undefended(with_words(two, 2, 0), repaired_vector()))) == "contained 5");
}

TEST_CASE("content alone: what is not the first error does not make all later messages erroneous") {
    CHECK(defeats({"2d", "d"}, {}, 2, Links::authenticated, "11") ==
          "contained 7, device_safety 9, recovery_ends 9, no_deadlock 9");
    CHECK(defeats({"d", "d"}, {}, 2, Links::authenticated, "12") ==
          "contained 6, device_safety 7, recovery_ends 9, no_deadlock 9");
}

TEST_CASE("notifications: a test that a new version says it has passed is believed") {
    CHECK(defeats({"d"}, {.honest = false, .tests = true}, 2) ==
          "contained 4, device_safety 5, recovery_ends 7, no_deadlock 7");
    CHECK(defeats({"d"}, {.honest = false, .outputs = true, .replies = true}, 3, Links::authenticated, "d") ==
          "nothing_lost 11, recovery_ends 9, no_deadlock 9");
}

TEST_CASE("recovery: it waits for the cluster, and believes what it says") {
    CHECK(defeats({"d"}, {.honest = false}, 1) == "recovery_ends 5, no_deadlock 5");
    CHECK(defeats({"d"}, {.honest = false, .replies = true}, 2) == "recovery_ends 7, no_deadlock 7");
    CHECK(defeats({"d"}, {.honest = false, .replies = true, .false_replies = true}, 2) ==
          "contained 7, eradicated 7, device_safety 8, nothing_lost 9, recovery_ends 7, no_deadlock 7");
    CHECK(defeats({""}, {.honest = false, .intrusions = false, .announcements = true}, 1) ==
          "recovery_ends 2, no_deadlock 2");
    CHECK(defeats({""}, {.honest = false, .announcements = true, .decisions = true}, 4) ==
          "contained 6, eradicated 6, nothing_lost 9, recovery_ends 8, no_deadlock 8");
    CHECK(defeats({"d"}, {.honest = false, .decisions = true}, 2) ==
          "contained 5, eradicated 5, device_safety 6, nothing_lost 9, recovery_ends 7, no_deadlock 7");
    CHECK(defeats({"d"}, {.honest = false, .incarnation = true, .replies = true}, 3) ==
          "eradicated 9, no_false_recovery_loop 10, recovery_ends 9, no_deadlock 9");
}

TEST_CASE("without authentication: in the name of another") {
    CHECK(defeats({"d", ""}, {.honest = false, .clean = true, .as_others = true}, 1, Links::as_claimed) ==
          "contained 2, device_safety 3, recovery_ends 7, no_deadlock 7");
    CHECK(defeats({"d", ""}, {.honest = false, .tests = true, .as_others = true}, 2, Links::as_claimed) ==
          "contained 4, device_safety 5, recovery_ends 9, no_deadlock 9");
    CHECK(defeats({"d", ""}, {.honest = false, .decisions = true, .as_others = true}, 2, Links::as_claimed) ==
          "contained 5, eradicated 5, device_safety 6, nothing_lost 12, recovery_ends 9, no_deadlock 9");
    CHECK(defeats({"d", ""}, {.honest = false, .announcements = true, .as_others = true}, 1, Links::as_claimed) ==
          "recovery_ends 3, no_deadlock 3");
    CHECK(defeats({"d", ""}, {.honest = false, .false_replies = true, .as_others = true}, 2, Links::as_claimed) ==
          "contained 9, eradicated 9, device_safety 10, nothing_lost 12, recovery_ends 9, no_deadlock 9");
}
