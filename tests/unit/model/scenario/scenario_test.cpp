// Scenarios: each kind of expectation when it is so and when it is not, steps in short, and every mistake with its
// place, the nearest name and what could be meant instead. Whole runs are in tests/scenario.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/inputs/library.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/scenario/scenario.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

const std::string heading = "scope tiny\nrules published\n";

// The run that loses A1.1 under the published rules.
const std::string lost = heading + "L1 sends 1 to A1\nL1 sends 2 to A2\nA1 receives 1\nA1 sends A1.1\nA2 receives 2\n"
                                   "A2 receives A1.1\nA1 passes\n";

std::string scenario_complaint(const std::string& text) {
    try {
        static_cast<void>(run_scenario(text, "s", ""));
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

void check_mistake(const std::string& text, const std::string& said) {
    CAPTURE(text);
    const std::string found = scenario_complaint(text);
    CHECK_MESSAGE(found.starts_with("s: " + said), found);
}

// What is not so of these expectations after the lost run.
std::vector<std::string> unmet(const std::string& expectations) {
    return run_scenario(lost + expectations, "s", "").unmet;
}

void check_so(const std::string& expectation) {
    CAPTURE(expectation);
    CHECK(unmet("expect " + expectation).empty());
    CHECK(unmet("expect not " + expectation).size() == 1);
}

void check_not_so(const std::string& expectation, const std::string& found) {
    CAPTURE(expectation);
    const auto wrong = unmet("expect " + expectation);
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0] == "s: line 10, column 8: not so: " + expectation + "; found: " + found);
    CHECK(unmet("expect not " + expectation).empty());
}

} // namespace

TEST_CASE("what is so") {
    check_so("A1 clean");
    check_so("A2 dirty");
    check_so("A2 checkpoints 1");
    check_so("A2 checkpoints [2]");
    check_so("A1 checkpoints none");
    check_so("A1 checkpoints 0");
    check_so("A2 checkpoints[0].index 2");
    check_so("A2 low_sn 2");
    check_so("A1 application.received [c1]");
    check_so("A2 application.received [c2,A1.1]");
    check_so("L1->A1 none");
    check_so("A1->A2 1");
    check_so("A1->A2 [passed_AT]");
    check_so("validated number 1");
    check_so("active_tests_left 0");
    check_so("recoverability violated");
    check_so("containment holds");
    check_so("contaminated_then_cleaned reached");
    check_so("several_resent not_reached");
    check_so("lost A1.1");
    check_so("lost");
    check_so("enabled A2 receives passed_AT(1) from A1");
    check_so("enabled A2 receives");
    check_so("recovery A2 rolls back to checkpoint 2");
    check_so("recovery L1 stops");
}

TEST_CASE("what is not so is told with what is") {
    check_not_so("A1 dirty", "A1 clean");
    check_not_so("A2 clean", "A2 dirty");
    check_not_so("A2 checkpoints 2", "A2 checkpoints 1 [2]");
    check_not_so("A2 checkpoints [1]", "A2 checkpoints [2]");
    check_not_so("A2 checkpoints none", "A2 checkpoints 1 [2]");
    check_not_so("A2 low_sn 3", "A2 low_sn 2");
    check_not_so("A1->A2 none", "A1->A2 1 [passed_AT]");
    check_not_so("recoverability holds", "recoverability violated");
    check_not_so("several_resent reached", "several_resent not_reached");
    check_not_so("enabled A1 passes", "it is not enabled");
    check_not_so("recovery A2 stays", "A2 rolls back to checkpoint 2, taken after step 4");
    const auto orphan = unmet("expect orphan A1.1");
    REQUIRE(orphan.size() == 1);
    CHECK(orphan[0].find("found: message A1.1 is lost: ") != std::string::npos);
}

TEST_CASE("notes are compared with those of the last step") {
    CHECK(unmet("* drops checkpoint 1\n*  keeps no checkpoint").empty());
    const auto wrong = unmet("* takes checkpoint 1");
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0].starts_with("s: line 10, column 3: not so: * takes checkpoint 1; found: noted was: thereby proves"));
    check_mistake(heading + "* takes", "line 3, column 3: no step has been taken yet");
}

TEST_CASE("a step may be written as a report prints it, and (dirty) is an expectation") {
    const auto run = run_scenario(heading + "  1  L1 sends cluster message 1 to A1 (dirty)  <-- lost\n"
                                            "2 A2 outputs without a test (dirty)\n",
                                  "s", "");
    CHECK(run.path.firings.size() == 2);
    REQUIRE(run.unmet.size() == 1);
    CHECK(run.unmet[0] == "s: line 4, column 3: the step is not dirty");
}

