// `mdcd check` as a user meets it: exit codes, the report for people and for programs, files, and that nothing but
// times differs from run to run or with the number of workers.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "model/claims/properties.hpp"
#include "model/inputs/library.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/render_brief.hpp"
#include "traces/render_text.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::cli {
namespace {

// `mdcd check` in that folder, so that traces go below it.
Finished check(const ScratchFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    return run_mdcd(arguments, folder.path("."));
}

const std::string published_trace = "mdcd-traces/tiny.published.recoverability.json";

// A scope in which these rules break nothing, but in which recovery has nothing to restore.
std::string too_small_scope(const ScratchFolder& folder) {
    return folder.write("small.json", R"({"name": "small", "active_processes": 2,
                                          "budgets": {"cluster_messages": 3, "active_acceptance_tests": 1}})");
}

std::string without_times(const std::string& text) {
    const std::regex times("[0-9.,]+ (s|states/s|ms)\\b(, about [a-z_]+)?");
    return std::regex_replace(text, times, "* $1");
}

// What may depend on how the work was divided: how often the implementation ran, and memory.
std::string without_effort(const std::string& text) {
    const std::regex effort("really ran [0-9,]+ times( .[0-9.]+ % remembered.)?|[0-9.,]+ bytes a "
                            "state|\"(handler_calls|(store|memory)_bytes)\": [0-9]+");
    return std::regex_replace(text, effort, "*");
}

traces::Value field(const traces::Value& record, const std::string& name) {
    const traces::Value* value = record.find(name);
    REQUIRE_MESSAGE(value != nullptr, "no field " << name);
    return *value;
}

} // namespace

TEST_CASE("runs without an end: renaming of numbers comes by itself, is told, and is refused with a reason") {
    const ScratchFolder folder;
    const Finished one = check(folder, {"unbounded-two", "--rules", "published", "--quiet", "--symmetry"});
    CHECK(one.exit_code == 10);
    CHECK(contains(one.out, "violated      in 7 steps"));
    CHECK(contains(one.out, "states up to renaming of active processes and numbers, "));
    CHECK(run_mdcd({"replay", "mdcd-traces/unbounded-two.published.recoverability.json"}, folder.path(".")).exit_code ==
          0);

    struct Case {
        std::vector<std::string> arguments;
        std::string said;
    };
    const std::vector<Case> refused = {
        {{"unbounded-two", "--renaming", "off"}, "no renaming of numbers: unbounded-two: has budgets without a bound"},
        {{"two-two", "--renaming", "on"}, "renaming of numbers: two-two: what is settled is known for clusters of one"},
        {{"outputs", "--renaming", "on"}, "renaming of numbers: outputs: external messages of the cluster are counted"},
        {{"async-tiny", "--renaming", "on"}, "renaming of numbers: async-tiny: after a recovery that really happens"},
    };
    for (const Case& each : refused) {
        const Finished no = check(folder, each.arguments);
        CHECK(no.exit_code == 64);
        CHECK_MESSAGE(contains(no.err, each.said), no.err);
    }
    CHECK(check(folder, {"tiny", "--renaming", "never"}).exit_code == 64);
}

