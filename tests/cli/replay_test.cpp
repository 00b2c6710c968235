// `mdcd replay`: a trace that `mdcd check` wrote repeats, and whatever was edited in it by hand is noticed.
// Every kind of edit, at every step, is in the tests of the model; here it is exit codes and messages.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>

#include "checker/version.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::cli {
namespace {

// The text of the shortest run against recoverability under the published rules.
const std::string& written() {
    static const std::string text = [] {
        const ScratchFolder folder;
        const Finished finished = run_mdcd(
            {"check", "tiny", "--rules", "published", "--property", "recoverability", "--trace-dir", folder.path("t")});
        REQUIRE(finished.exit_code == 10);
        return traces::read_text_file(folder.path("t/tiny.published.recoverability.json"));
    }();
    return text;
}

Finished replay_text(const std::string& text) {
    const ScratchFolder folder;
    return run_mdcd({"replay", folder.write("run.json", text)});
}

Finished replay_edited(const std::function<void(traces::Trace&)>& edit) {
    traces::Trace trace = traces::read_trace(written(), "run.json");
    edit(trace);
    return replay_text(traces::write_trace(trace));
}

std::string with(std::string text, const std::string& old, const std::string& now) {
    const std::size_t at = text.find(old);
    REQUIRE_MESSAGE(at != std::string::npos, old);
    return text.replace(at, old.size(), now);
}

} // namespace

TEST_CASE("a trace repeats, to the last state") {
    const Finished finished = replay_text(written());
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(contains(finished.out, "run.json: 7 steps replayed, every state as recorded; recoverability is violated"));
}

TEST_CASE("a trace with whole states and one under other rules repeat too") {
    const ScratchFolder folder;
    REQUIRE(run_mdcd({"check", "tiny", "--rules", "literal", "--whole-states", "--trace-dir", folder.path("t")})
                .exit_code == 10);
    for (const std::string property : {"containment", "device_safety", "recoverability"})
        CHECK(run_mdcd({"replay", folder.path("t/tiny.literal." + property + ".json")}).exit_code == 0);
}

TEST_CASE("an edit is told with its step: exit 30") {
    struct Edit {
        std::function<void(traces::Trace&)> edit;
        std::string said;
    };
    const std::vector<Edit> table = {
        {[](traces::Trace& t) { t.steps[2].action.text = "A1 sleeps"; }, "step 3: 'A1 sleeps' is not enabled"},
        {[](traces::Trace& t) { t.steps[1].digest = "0123456789abcdef"; }, "step 2: the state after '"},
        {[](traces::Trace& t) { t.steps[3].changes.clear(); }, "step 4: the changes of '"},
        {[](traces::Trace& t) { // without its recovery, which would lie after the end
             t.recovery.clear();
             t.steps.erase(t.steps.begin());
         },
         "step 1: "},
        {[](traces::Trace& t) { std::swap(t.steps[0], t.steps[1]); }, "step 1: "},
        {[](traces::Trace& t) {
             t.recovery.clear();
             t.steps.pop_back();
         },
         "step 6: the last state does not violate recoverability"},
        {[](traces::Trace& t) { t.verdict = "error"; }, "step 7: nothing fails in the last state"},
        {[](traces::Trace& t) { t.property = "containment"; }, "step 7: the last state does not violate containment"},
        {[](traces::Trace& t) { t.property = "contentment"; }, "there is no property 'contentment'"},
        {[](traces::Trace& t) { t.initial_digest = "0123456789abcdef"; }, "the initial state differs"},
        {[](traces::Trace& t) { t.findings.clear(); }, "step 7: what recovery would do"},
        {[](traces::Trace& t) { t.claim = "All is well."; }, "step 7: the claim of recoverability"},
        {[](traces::Trace& t) { t.scope_name = "large"; }, "the name of the scope differs"},
        {[](traces::Trace& t) { t.hypothesis.reset(); }, "step 7: the fault hypothesis is missing"},
        {[](traces::Trace& t) { t.initial_state = traces::Value::Record{}; }, "the initial state is told differently"},
        {[](traces::Trace& t) { t.steps[4].state = traces::Value::Record{}; }, "step 5: the state after '"},
    };
    for (const Edit& each : table) {
        CAPTURE(each.said);
        const Finished finished = replay_edited(each.edit);
        CHECK(finished.exit_code == 30);
        CHECK(finished.err.empty());
        CHECK_MESSAGE(contains(finished.out, "run.json: " + each.said), finished.out);
    }
    // Another rule is another protocol.
    const Finished rule =
        replay_text(with(with(written(), R"("checkpoint_index": "message_sn")", R"("checkpoint_index": "local_sn")"),
                         R"("rules_name": "published")", R"("rules_name": "edited")"));
    CHECK(rule.exit_code == 30);
    CHECK_MESSAGE(contains(rule.out, "run.json: step "), rule.out);
}