TEST_CASE("a step that is not enabled is told with the nearest that is, and with all of them") {
    const std::string said = scenario_complaint(heading + "L1 sends cluster message 1 to A3\n");
    CHECK(said.starts_with("s: line 3, column 1: 'L1 sends cluster message 1 to A3' is not enabled (did you mean 'L1 "
                           "sends cluster message 1 to A1'?); enabled are\n    L1 sends cluster message 1 to A1\n"));
    CHECK(said.find("\n    S1 generates cluster message 1 for A2") != std::string::npos);
    check_mistake(heading + "A1 receives 1\n", "line 3, column 1: 'A1 receives 1' is not enabled");
}

TEST_CASE("a step that could be several is told with these") {
    CHECK(
        scenario_complaint(heading + "L1 sends\n") ==
        "s: line 3, column 1: 'L1 sends' could be\n    L1 sends cluster message 1 to A1\n    L1 sends cluster message "
        "1 to A2");
}

TEST_CASE("mistakes in the heading") {
    check_mistake("", "expected a scope first: scope NAME");
    check_mistake("# nothing", "expected a scope first");
    check_mistake("L1 sends 1", "line 1, column 1: expected a scope first");
    check_mistake("rules published", "line 1, column 7: expected a scope first");
    check_mistake("scope tinny", "line 1, column 7: tinny: no such scope (did you mean 'tiny'?)");
    check_mistake("scope {\"name\": }", "line 1, column 7: scope: line 1, column ");
    check_mistake("scope {\"nam\": 1}", "line 1, column 7: scope: $: unknown field \"nam\" (did you mean 'name'?)");
    check_mistake("scope tiny\nscope small", "line 2, column 7: there is a scope already");
    check_mistake("scope tiny\nrules publishd", "line 2, column 7: publishd: no such preset");
    check_mistake("scope tiny\nset reciever_log=while_dirty",
                  "line 2, column 5: 'reciever_log': no such rule (did you mean 'receiver_log'?)");
    check_mistake("scope tiny\nset receiver_log", "line 2, column 5: 'receiver_log': expected rule=value");
    check_mistake(heading + "expect A1 clean\nset receiver_log=while_dirty",
                  "line 4, column 5: scope, rules and set stand before the first step");
    check_mistake("scope ./no-such-file.json", "line 1, column 7: ./no-such-file.json: cannot be opened");
}

TEST_CASE("mistakes in expectations") {
    const auto check = [](const std::string& expectation, const std::string& said) {
        check_mistake(heading + "expect " + expectation, "line 3, column 8: " + said);
    };
    check_mistake(heading + "expect not not not A1 clean", "line 3, column 12: expected one 'not' at most");
    check("A3 dirty", "'A3' is neither a process, a channel (L1->A1), a property nor a finding (did you mean 'A1'?)");
    check("recoverabilty holds", "'recoverabilty' is neither");
    check("recoverability hold", "expected holds or violated after recoverability, found 'hold' (did you mean");
    check("recoverability", "expected holds or violated after recoverability, found ''");
    check("several_resent holds", "expected reached or not_reached after several_resent");
    check("A1 dirt", "expected dirty, clean, or a field of A1 and its value (did you mean 'dirty'?)");
    check("A1", "expected dirty, clean, or a field of A1 and its value; there are");
    check("L1 dirty", "expected a field of L1 and its value; there are low_sn, ");
    check("A1 chekpoints 1", "there is no 'chekpoints' in A1 (did you mean 'checkpoints'?); there are dirty, ");
    check("A1 application.recieved none", "there is no 'recieved' in A1.application (did you mean 'received'?)");
    check("A1 checkpoints[0].index 1", "there is no 'checkpoints[0]' in A1");
    check("A1 checkpoints one", "expected how many there are, none, or their names in brackets");
    check("L1->A1", "expected a value after 'L1->A1'");
    check("recovery A1", "expected a process and what recovery does to it");
    check("recovery A3 stops", "there is no process 'A3'; there are L1, S1, A1, A2");
    check("lost A1 A2", "expected one message or process after 'lost'");
    check("not", "expected something after 'expect'");
}

TEST_CASE("a trace is about what the last state violates, or else about what it reaches") {
    const auto run = run_scenario(lost, "s", "");
    REQUIRE(run.violated == std::vector<PropertyId>{PropertyId::recoverability});
    const traces::Trace trace = trace_of(run, std::nullopt, "test", "s");
    CHECK(trace.property == "recoverability");
    CHECK(trace.verdict == "violated");
    CHECK(!replay(trace, "s").has_value());
    CHECK(trace_of(run, "contaminated_then_cleaned", "test", "s").verdict == "reached");
    CHECK_THROWS_WITH_AS(static_cast<void>(trace_of(run, "containment", "test", "s")),
                         doctest::Contains("the last state neither violates nor reaches containment"),
                         traces::FileError);
    const auto start = run_scenario(heading, "s", "");
    CHECK_THROWS_WITH_AS(static_cast<void>(trace_of(start, std::nullopt, "test", "s")),
                         doctest::Contains("neither violates nor reaches any"), traces::FileError);
}