TEST_CASE("symmetry: which processes are alike is told, runs keep their names, and what is unsound is refused") {
    const ScratchFolder folder;
    const Finished both = check(folder, {"two-in-order", "--quiet", "--symmetry"});
    CHECK(both.exit_code == 10);
    CHECK(contains(both.out, "violated      in 7 steps"));
    CHECK(contains(both.out, "states up to renaming of active processes and components, "));
    CHECK(contains(both.out, "\nsymmetry: 2 renamings of processes\n"));
    CHECK(run_mdcd({"replay", "mdcd-traces/two-in-order.repaired.recoverability.json"}, folder.path(".")).exit_code ==
          0);
    const Finished one = check(folder, {"two-in-order", "--symmetry=components", "--format", "json"});
    const traces::Value report = traces::parse_json(one.out, "report");
    CHECK(field(report, "up_to_symmetry") == traces::Value(false));
    CHECK(field(report, "up_to_symmetry_of_components") == traces::Value(true));
    CHECK(field(report, "renamings_of_processes") == traces::Value(2));
    const std::vector<std::string> published = {"two-two", "--rules", "published", "--max-states", "1000", "--quiet"};
    const auto with = [&](const char* symmetry) {
        std::vector<std::string> arguments = published;
        arguments.emplace_back(symmetry);
        return check(folder, arguments);
    };
    const std::string reason = "one counter of all shadows (shadow_sn=shared)";
    CHECK(
        contains(with("--symmetry").out, "\nsymmetry: 2 renamings of processes; components are told apart: " + reason));
    CHECK(!contains(with("--symmetry=actives").out, reason));
    CHECK(with("--symmetry=components").exit_code == 64);
    CHECK(contains(with("--symmetry=components").err, "symmetry of components: two-two: " + reason));
    const Finished rivals = check(folder, {"async-rivals", "--symmetry"});
    CHECK(rivals.exit_code == 64);
    CHECK(contains(rivals.err,
                   "symmetry of active processes: async-rivals: of two processes that coordinate one recovery"));
    CHECK(check(folder, {"tiny", "--symmetry=both"}).exit_code == 64);
}

TEST_CASE("a violated property: exit 10, the run in words, and its trace as a file") {
    const ScratchFolder folder;
    const Finished finished = check(folder, {"tiny"});
    CHECK(finished.exit_code == 10);
    CHECK(finished.err.empty());
    const std::string file = folder.path(published_trace);
    const traces::Trace trace = traces::read_trace(traces::read_text_file(file), file);
    CHECK(trace.property == "recoverability");
    CHECK(trace.verdict == "violated");
    CHECK(finished.out.starts_with("scope tiny: 1 component, 2 active processes, rules published\n"));
    CHECK(contains(finished.out, "\n\n" + traces::render_brief(trace)));
    CHECK(std::ranges::count(finished.out, '\n') <= 60);
    CHECK(contains(finished.out, "exhaustive: 3,507 distinct states, 13,838 transitions, depth 11;"));
    CHECK(contains(finished.out, "in 7 steps  " + published_trace));
    CHECK(contains(finished.out, "\nverdict: violated: recoverability\n"));
    const Finished verbose = check(folder, {"tiny", "-v"});
    const auto known = model::all_properties();
    for (std::size_t property = 0; property < known.size(); ++property) // what does not apply is not mentioned
        CHECK(contains(verbose.out, "\n  " + known[property].name + " ") ==
              applies(model::property_at(property), model::load_scope("tiny"), impl::Rules{}));
    CHECK(contains(finished.out, "\n  holds: containment, device_safety, no_cascading_rollback, "));
    CHECK(contains(finished.out, "\n  reached: "));
    CHECK(!contains(finished.out, "really ran"));
    CHECK(contains(verbose.out, "really ran"));
    CHECK(!contains(finished.out, "\033")); // no colours in a pipe

    const Finished quiet = check(folder, {"tiny", "--quiet"});
    CHECK(quiet.exit_code == 10);
    CHECK(quiet.out.starts_with("scope tiny: 1 component, 2 active processes, rules published\n"));
    CHECK(!contains(quiet.out, "Recovery from here"));
    const Finished full = check(folder, {"tiny", "--full"});
    CHECK(full.out.starts_with(traces::render_text(trace)));
    const std::string plain = without_times(finished.out);
    CHECK(without_times(full.out).ends_with(plain.substr(0, plain.find("\n\n")) +
                                            "\nverdict: violated: recoverability\n"));
    CHECK(check(folder, {"tiny", "--full", "--quiet"}).exit_code == 64);
}

TEST_CASE("everything as expected: exit 0, and no files") {
    const ScratchFolder folder;
    const Finished repaired = check(folder, {"tiny", "--set", "receiver_log=while_dirty"});
    CHECK(repaired.exit_code == 0);
    CHECK(contains(repaired.out, "rules published+receiver_log=while_dirty (published with receiver_log=while_dirty)"));
    CHECK(contains(repaired.out, "verdict: every property as expected"));
    CHECK(!std::filesystem::exists(folder.path("mdcd-traces")));
    CHECK(check(folder, {"tiny", "--expect", "recoverability=violated"}).exit_code == 0);
}