TEST_CASE("a trace of another format or of another version is refused as such: exit 65") {
    const Finished format = replay_text(with(written(), "\"format\": 1", "\"format\": 999"));
    CHECK(format.exit_code == 65);
    CHECK_MESSAGE(contains(format.err, "run.json: $.format: "), format.err);
    CHECK(contains(format.err, "999"));
    const Finished version = replay_edited([](traces::Trace& t) { t.tool_version = "77.0"; });
    CHECK(version.exit_code == 65);
    CHECK_MESSAGE(contains(version.err, "run.json: $.tool_version: written by version 77.0, this is " +
                                            std::string(checker::version)),
                  version.err);
    CHECK(contains(version.err, "run.json --as scenario | mdcd scenario -"));
}

TEST_CASE("the traces of each release go on being repeated by what their steps say") {
    std::size_t traces = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(MDCD_SOURCE_DIR) + "/tests/golden/releases")) {
        if (entry.path().extension() != ".json")
            continue;
        CAPTURE(entry.path().string());
        const std::string pipe = std::string("'") + MDCD_EXECUTABLE + "' show '" + entry.path().string() +
                                 "' --as scenario | '" + MDCD_EXECUTABLE + "' scenario -";
        const Finished repeated = run_command({"bash", "-o", "pipefail", "-c", pipe});
        CHECK_MESSAGE(repeated.exit_code == 0, repeated.out << repeated.err);
        ++traces;
    }
    CHECK(traces >= 4);
}

TEST_CASE("a verdict that a property of that kind cannot have is refused: exit 65") {
    const ScratchFolder folder;
    for (const char* verdict : {"reached", "not_reached"}) {
        const std::string file = folder.write(
            "run.json", with(written(), "\"verdict\": \"violated\"", "\"verdict\": \"" + std::string(verdict) + "\""));
        for (const char* command : {"replay", "minimize"}) {
            const Finished finished = run_mdcd({command, file});
            CHECK(finished.exit_code == 65);
            CHECK(finished.out.empty());
            CHECK_MESSAGE(contains(finished.err, "run.json: $.verdict: expected one of violated, holds, error, for "
                                                 "recoverability is a claim; found \"" +
                                                     std::string(verdict) + "\""),
                          finished.err);
        }
    }
    const Finished twin = replay_edited([](traces::Trace& t) { t.property = "several_roll_back"; });
    CHECK(twin.exit_code == 65);
    CHECK_MESSAGE(
        contains(twin.err, "expected one of reached, not_reached, error, for several_roll_back is something to"),
        twin.err);
}

TEST_CASE("a file that is no trace is told with its place: exit 65") {
    struct Bad {
        std::string text;
        std::string said;
    };
    const std::vector<Bad> table = {
        {written().substr(0, written().size() / 2), "run.json: line "},
        {"", "run.json: line 1, column 1: "},
        {"[]", "run.json: $: not a trace: expected a record"},
        {with(written(), "\"verdict\":", "\"verdikt\":"), "unknown field \"verdikt\" (did you mean 'verdict'?)"},
        {with(written(), "\"verdict\": \"violated\"", "\"verdict\": \"broken\""),
         "run.json: $.verdict: expected one of"},
        {with(written(), "\"verdict\": \"violated\"", "\"verdict\": 5"), "run.json: $.verdict: expected"},
        {with(written(), "\"active_processes\": 2", "\"active_processes\": 99"),
         "expected an integer from 1 to 4, found 99"},
        {with(written(), "\"active_processes\":", "\"actives\":"), "unknown field \"actives\""},
        {with(written(), "\"reclamation\": \"by_index\"", "\"reclamation\": \"by_magic\""),
         "run.json: $.rules.reclamation: expected one of by_index, by_cover, found \"by_magic\""},
    };
    for (const Bad& bad : table) {
        CAPTURE(bad.said);
        const Finished finished = replay_text(bad.text);
        CHECK(finished.exit_code == 65);
        CHECK(finished.out.empty());
        CHECK_MESSAGE(contains(finished.err, bad.said), finished.err);
    }
    const ScratchFolder folder;
    const Finished missing = run_mdcd({"replay", folder.path("missing.json")});
    CHECK(missing.exit_code == 65);
    CHECK(contains(missing.err, "missing.json: cannot be opened for reading: No such file or directory"));
    CHECK(run_mdcd({"replay", folder.path(".")}).exit_code == 65);
}

} // namespace mdcd::tests::cli
