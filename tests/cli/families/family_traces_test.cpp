// The file of a run of a family's scope, as users go on with it: replayed, drawn in every way, shortened, shown as a
// page; and what is said of one that was edited, cut, or made by another version.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "checker/version.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::cli {
namespace {

// Of each family one, and a run without end or to a dead end.
struct FoundTrace {
    std::vector<std::string> check;
    std::string file;
    std::string ending;
};
const std::vector<FoundTrace> found_traces = {
    {{"upgrade/begin_elsewhere", "--set", "begin_drain=none"},
     "t/upgrade_begin_elsewhere.upgrade+begin_drain=none.both_or_neither.json",
     "10 steps replayed, every state as recorded; both_or_neither is violated in the last one"},
    {{"upgrade/commit_late", "--set", "late_failure=recovers_alone"},
     "t/upgrade_commit_late.upgrade+late_failure=recovers_alone.upgrade_terminates.json",
     "upgrade_terminates is violated in the last one"},
    {{"upgrade/full_queue", "--set", "when_full=stop"},
     "t/upgrade_full_queue.upgrade+when_full=stop.within_capacities.json",
     "6 steps replayed, every state as recorded; within_capacities is violated in the last one"},
    {{"hostile/content", "--set", "assertion=none"},
     "t/hostile_content.hostile+assertion=none.alarm_answered.json",
     "alarm_answered is violated in the last one"},
    {{"hostile/content", "--witness", "who_was_influenced_has_recovered"},
     "t/hostile_content.hostile.who_was_influenced_has_recovered.json",
     "who_was_influenced_has_recovered is reached in the last one"},
    {{"levels/two_levels", "--set", "mark_keeps=highest"},
     "t/levels_two_levels.levels+mark_keeps=highest.level_recoverability.json",
     "4 steps replayed, every state as recorded; level_recoverability is violated in the last one"},
};

// The text of the first of them.
const std::string& begun_elsewhere() {
    static const std::string text = [] {
        const ScratchFolder folder;
        CHECK(run_mdcd({"check", "upgrade/begin_elsewhere", "--set", "begin_drain=none", "--trace-dir", "t"},
                       folder.path("."))
                  .exit_code == 10);
        return traces::read_text_file(folder.path(found_traces.front().file));
    }();
    return text;
}

} // namespace

TEST_CASE("what a check of a family writes is replayed, drawn and shortened") {
    const ScratchFolder folder;
    for (const FoundTrace& each : found_traces) {
        std::vector<std::string> check = {"check", "--trace-dir", "t", "--quiet"};
        check.insert(check.end(), each.check.begin(), each.check.end());
        (void)run_mdcd(check, folder.path("."));
        const Finished replayed = run_mdcd({"replay", each.file}, folder.path("."));
        CHECK_MESSAGE(replayed.exit_code == 0, replayed.out << replayed.err);
        CHECK_MESSAGE(contains(replayed.out, each.ending), replayed.out);
        for (const char* const format : {"text", "mermaid", "svg", "html", "itf", "shiviz"}) {
            const Finished drawn = run_mdcd({"show", each.file, "--as", format}, folder.path("."));
            CHECK_MESSAGE(drawn.exit_code == 0, drawn.err);
            CHECK(!drawn.out.empty());
        }
        const Finished scenario = run_mdcd({"show", each.file, "--as", "scenario"}, folder.path("."));
        CHECK(scenario.exit_code == 65);
        CHECK(contains(scenario.err, each.file + ": $.scope.name: is a scope of a family: its traces are for"));
        const Finished shorter = run_mdcd({"minimize", each.file, "-o", "short.json"}, folder.path("."));
        CHECK_MESSAGE(shorter.exit_code == 0, shorter.err);
        const Finished again = run_mdcd({"replay", "short.json"}, folder.path("."));
        CHECK_MESSAGE(again.exit_code == 0, again.out << again.err);
    }
}

TEST_CASE("a run that is longer than it need be is cut, and a search says that no shorter one exists") {
    const ScratchFolder folder;
    (void)folder.write("run.json", begun_elsewhere());
    const Finished kept = run_mdcd({"minimize", "run.json", "-o", "short.json"}, folder.path("."));
    CHECK(contains(kept.out, "10 steps became 10 in "));
    CHECK(contains(kept.out, "no shorter run exists"));
    const Finished cut = run_mdcd({"minimize", "run.json", "--search-states", "0"}, folder.path("."));
    CHECK(contains(cut.out, "no single step can be left out"));
    CHECK(run_mdcd({"replay", "run.json"}, folder.path(".")).exit_code == 0);
}