TEST_CASE("what was expected and did not come is a failure, and said") {
    const ScratchFolder folder;
    const Finished finished =
        check(folder, {"tiny", "--expect", "recoverability=violated", "--expect", "containment=violated"});
    CHECK(finished.exit_code == 10);
    CHECK(contains(finished.out, "(expected: violated)"));
    CHECK(check(folder, {"tiny", "--expect", "recoverability=violated", "--expect", "several_resent=not_reached"})
              .exit_code == 10);
}

TEST_CASE("something that had to be reachable is not: exit 11") {
    const ScratchFolder folder;
    const std::vector<std::string> repaired = {too_small_scope(folder), "--set", "checkpoint_trigger=every_new_sn"};
    const Finished finished = check(folder, repaired);
    CHECK(finished.exit_code == 11);
    CHECK(contains(finished.out, "\n  recovery_restores_messages "));
    CHECK(contains(finished.out, "verdict: not reached: "));
    std::vector<std::string> expecting = repaired;
    expecting.insert(expecting.end(), {"--expect", "recovery_restores_messages=not_reached"});
    CHECK(check(folder, expecting).exit_code == 0);
}

TEST_CASE("a guard that never fired is a warning, and a failure where asked for") {
    const ScratchFolder folder;
    std::vector<std::string> arguments = {"tiny", "--set", "receiver_log=while_dirty", "--set",
                                          "validated_register=everywhere"};
    const Finished lenient = check(folder, arguments);
    CHECK(lenient.exit_code == 0);
    CHECK(contains(lenient.out, "warning: never fired: no_checkpoint_validated\n"));
    arguments.push_back("--strict");
    const Finished strict = check(folder, arguments);
    CHECK(strict.exit_code == 11);
    CHECK(contains(strict.out, "verdict: something that had to be reachable is not\n"));
    arguments.insert(arguments.end(), {"--format", "json"});
    CHECK(contains(check(folder, arguments).out, "\"exit_code\": 11"));
    CHECK(check(folder, {"tiny", "--set", "receiver_log=while_dirty", "--strict"}).exit_code == 0);
}

TEST_CASE("a limit that was hit is never a pass: exit 20") {
    const ScratchFolder folder;
    const Finished states = check(folder, {"tiny", "--max-states", "10"});
    CHECK(states.exit_code == 20);
    CHECK(contains(states.out, "bounded by states: "));
    CHECK(contains(states.out, "inconclusive"));
    CHECK(!contains(states.out, "exhaustive"));
    const Finished memory = check(folder, {"tiny", "--max-memory", "1K"});
    CHECK(memory.exit_code == 20);
    CHECK(contains(memory.out, "bounded by memory: "));
    // Not even where all that was asked for is settled already: the rest was not looked at.
    const Finished settled = check(folder, {"tiny", "--property", "several_resent", "--max-states", "500"});
    CHECK(settled.exit_code == 20);
    CHECK(contains(settled.out, "several_resent  reached"));
}

TEST_CASE("--stop-at first: one violation is told, and what is open is not said to hold") {
    const ScratchFolder folder;
    const Finished first = check(folder, {"tiny", "--rules", "literal", "--stop-at", "first"});
    CHECK(first.exit_code == 10);
    CHECK(contains(first.out, "bounded by the first violation: "));
    CHECK(contains(first.out, "inconclusive (the first violation): "));
    CHECK(!contains(first.out, "\n  holds"));
    const Finished none = check(folder, {"tiny", "--rules", "repaired", "--stop-at", "first"});
    CHECK(none.exit_code == 0);
    CHECK(contains(none.out, "exhaustive: "));
    // Only what is reported ends it.
    const Finished other = check(folder, {"tiny", "--property", "containment", "--stop-at", "first"});
    CHECK(other.exit_code == 0);
    CHECK(contains(other.out, "exhaustive: 3,507 distinct states"));
    CHECK(check(folder, {"tiny", "--stop-at", "last"}).exit_code == 64);
}