TEST_CASE("a trace becomes a scenario with a shipped scope by name, the nearest preset, and what it found") {
    const std::string text = scenario_of(trace_of(run_scenario(lost, "s", ""), std::nullopt, "test", "s"), "s");
    CHECK(text.starts_with("# recoverability is violated: After recovery, "));
    CHECK(text.find("\nscope tiny\nrules published\n\nL1 sends cluster message 1 to A1\n") != std::string::npos);
    CHECK(text.ends_with("\n\nexpect recoverability violated\nexpect lost A1.1\n"));
    CHECK(run_scenario(text, "s", "").unmet.empty());
    const std::string other = "scope {\"name\": \"mine\", \"active_processes\": 1, \"budgets\": {\"cluster_messages\": "
                              "1}}\nrules literal\nset reclamation=by_cover\nL1 sends\nA1 receives\n";
    const auto run = run_scenario(other, "s", "");
    const std::string written = scenario_of(trace_of(run, std::nullopt, "test", "s"), "s");
    CHECK(written.find("\nscope {\"name\": \"mine\", ") != std::string::npos);
    CHECK(written.find("\nrules literal\nset reclamation=by_cover\n") != std::string::npos);
    const auto again = run_scenario(written, "s", "");
    CHECK(again.path.firings == run.path.firings);
    CHECK(again.unmet.empty());
}

TEST_CASE("a claim that does not apply cannot be expected") {
    const std::string start = heading + "L1 sends 1 to A1\n";
    for (const std::string claim : {"unique_sn", "output_exactly_once", "recovered_consistently"}) {
        CAPTURE(claim);
        CHECK(scenario_complaint(start + "expect " + claim + " holds\n")
                  .find(claim + " does not apply to this scope under these rules") != std::string::npos);
        CHECK(!scenario_complaint(start + "expect not " + claim + " violated\n").empty());
    }
    CHECK(scenario_complaint(start + "expect containment holds\n").empty());
}

TEST_CASE("what can never be so cannot be expected not to be") {
    const std::string start = heading + "L1 sends 1 to A2\nexpect not ";
    const auto check = [&](const std::string& expectation, const std::string& said) {
        CAPTURE(expectation);
        const std::string found = scenario_complaint(start + expectation + "\n");
        CHECK_MESSAGE(found.find(said) != std::string::npos, found);
    };
    check("lost banana", "'banana' is neither a process nor a message of this run so far");
    check("lost A9.9", "is neither a process nor a message");
    check("lost c77", "is neither a process nor a message");
    check("contained Z9", "is neither a process nor a message");
    check("enabled", "expected a step after 'enabled'");
    check("enabled zzz", "expected a step after 'enabled'");
    check("enabled Z1 receives 1", "expected a process after 'enabled', found 'Z1'");
    check("enabled A2 recieves 1", "no step has the word 'recieves' after its process (did you mean 'receives'?)");
    check("A1 low_sn banana", "expected a number, found 'banana'");
    check("A1 low_sn 99999999999999999999", "'99999999999999999999' can never be there in this scope");
    check("A1 low_sn 77", "'77' can never be there in this scope, so this would check nothing");
    check("enabled A1 receives 77", "'77' can never be there in this scope");
    check("recovery A1 rolls back to checkpoint 99", "'99' can never be there in this scope");
    for (const std::string number :
         {"A1 checkpoints 01", "A1 low_sn 007", "A1 low_sn 00", "A1 checkpoints [99]", "enabled L1 sends 01 to A1",
          "enabled A1 receives passed_AT(9)", "enabled A1 receives c9"})
        check(number, "can never be there in this scope, so this would check nothing: expected numbers up to ");
    check("recovery A1 explodes", "'explodes' can never be there, so this would check nothing");
    check("enabled L1 sends zzz to A1", "'zzz' can never be there");
    check("enabled L1 sends 1 to A9", "'A9' can never be there: there is no process A9");
    check("A1->A2 [foo]", "'foo' is neither a process nor a message of this run so far");
    check("duplicate A1", "expected a message after 'duplicate', found the process 'A1'");
    check("rolled_back_again", "'rolled_back_again' is what rolled_back_once finds, which does not apply");
    CHECK(scenario_complaint(start + "A1->A2 [c1]\n").empty());
    CHECK(scenario_complaint(start + "lost c1\n").empty());
    CHECK(scenario_complaint(start + "enabled A2 passes\n").empty());
    CHECK(scenario_complaint(start + "A1 low_sn 3\n").empty());
}

} // namespace mdcd::tests