TEST_CASE("the page of such a run is made, by other rules as well; an edit is warned of") {
    const ScratchFolder folder;
    const std::string file = folder.write("run.json", begun_elsewhere());
    // At an address that no machine has: the page is there, and nobody is served.
    const auto opened = [](const std::string& name) {
        return run_mdcd({"explore", "--no-open", "--host", "192.0.2.1", name});
    };
    const Finished whole = opened(file);
    CHECK(whole.exit_code == 64);
    CHECK(contains(whole.err, "cannot listen on 192.0.2.1"));
    CHECK(!contains(whole.err, "warning"));
    traces::Trace trace = traces::read_trace(begun_elsewhere(), file);
    trace.steps[1].digest = "0123456789abcdef";
    const Finished warned = opened(folder.write("edited.json", traces::write_trace(trace)));
    CHECK(contains(warned.err, "edited.json: the replay differs in step 2: the state after '"));
    CHECK(contains(warned.err, "cannot listen on 192.0.2.1"));
    const auto by_rules = [&](const std::string& rule) {
        return run_mdcd({"explore", "--no-open", "--host", "192.0.2.1", file, "--set", rule});
    };
    CHECK(contains(by_rules("rivals=first_come").err, "cannot listen on 192.0.2.1"));
    CHECK(contains(by_rules("rivals=first_com").err, "rivals=first_com"));
    CHECK(contains(by_rules("rivals=first_com").err, "first_come"));
    CHECK(contains(opened("upgrade/begin_elsewhere").err, "cannot listen on 192.0.2.1"));
    CHECK(contains(opened("upgrade/begin_elsewher").err, "did you mean 'upgrade/begin_elsewhere'?"));
}

TEST_CASE("an edited trace is told with its step: exit 30; what is no trace of this build: 65") {
    struct Edit {
        std::function<void(traces::Trace&)> edit;
        int exit_code;
        std::string said;
    };
    const std::vector<Edit> table = {
        {[](traces::Trace& t) { t.steps[2].action.text = "1b sleeps"; }, 30,
         "run.json: step 3: '1b sleeps' is not enabled; enabled are  "},
        {[](traces::Trace& t) { t.steps[1].digest = "0123456789abcdef"; }, 30, "run.json: step 2: the state after '"},
        {[](traces::Trace& t) { t.steps.pop_back(); }, 30,
         "run.json: step 9: the last state does not violate both_or_neither"},
        {[](traces::Trace& t) { t.property = "one_outcome"; }, 30,
         "run.json: step 10: the last state does not violate one_outcome"},
        {[](traces::Trace& t) { t.property = "one_outcom"; }, 30, "run.json: there is no property 'one_outcom'"},
        {[](traces::Trace& t) { t.rules_name = "upgrade"; }, 30, "run.json: the rules are not those of upgrade\n"},
        {[](traces::Trace& t) { t.scope_name = "upgrade/again"; }, 30, "run.json: the name of the scope differs"},
        {[](traces::Trace& t) { t.tool_version = "77.0"; }, 65,
         "run.json: $.tool_version: written by version 77.0, this is " + std::string(checker::version)},
        {[](traces::Trace& t) { t.verdict = "reached"; }, 65,
         "run.json: $.verdict: expected one of violated, holds, error, for both_or_neither is a claim; found"},
    };
    for (const Edit& each : table) {
        const ScratchFolder folder;
        traces::Trace trace = traces::read_trace(begun_elsewhere(), "run.json");
        each.edit(trace);
        (void)folder.write("run.json", traces::write_trace(trace));
        const Finished finished = run_mdcd({"replay", "run.json"}, folder.path("."));
        CAPTURE(each.said);
        CHECK(finished.exit_code == each.exit_code);
        CHECK_MESSAGE(contains(finished.out + finished.err, each.said), finished.out << finished.err);
    }
    const ScratchFolder folder;
    (void)folder.write("run.json", begun_elsewhere().substr(0, begun_elsewhere().size() / 2));
    for (const char* const command : {"replay", "show", "minimize", "explore"}) {
        const Finished cut = run_mdcd({command, "run.json"}, folder.path("."));
        CHECK(cut.exit_code == 65);
        CHECK_MESSAGE(contains(cut.err, "run.json: line "), cut.err);
    }
}

TEST_CASE("a hypothesis that Z3 has found replays as it was found; without one, the state is judged natively") {
    const ScratchFolder made;
    REQUIRE(run_mdcd({"check", "hostile/content", "--set", "boundary_checkpoint=none", "--property", "contained",
                      "--trace-dir", "runs", "--quiet"},
                     made.path("."))
                .exit_code == 10);
    const std::string file = made.path("runs/hostile_content.hostile+boundary_checkpoint=none.contained.json");
    const traces::Trace found = traces::read_trace(traces::read_text_file(file), file);
    REQUIRE(found.hypothesis.has_value());
    CHECK(found.hypothesis->found_by == "z3");
    const auto replayed = [&](const std::function<void(traces::Trace&)>& edit) {
        const ScratchFolder folder;
        traces::Trace trace = found;
        edit(trace);
        (void)folder.write("run.json", traces::write_trace(trace));
        return run_mdcd({"replay", "run.json"}, folder.path("."));
    };
    CHECK(replayed([](traces::Trace&) {}).exit_code == 0);
    CHECK(replayed([](traces::Trace& t) { t.hypothesis.reset(); }).exit_code == 0); // as with --z3 off
    for (const auto& edit :
         {+[](traces::Trace& t) { t.hypothesis->found_by = "native"; },
          +[](traces::Trace& t) { t.hypothesis->assignment = traces::Value(traces::Value::Record{}); }}) {
        const Finished finished = replayed(edit);
        CHECK(finished.exit_code == 30);
        CHECK_MESSAGE(contains(finished.out, "the fault hypothesis is another one"), finished.out);
    }
}

} // namespace mdcd::tests::cli