TEST_CASE("violations are told when they are found, to a person only, and only those that are reported") {
    const ScratchFolder folder;
    const Finished told = check(folder, {"tiny", "--progress", "on"});
    CHECK(contains(told.err, " s: recoverability is violated in 7 steps\n"));
    CHECK(check(folder, {"tiny"}).err.empty());
    CHECK(!contains(check(folder, {"tiny", "--progress", "on", "--property", "containment"}).err, "is violated"));
}

TEST_CASE("a run that several properties have for their shortest is told once") {
    const ScratchFolder folder;
    const Finished full = check(folder, {"tiny", "--rules", "literal", "--full"});
    REQUIRE(full.exit_code == 10);
    std::set<std::string> runs;
    std::size_t told = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path("mdcd-traces"))) {
        const traces::Trace trace = traces::read_trace(traces::read_text_file(entry.path().string()), "trace");
        std::string steps;
        for (const traces::Step& step : trace.steps)
            steps += step.action.text + "\n";
        runs.insert(steps);
        CHECK(contains(full.out, trace.property));
    }
    for (std::size_t at = full.out.find("\nIn full\n"); at != std::string::npos;
         at = full.out.find("\nIn full\n", at + 1))
        ++told;
    CHECK(told == runs.size());
}

TEST_CASE("--witness writes the run that reaches a twin, and a claim has none") {
    const ScratchFolder folder;
    const std::vector<std::string> repaired = {"tiny", "--rules", "repaired", "--witness"};
    std::vector<std::string> arguments = repaired;
    arguments.emplace_back("several_resent");
    const Finished finished = check(folder, arguments);
    CHECK(finished.exit_code == 0);
    const std::string file = "mdcd-traces/tiny.repaired.several_resent.json";
    CHECK(contains(finished.out, file));
    CHECK(run_mdcd({"replay", file}, folder.path(".")).exit_code == 0);
    for (const std::string wrong : {"containment", "severalresent"}) {
        arguments.back() = wrong;
        CHECK(check(folder, arguments).exit_code == 64);
    }
}

TEST_CASE("what is expected of a property that is not reported is refused: nobody would look") {
    const ScratchFolder folder;
    const Finished unreported =
        check(folder, {"tiny", "--property", "containment", "--expect", "recoverability=violated"});
    CHECK(unreported.exit_code == 64);
    CHECK(contains(unreported.err, "--expect recoverability=violated: this property is not reported here"));
    CHECK(check(folder, {"tiny", "--expect", "rolled_back_once=holds"}).exit_code == 64); // of other scopes
    CHECK(check(folder, {"tiny", "--expect", "containment=holds", "--expect", "containment=violated"}).exit_code == 64);
}

TEST_CASE("only the properties that are asked for are reported and written") {
    const ScratchFolder folder;
    const Finished finished = check(folder, {"tiny", "--property", "containment", "--property", "several_resent"});
    CHECK(finished.exit_code == 0); // recoverability is violated, but was not asked for
    CHECK(contains(finished.out, "\n  containment "));
    CHECK(!contains(finished.out, "recoverability"));
    CHECK(!std::filesystem::exists(folder.path("mdcd-traces")));
    const std::string scope = folder.write("one.json", R"({"name": "one", "active_processes": 1, "budgets": {},
                                                          "properties": ["containment"]})");
    CHECK(!contains(check(folder, {scope}).out, "recoverability"));
}

TEST_CASE("rules come from a preset, a file and the command line, the last one wins") {
    const ScratchFolder folder;
    const std::string rules = folder.write("mine.json", R"({"name": "mine", "from": "published",
                                                            "rules": {"receiver_log": "while_dirty"}})");
    CHECK(check(folder, {"tiny", "--rules", rules}).exit_code == 0);
    const Finished finished = check(folder, {"tiny", "--rules", rules, "--set", "receiver_log=clean_only"});
    CHECK(finished.exit_code == 10);
    CHECK(std::filesystem::exists(folder.path("mdcd-traces/tiny.mine+receiver_log=clean_only.recoverability.json")));
    CHECK(check(folder, {"tiny", "--rules", "literal", "--trace-dir", "there/below"}).exit_code == 10);
    CHECK(std::filesystem::exists(folder.path("there/below/tiny.literal.containment.json")));
}

