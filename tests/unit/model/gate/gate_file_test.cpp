// Gates: what a file may say, where scopes and rules come from, and how each mistake is told: everything that could
// make a gate check less than it seems to is one.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "model/check/check.hpp"
#include "model/claims/properties.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/library.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/schema_validator.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

using namespace model;
using checker::Verdict;

namespace {

std::string complaint(const std::string& text) {
    try {
        static_cast<void>(gate_from(text, "my.json", ""));
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

// The gate with the first `old` replaced.
std::string edited(const std::string& old, const std::string& replacement) {
    std::string text = gate_text();
    REQUIRE(text.find(old) != std::string::npos);
    return text.replace(text.find(old), old.size(), replacement);
}

const traces::Value& schema() {
    static const std::string file = MDCD_SOURCE_DIR "/traces/schema/gate.schema.json";
    static const traces::Value value = traces::parse_json(traces::read_text_file(file), file);
    return value;
}

} // namespace

TEST_CASE("a gate says of each check what to run and what must come out") {
    const Gate gate = gate_from(gate_text(), "my.json", "");
    CHECK(gate.name == "mine");
    REQUIRE(gate.checks.size() == 2);
    const GateCheck& first = gate.checks[0];
    CHECK(first.name == "one");
    CHECK(first.scope.name == "tiny");
    CHECK(first.rules.name == "published+receiver_log=while_dirty");
    CHECK(first.rules.rules.receiver_log == impl::ReceiverLog::while_dirty);
    CHECK(first.distinct_states == 3507);
    CHECK(first.budget.states_max == 10000);
    CHECK(first.budget.seconds_max == 60);
    CHECK(first.budget.memory_bytes_max == (std::uint64_t{512} << 20));
    CHECK(!first.symmetry);
    REQUIRE(first.expected.size() == 40); // what applies to the scope
    CHECK(first.expected[0].verdict == Verdict::holds);
    CHECK(first.expected.back().verdict == Verdict::reached);
    const GateCheck& second = gate.checks[1];
    CHECK(second.symmetry);
    CHECK(second.scope.name == "inline");
    REQUIRE(second.expected.size() == 2); // the scope reports no more
    CHECK(second.expected[0].property == "recoverability");
    CHECK(second.expected[0].verdict == Verdict::violated);
    CHECK(second.expected[0].steps == 7);
    CHECK(!second.expected[1].steps);
    CHECK(second.path == "$.checks[1]");
    CHECK(gate.place(second.path + ".expect.recoverability").line == 29);
    CHECK(gate.place(second.path + ".budget.max_states") == gate.place(second.path)); // the nearest that is there
    CHECK(gate.place("") == traces::TextPlace{});
}

TEST_CASE("what could drop out unnoticed is a mistake") {
    struct Mistake {
        std::string old, replacement, said;
    };
    for (const Mistake& mistake : std::vector<Mistake>{
             {R"("containment": "holds", )", "",
              R"($.checks[0].expect: nothing is expected of "containment" (holds or violated))"},
             {R"("containment": "holds")", R"("contanment": "holds")",
              R"($.checks[0].expect: unknown field "contanment" (did you mean 'containment'?))"},
             {R"("containment": "holds")", R"("containment": "held")",
              R"($.checks[0].expect.containment: expected one of holds, violated, found "held")"},
             {R"("containment": "holds")", R"("containment": "reached")",
              "$.checks[0].expect.containment: expected one of holds, violated"},
             {R"("containment": "holds")", R"("containment": "inconclusive")",
              "$.checks[0].expect.containment: expected"},
             {R"("containment": "holds")", R"("containment": "holds in 3 steps")",
              "$.checks[0].expect.containment: expected holds alone"},
             {R"("containment": "holds")", R"("containment": 3)", "$.checks[0].expect.containment: expected a text"},
             {"violated in 7 steps", "violated in seven steps",
              "$.checks[1].expect.recoverability: expected violated, or violated in N steps, found \"violated in "
              "seven"},
             {"violated in 7 steps", "violated in 1 steps", "$.checks[1].expect.recoverability: expected"},
             {"violated in 7 steps", "violated in 7 steps or so", "$.checks[1].expect.recoverability: expected"},
             {R"("recovered_from_checkpoint": "reached"}},)",
              R"("recovered_from_checkpoint": "reached"}},{"name": "x"},)", R"($.checks[1]: missing field "scope")"},
             {R"("scope": "tiny")", R"("scope": "tinny")", "$.checks[0].scope: expected one of"},
             {R"("rules": "published")", R"("rules": "publishd")", "$.checks[1].rules: publishd: no such preset"},
             {R"("receiver_log": )", R"("reciever_log": )",
              R"($.checks[0].rules.rules: unknown field "reciever_log" (did you mean 'receiver_log'?))"},
             {R"("active_processes": 2)", R"("active_processes": 0)", "$.checks[1].scope.active_processes: expected"},
             {"10000", "0", "$.checks[0].budget.max_states: expected an integer from 1"},
             {"max_states", "max_state",
              R"($.checks[0].budget: unknown field "max_state" (did you mean 'max_states'?))"},
             {"3507", "0", "$.checks[0].distinct_states: expected an integer from 1"},
             {R"("name": "two")", R"("name": "one")", "$.checks[1].name: there is a check 'one' already"},
             {R"("name": "two")", R"("name": "../two")", "$.checks[1].name: expected a name of letters"},
             {R"("name": "mine")", R"("name": "")", "$.name: expected a name of letters"},
             {R"("symmetry")", R"("symetry")", "$.checks[1]: unknown field \"symetry\" (did you mean 'symmetry'?)"},
         }) {
        CAPTURE(mistake.replacement);
        const std::string said = complaint(edited(mistake.old, mistake.replacement));
        CHECK_MESSAGE(said.starts_with("my.json: " + mistake.said), said);
    }
    CHECK(complaint(R"({"name": "x", "checks": []})") == "my.json: $.checks: an empty list would check nothing");
    CHECK(complaint(R"({"name": "x", "checks": [{"name": "a", "scope": "tiny", "rules": "published", "expect": {}}]})")
              .starts_with("my.json: $.checks[0].expect: expected a verdict for each property: an empty list"));
    CHECK(complaint("{").starts_with("my.json: line 1, column "));
}

TEST_CASE("files are looked for beside the gate, and named when they are wrong") {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "mdcd_gate_file_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "s.json") << R"({"name": "mine", "active_processes": 1,)"
                                     << R"( "budgets": {"cluster_messages": 1, "active_acceptance_tests": 1}})";
    std::ofstream(folder / "r.json") << R"({"name": "ours", "from": "literal", "rules": {}})";
    std::string text = edited(R"("scope": "tiny")", R"("scope": "s.json")");
    text.replace(text.find("\"rules\": \"published\""), 20, "\"rules\": \"./r.json\"");
    std::ofstream(folder / "gate.json") << text;
    const Gate gate = load_gate((folder / "gate.json").string());
    CHECK(gate.checks[0].scope.name == "mine");
    CHECK(gate.checks[1].rules.name == "ours");
    std::ofstream(folder / "s.json") << R"({"name": "mine", "active_processes": 0, "budgets": {}})";
    try {
        static_cast<void>(load_gate((folder / "gate.json").string()));
        FAIL("a wrong scope was accepted");
    } catch (const traces::FileError& error) {
        CHECK(std::string(error.what()).starts_with((folder / "s.json").string() + ": $.active_processes: "));
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("a gate that is to be pinned need not say what it expects") {
    const std::string text = R"({"name": "x", "checks": [{"name": "a", "scope": "tiny", "rules": "published"}]})";
    CHECK(complaint(text) ==
          "my.json: $.checks[0]: missing field \"expect\": nothing would be checked; `mdcd gate FILE "
          "--pin` writes what is found");
    CHECK(gate_from(text, "my.json", "", Pins::optional).checks[0].expected.empty());
}

TEST_CASE("every shipped gate loads, is named as its file, and conforms to the published schema") {
    REQUIRE(!gate_names().empty());
    for (const std::string& name : gate_names()) {
        CAPTURE(name);
        const Gate gate = load_gate(name);
        CHECK(gate.name == name);
        CHECK(!gate.description.empty());
        CHECK(traces::examples::schema_violation(schema(), gate.value) == "");
    }
    CHECK_THROWS_WITH_AS(static_cast<void>(load_gate("preset")),
                         doctest::Contains("no such gate (did you mean 'presets'?); shipped are "), traces::FileError);
}

TEST_CASE("what the schema refuses, the reader refuses, too") {
    CHECK(traces::examples::schema_violation(schema(), traces::parse_json(gate_text(), "t")) == "");
    struct Edit {
        std::string old, replacement;
    };
    for (const Edit& edit : std::vector<Edit>{{"violated in 7 steps", "violated in x steps"},
                                              {"3507", "0"},
                                              {"3507", "\"3507\""},
                                              {"\"symmetry\": true", "\"symmetry\": 1"},
                                              {"\"name\": \"two\"", "\"name\": \"t wo\""},
                                              {"\"name\": \"two\"", "\"nam\": \"two\""},
                                              {"\"scope\": \"tiny\"", "\"scope\": []"},
                                              {"\"rules\": \"published\"", "\"rules\": 1"},
                                              {"\"from\": ", "\"form\": "},
                                              {"10000", "0"}}) {
        CAPTURE(edit.replacement);
        const std::string text = edited(edit.old, edit.replacement);
        CHECK(traces::examples::schema_violation(schema(), traces::parse_json(text, "t")) != "");
        CHECK(complaint(text) != "");
    }
}

} // namespace mdcd::tests
