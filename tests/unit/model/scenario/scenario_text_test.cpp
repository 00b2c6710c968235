// The text of scenarios: what is a line, where it stands, what is left out, and what counts as short for what.
// What lines mean is in scenario_test.cpp.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/scenario/scenario_text.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

ScenarioLine only_line(const std::string& text) {
    const std::vector<ScenarioLine> lines = scenario_lines(text, "s");
    REQUIRE(lines.size() == 1);
    return lines.front();
}

void check(const std::string& text, ScenarioVerb verb, const std::string& rest, const std::string& place,
           bool dirty = false) {
    CAPTURE(text);
    const ScenarioLine line = only_line(text);
    CHECK(line.verb == verb);
    CHECK(line.text == rest);
    CHECK(place_of(line) == place);
    CHECK(line.dirty == dirty);
}

} // namespace

TEST_CASE("a line is a verb and a text, or an action") {
    check("scope tiny", ScenarioVerb::scope, "tiny", "line 1, column 7");
    check("\n\n  rules   published  # why", ScenarioVerb::rules, "published", "line 3, column 11");
    check("set receiver_log=while_dirty\r\n", ScenarioVerb::set, "receiver_log=while_dirty", "line 1, column 5");
    check("expect A1 dirty", ScenarioVerb::expect, "A1 dirty", "line 1, column 8");
    check("* takes checkpoint 1", ScenarioVerb::note, "takes checkpoint 1", "line 1, column 3");
    check("A1 receives 1", ScenarioVerb::step, "A1 receives 1", "line 1, column 1");
    check("expected is no verb", ScenarioVerb::step, "expected is no verb", "line 1, column 1");
    check("expect \xC3\xA4 b", ScenarioVerb::expect, "\xC3\xA4 b", "line 1, column 8");
    check("\xC3\xA4 # x", ScenarioVerb::step, "\xC3\xA4", "line 1, column 1");
}

TEST_CASE("what a report prints around an action is no part of it") {
    check("   4  A1 sends A1.1 to A2 (dirty)  <-- lost", ScenarioVerb::step, "A1 sends A1.1 to A2", "line 1, column 7",
          true);
    check(" 3  A1  A1 receives 1", ScenarioVerb::step, "A1 receives 1", "line 1, column 9");
    check("12 A1 receives 1 from L1 (dirty)", ScenarioVerb::step, "A1 receives 1 from L1", "line 1, column 4", true);
    check("expect enabled L1 sends 1 (dirty)", ScenarioVerb::expect, "enabled L1 sends 1", "line 1, column 8", true);
    check("* takes checkpoint 1 (dirty)", ScenarioVerb::note, "takes checkpoint 1 (dirty)", "line 1, column 3");
}

TEST_CASE("comments and empty lines are left out, but not within a scope") {
    CHECK(scenario_lines("\n   \n# scope tiny\n  # x\n\t\n", "s").empty());
    check("scope {\"name\": \"a # b\"} ", ScenarioVerb::scope, "{\"name\": \"a # b\"}", "line 1, column 7");
    check("A1 receives #1", ScenarioVerb::step, "A1 receives", "line 1, column 1");
    check("A1 a#b", ScenarioVerb::step, "A1 a#b", "line 1, column 1");
    CHECK(scenario_lines("scope tiny\nrules published", "s").size() == 2);
}

TEST_CASE("a verb alone is a mistake") {
    for (const std::string verb : {"scope", "rules", "set", "expect", "*", "expect # x"}) {
        CAPTURE(verb);
        CHECK_THROWS_WITH_AS(static_cast<void>(scenario_lines("\n" + verb, "s")), doctest::Contains("s: line 2: '"),
                             traces::FileError);
    }
}

TEST_CASE("a short form begins with the same word and goes on with parts of the others, in order") {
    const std::string full = "A1 receives cluster message 1 from L1";
    for (const std::string written : {"A1 receives cluster message 1 from L1", "A1", "A1 receives", "A1 rec 1", "A1 1",
                                      "A1 receives 1 from L1", "A1  c  m"}) {
        CAPTURE(written);
        CHECK(abbreviates(written, full));
    }
    for (const std::string written : {"", "A", "A2 receives", "receives", "A1 receives 2", "A1 from 1", "A1 1 1",
                                      "A1 receives cluster message 1 from L1 now", "A1 xreceives"}) {
        CAPTURE(written);
        CHECK(!abbreviates(written, full));
    }
    CHECK(!abbreviates("L1 sends 1", "L1 sends cluster message 10 to A1")); // a number is a number
    CHECK(!abbreviates("A1 A2", "A1 sends A1.1 to A20"));
    CHECK(abbreviates("A1 passes passed_AT(2)", "A1 passes an acceptance test, outputs, and broadcasts passed_AT(2)"));
    CHECK(abbreviates("A1 sends to L1 S1", "A1 sends A1.1 to L1, S1"));
    CHECK(abbreviates("A1 receives passed_AT", "A1 receives passed_AT(2) from A2"));
}

} // namespace mdcd::tests