TEST_CASE("the report for programs is JSON that says everything") {
    const ScratchFolder folder;
    const Finished finished = check(folder, {"tiny", "--format", "json"});
    CHECK(finished.exit_code == 10);
    const traces::Value report = traces::parse_json(finished.out, "report");
    CHECK(traces::to_text(field(report, "distinct_states")) == "3507");
    CHECK(traces::to_text(field(report, "extent")) == "\"exhaustive\"");
    CHECK(traces::to_text(field(report, "exit_code")) == "10");
    CHECK(traces::to_text(field(report, "rules_name")) == "\"published\"");
    CHECK(field(report, "scope").find("budgets") != nullptr);
    const traces::Value properties = field(report, "properties");
    REQUIRE(properties.list() != nullptr);
    std::map<std::string, traces::Value> by_name;
    for (const traces::Value& each : *properties.list())
        by_name[*field(each, "name").text()] = each;
    CHECK(by_name.size() == properties.list()->size());
    CHECK(properties.list()->size() == 38);          // those that apply
    CHECK(!by_name.contains("output_exactly_once")); // no external messages
    REQUIRE(by_name.contains("recoverability"));
    const traces::Value& violated = by_name["recoverability"];
    CHECK(*field(violated, "verdict").text() == "violated");
    CHECK(*field(violated, "expected").text() == "holds");
    CHECK(*field(violated, "trace").text() == published_trace);
    CHECK(traces::to_text(field(violated, "steps")) == "7");
}

TEST_CASE("twice the same but for times, whatever the number of workers") {
    const ScratchFolder first, second, parallel;
    const Finished one = check(first, {"tiny", "--rules", "literal", "--workers", "1"});
    const Finished again = check(second, {"tiny", "--rules", "literal", "--workers", "1"});
    const Finished two = check(parallel, {"tiny", "--rules", "literal", "--workers", "2"});
    CHECK(without_times(one.out) == without_times(again.out));
    CHECK(without_effort(without_times(one.out)) == without_effort(without_times(two.out)));
    CHECK(one.exit_code == two.exit_code);
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(first.path("mdcd-traces"))) {
        const std::string name = entry.path().filename().string();
        names.insert(name);
        const std::string bytes = traces::read_text_file(entry.path().string());
        CHECK(bytes == traces::read_text_file(second.path("mdcd-traces/" + name)));
        CHECK(bytes == traces::read_text_file(parallel.path("mdcd-traces/" + name)));
    }
    CHECK(names.size() >= 4);
    for (const auto& entry : std::filesystem::directory_iterator(parallel.path("mdcd-traces")))
        CHECK(names.contains(entry.path().filename().string()));
    const auto json = [&](const char* workers) {
        return check(first, {"tiny", "--rules", "literal", "--format", "json", "--workers", workers}).out;
    };
    CHECK(without_effort(json("1")) == without_effort(json("1")));
    CHECK(without_effort(json("1")) == without_effort(json("2")));
}

TEST_CASE("interrupted: exit 130 at once, with what was found so far") {
    const ScratchFolder folder;
    const auto start = std::chrono::steady_clock::now();
    const Finished finished = run_command({"timeout", "--foreground", "--preserve-status", "--signal=INT", "3",
                                           MDCD_EXECUTABLE, "check", "one-two", "--quiet", "--max-seconds", "120"},
                                          folder.path("."));
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    CHECK(finished.exit_code == 130);
    CHECK(contains(finished.out, "bounded by interrupted: "));
    CHECK(contains(finished.out, "verdict: interrupted\n"));
    CHECK(taken.count() < 30);
}

TEST_CASE("a trace directory that cannot be made is an error that names it") {
    const ScratchFolder folder;
    const std::string occupied = folder.write("occupied", "a file, not a folder");
    const Finished finished = check(folder, {"tiny", "--trace-dir", occupied + "/below"});
    CHECK(finished.exit_code == 74);
    CHECK(contains(finished.err, "occupied"));
}

} // namespace mdcd::tests::cli
