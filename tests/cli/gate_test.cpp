// `mdcd gate` as a pipeline meets it: the table, every exit code, the files for other systems, the cache, pinning, and
// what is said of wrong usage. What is judged how is in the unit tests of the model.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

using Words = std::vector<std::string>;

std::string gate_with(const std::string& old, const std::string& replacement) {
    std::string text = gate_text();
    REQUIRE(contains(text, old));
    return text.replace(text.find(old), old.size(), replacement);
}

// Runs the gate in its folder, with everything it writes in there, too.
Finished run_gate(const ScratchFolder& folder, const std::string& text, Words more = {}, Words environment = {}) {
    (void)folder.write("gate.json", text);
    Words command = {"env"};
    command.insert(command.end(), environment.begin(), environment.end());
    command.insert(command.end(), {MDCD_EXECUTABLE, "gate", "gate.json"});
    command.insert(command.end(), more.begin(), more.end());
    return run_command(command, folder.path(""));
}

const std::string too_strict = R"("recoverability": "violated in 6 steps")";
const std::string right = R"("recoverability": "violated in 7 steps")";

} // namespace

TEST_CASE("a gate that is as expected exits with 0 and keeps the run of the expected violation") {
    const ScratchFolder folder;
    const Finished finished = run_gate(folder, gate_text());
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(contains(finished.out, "gate mine (gate.json)\n"));
    CHECK(contains(finished.out, "one    as expected  40 of 40    3,507 "));
    CHECK(contains(finished.out, "two    as expected  2 of 2      1,754 "));
    CHECK(contains(finished.out, "\n2 checks: 2 as expected\nverdict: every property as expected\n"));
    CHECK(run_mdcd({"replay", folder.path("mdcd-traces/two.recoverability.json")}).exit_code == 0);
    CHECK(!std::filesystem::exists(folder.path("mdcd-traces/two.several_resent.json")));
}

TEST_CASE("Z3 that dies makes a claim inconclusive, and no check of the gate is lost") {
    const ScratchFolder folder;
    const Finished finished =
        run_gate(folder, gate_text(), {},
                 {std::string("MDCD_Z3_ASKER=") + MDCD_TEST_Z3_ASKER, "MDCD_DIES_OF=minimal_rollback:12:6"});
    CHECK(finished.exit_code == 20);
    CHECK(contains(finished.out, "39 of 40"));
    CHECK(contains(in_one_line(finished.out), "the process that asked Z3 was ended by signal 6 (SIGABRT)"));
    CHECK(contains(finished.out, "two    as expected "));
    CHECK(contains(finished.out, "\n2 checks: 1 as expected, 1 "));
}

TEST_CASE("what is not as expected exits with 10 and says where the expectation stands") {
    const ScratchFolder folder;
    const Finished finished = run_gate(folder, gate_with(right, too_strict));
    CHECK(finished.exit_code == 10);
    CHECK(contains(finished.out, "two    NOT AS EXPECTED  1 of 2 "));
    CHECK(contains(finished.out,
                   "\ngate.json:29:17: two: recoverability: expected violated in 6 steps, found violated in 7 "
                   "steps\n    its run: mdcd-traces/two.recoverability.json\n"));
    CHECK(contains(finished.out, "\n2 checks: 1 as expected, 1 not as expected\n"));
}

TEST_CASE("a limit that is hit exits with 20, and a broken expectation beside it still with 10") {
    const ScratchFolder folder;
    const std::string bounded = gate_with("\"max_states\": 10000", "\"max_states\": 100");
    const Finished finished = run_gate(folder, bounded);
    CHECK(finished.exit_code == 20);
    CHECK(contains(finished.out, "one    INCONCLUSIVE"));
    CHECK(contains(finished.out, "gate.json:6:31: one: budget: the search did not finish, bounded by states"));
    std::string both = bounded;
    both.replace(both.find(right), right.size(), too_strict);
    CHECK(run_gate(folder, both).exit_code == 10);
}

TEST_CASE("a gate runs in parts, and merge reports them as one run") {
    const ScratchFolder folder;
    const std::string text = gate_with(right, too_strict);
    const Finished whole = run_gate(folder, text, {"--format", "json"});
    for (const std::string part : {"1", "2"}) {
        const int exit_code = run_gate(folder, text, {"--shard", part + "/2", "--results", part + ".json"}).exit_code;
        CHECK((exit_code == 0 || exit_code == 10));
    }
    const auto merge = [&](Words words) {
        Words command{MDCD_EXECUTABLE, "gate", "merge", "gate.json"};
        command.insert(command.end(), words.begin(), words.end());
        return run_command(command, folder.path(""));
    };
    const Finished merged = merge({"1.json", "2.json", "--format", "json"});
    CHECK(merged.exit_code == whole.exit_code);
    CHECK(merged.out == whole.out);
    CHECK(merge({"1.json", "--junit", "part.xml"}).exit_code == 20);
    CHECK(contains(traces::read_text_file(folder.path("part.xml")), "no file of results has this check"));
    CHECK(merge({}).exit_code == 64);
    CHECK(run_gate(folder, text, {"--shard", "1/2"}).exit_code == 64);
    CHECK(run_gate(folder, text, {"--shard", "3/2", "--results", "x"}).exit_code == 64);
    CHECK(run_mdcd({"gate"}).exit_code == 64);
}

TEST_CASE("wrong usage exits with 64, a malformed gate with 65, each with the nearest right word") {
    const ScratchFolder folder;
    CHECK(run_gate(folder, gate_text(), {"--junnit", "x"}).exit_code == 64);
    const Finished both = run_gate(folder, gate_text(), {"--github", "--format", "json"});
    CHECK(both.exit_code == 64);
    CHECK(contains(both.err, "--github and --format json exclude each other"));
    const Finished nowhere = run_gate(folder, gate_text(), {"--junit", "no/such/folder/x.xml"});
    CHECK(nowhere.exit_code == 74);
    CHECK(contains(nowhere.err, "no/such/folder/x.xml: cannot be written: No such file or directory"));
    CHECK(run_mdcd({"gate", "presets", "--pin"}).exit_code == 64);
    const Finished missing = run_gate(folder, gate_with("\"containment\": \"holds\", ", ""));
    CHECK(missing.exit_code == 65);
    CHECK(contains(missing.err, "gate.json: $.checks[0].expect: nothing is expected of \"containment\""));
    CHECK(missing.out.empty());
    const Finished unknown = run_mdcd({"gate", "preset"});
    CHECK(unknown.exit_code == 65);
    CHECK(contains(unknown.err, "no such gate (did you mean 'presets'?)"));
}

TEST_CASE("answers of Z3 are kept for the next run; a file that is something else is left alone") {
    const ScratchFolder folder;
    const Finished first = run_gate(folder, gate_text(), {"--z3-cache", "answers"});
    const std::string saved = traces::read_text_file(folder.path("answers"));
    CHECK(contains(saved, "recoverability "));
    const Finished second = run_gate(folder, gate_text(), {"--z3-cache", "answers"});
    CHECK(second.exit_code == first.exit_code);
    CHECK(second.err.empty());
    CHECK(traces::read_text_file(folder.path("answers")) == saved);
    (void)folder.write("answers", saved + "x");
    CHECK(contains(run_gate(folder, gate_text(), {"--z3-cache", "answers"}).err, "answers is damaged"));
    CHECK(traces::read_text_file(folder.path("answers")) == saved);
    CHECK(run_gate(folder, gate_text(), {"--z3-cache", "gate.json"}).exit_code == 64);
}

TEST_CASE("an interrupt exits with 130 and names what was not run") {
    const ScratchFolder folder;
    std::string text = gate_with(R"("scope": "tiny")", R"("scope": "one-two")");
    text.replace(text.find("10000"), 5, "100000000");
    (void)folder.write("gate.json", text);
    const std::string script =
        std::string("'") + MDCD_EXECUTABLE + "' gate gate.json --workers 2 & sleep 1; kill -INT $!; wait $!";
    const Finished finished = run_command({"bash", "-c", "set -m; " + script}, folder.path(""));
    CHECK(finished.exit_code == 130);
    CHECK(contains(finished.out, "one    not run"));
    CHECK(contains(finished.out, "1 not run"));
}

TEST_CASE("programs read the same as JSON, whatever the number of workers") {
    const ScratchFolder folder;
    const std::string text = gate_with(right, too_strict);
    const Finished one = run_gate(folder, text, {"--format", "json", "--workers", "1"});
    CHECK(one.exit_code == 10);
    CHECK(run_gate(folder, text, {"--format", "json", "--workers", "4"}).out == one.out);
    const traces::Value report = traces::parse_json(one.out, "report");
    CHECK(*traces::value_at(report, "exit_code") == traces::Value(10));
    CHECK(*traces::value_at(report, "checks[1].status") == traces::Value("not_as_expected"));
    CHECK(*traces::value_at(report, "checks[1].properties[0].expected") == traces::Value("violated in 6 steps"));
    CHECK(*traces::value_at(report, "checks[1].properties[0].verdict") == traces::Value("violated"));
    CHECK(*traces::value_at(report, "checks[1].properties[0].steps") == traces::Value(7));
    CHECK(*traces::value_at(report, "checks[1].deviations[0].line") == traces::Value(29));
}

TEST_CASE("guards that no check passes are named, and fail a strict gate") {
    const ScratchFolder folder;
    const std::string text = R"~({"name": "mine", "checks": [{"name": "one", "rules": "repaired",
        "scope": {"name": "inline", "active_processes": 1, "properties": ["containment"],
                  "budgets": {"cluster_messages": 1, "active_messages": 1, "low_acceptance_tests": 1}},
        "expect": {"containment": "holds"}}]})~";
    const Finished finished = run_gate(folder, text);
    CHECK(finished.exit_code == 0);
    CHECK(contains(finished.out, "\nguards of the implementation: "));
    CHECK(contains(finished.out, "are passed by these checks\n"));
    CHECK(contains(finished.out, "for which neither scopes nor rules leave room: "));
    CHECK(!contains(finished.out, "functions of impl")); // only a program that notes them tells them
    const traces::Value report = traces::parse_json(run_gate(folder, text, {"--format", "json"}).out, "report");
    CHECK(traces::value_at(report, "guards.missed")->list()->size() == 1);
    CHECK(contains(finished.out, "leave room for it: stayed_dirty\n")); // one message, one number
    CHECK(run_gate(folder, text, {"--strict"}).exit_code == 11);
}

TEST_CASE("JUnit, SARIF, annotations and the step summary tell the same deviation") {
    const ScratchFolder folder;
    (void)folder.write("summary.md", "before\n");
    const Finished finished =
        run_gate(folder, gate_with(right, too_strict), {"--junit", "gate.xml", "--sarif", "gate.sarif", "--github"},
                 {"GITHUB_STEP_SUMMARY=" + folder.path("summary.md")});
    CHECK(finished.exit_code == 10);
    CHECK(contains(finished.out,
                   "\n::error file=gate.json,line=29,col=17,title=gate mine%3A two::recoverability: expected "
                   "violated in 6 steps, found violated in 7 steps%0AIts run: "
                   "mdcd-traces/two.recoverability.json\n"));
    const std::string summary = traces::read_text_file(folder.path("summary.md"));
    CHECK(summary.starts_with("before\n### mdcd gate mine\n"));
    CHECK(contains(summary, "| two | **not as expected** | 1754 |\n"));
    CHECK(contains(summary, "\ntwo: recoverability: expected violated in 6 steps, found violated in 7 steps. Its run: "
                            "mdcd-traces/two.recoverability.json\n\n```mermaid\nsequenceDiagram\n"));
    CHECK(summary.ends_with("\n```\n"));
    const std::string junit = traces::read_text_file(folder.path("gate.xml"));
    CHECK(contains(junit, "<testsuites name=\"mine\" tests=\"44\" failures=\"1\" errors=\"0\" skipped=\"0\""));
    CHECK(contains(junit, "expected violated in 6 steps, found violated in 7 steps"));
    CHECK(contains(junit, "\n  7  A"));
    const traces::Value sarif = traces::parse_json(traces::read_text_file(folder.path("gate.sarif")), "gate.sarif");
    CHECK(traces::value_at(sarif, "runs[0].results")->list()->size() == 1);
    CHECK(*traces::value_at(sarif, "runs[0].results[0].ruleId") == traces::Value("recoverability"));
    const std::string place = "runs[0].results[0].locations[0].physicalLocation.";
    CHECK(*traces::value_at(sarif, place + "artifactLocation.uri") == traces::Value("gate.json"));
    CHECK(*traces::value_at(sarif, place + "region.startLine") == traces::Value(29));
    CHECK(traces::value_at(sarif, "runs[0].results[0].codeFlows[0].threadFlows[0].locations")->list()->size() == 7);
    // No summary is wanted where the variable is not set.
    CHECK(run_gate(folder, gate_text(), {"--github"}, {"-u", "GITHUB_STEP_SUMMARY"}).exit_code == 0);
}

TEST_CASE("reports name the gate as its repository does, and each gate and part of it has a category of its own") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder.path(".git"));
    std::filesystem::create_directories(folder.path("b/ci"));
    (void)folder.write("gate.json", gate_with(right, too_strict));
    (void)folder.write("b/ci/gate.json", gate_with(right, too_strict));
    const auto sarif_of = [&folder](const std::string& gate, Words more) {
        Words words = {"gate", gate, "--github", "--junit", "gate.xml", "--sarif", "gate.sarif", "--cache", "kept"};
        words.insert(words.end(), more.begin(), more.end());
        const Finished finished = run_mdcd(words, folder.path("b"));
        CHECK(contains(finished.out, gate[0] == '.' ? "::error file=gate.json," : "::error file=b/ci/gate.json,"));
        CHECK(contains(traces::read_text_file(folder.path("b/gate.xml")),
                       gate[0] == '.' ? " file=\"gate.json\"" : " file=\"b/ci/gate.json\""));
        return traces::parse_json(traces::read_text_file(folder.path("b/gate.sarif")), "gate.sarif");
    };
    const std::string uri = "runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri";
    const std::string category = "runs[0].automationDetails.id";
    const traces::Value outer = sarif_of("../gate.json", {});
    CHECK(*traces::value_at(outer, uri) == traces::Value("gate.json"));
    CHECK(*traces::value_at(outer, category) == traces::Value("mdcd-gate/mine/gate.json/"));
    const traces::Value inner = sarif_of("ci/gate.json", {});
    CHECK(*traces::value_at(inner, uri) == traces::Value("b/ci/gate.json"));
    CHECK(*traces::value_at(inner, category) == traces::Value("mdcd-gate/mine/b/ci/gate.json/"));
    CHECK(*traces::value_at(sarif_of("ci/gate.json", {"--check", "two"}), category) ==
          traces::Value("mdcd-gate/mine/b/ci/gate.json/only-two/"));
    CHECK(*traces::value_at(sarif_of("ci/gate.json", {"--shard", "1/1", "--results", "part.json"}), category) ==
          traces::Value("mdcd-gate/mine/b/ci/gate.json/part-1-of-1/"));
}

TEST_CASE("GitHub gets no more annotations than it shows") {
    const ScratchFolder folder;
    std::string text = gate_text();
    for (std::size_t at = text.find("\"reached\""); at != std::string::npos; at = text.find("\"reached\""))
        text.replace(at, 9, "\"not_reached\"");
    for (const std::string name : {"containment", "device_safety", "no_cascading_rollback", "minimal_rollback"})
        text.replace(text.find("holds", text.find(name)), 5, "violated");
    const Finished finished = run_gate(folder, text, {"--github"});
    CHECK(finished.exit_code == 10);
    std::size_t annotations = 0;
    for (std::size_t at = finished.out.find("\n::error "); at != std::string::npos;
         at = finished.out.find("\n::error ", at + 1))
        ++annotations;
    CHECK(annotations == 10);
    CHECK(contains(finished.out, "::and 16 more: see the step summary\n"));
}

TEST_CASE("cached checks are shown as such, with the same results and files") {
    const ScratchFolder folder;
    const std::string text = gate_with(right, too_strict);
    const Finished first = run_gate(folder, text, {"--cache", "cache"});
    std::filesystem::remove_all(folder.path("mdcd-traces"));
    const Finished second = run_gate(folder, text, {"--cache", "cache"});
    CHECK(first.exit_code == 10);
    CHECK(second.exit_code == 10);
    CHECK(contains(second.out, "3,507   cached\n"));
    CHECK(contains(second.out, "1,754   cached\n"));
    CHECK(contains(second.out, "; 2 from the cache\n"));
    CHECK(std::filesystem::exists(folder.path("mdcd-traces/two.recoverability.json")));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path("cache")))
        std::filesystem::resize_file(entry.path(), 100);
    const Finished third = run_gate(folder, text, {"--cache", "cache"});
    CHECK(third.exit_code == 10);
    CHECK(contains(third.err, "mdcd: warning: cache entry ignored: cache/"));
    CHECK(!contains(third.out, "cached"));
}

TEST_CASE("a gate without expectations is pinned to what is found, and holds from then on") {
    const ScratchFolder folder;
    const std::string bare = R"({"name": "new", "checks": [{"name": "a", "scope": "tiny", "rules": "published"}]})";
    const Finished refused = run_gate(folder, bare);
    CHECK(refused.exit_code == 65);
    CHECK(contains(refused.err, "--pin` writes what is found"));
    const Finished pinned = run_gate(folder, bare, {"--pin"});
    CHECK(pinned.exit_code == 0);
    CHECK(contains(pinned.out, "gate.json: 1 of 1 checks pinned to what was found"));
    const std::string text = traces::read_text_file(folder.path("gate.json"));
    CHECK(contains(text, "\"recoverability\": \"violated in 7 steps\""));
    CHECK(contains(text, "\"distinct_states\": 3507"));
    CHECK(run_gate(folder, text).exit_code == 0);
    const std::string bounded = R"({"name": "new", "checks": [{"name": "a", "scope": "tiny", "rules": "published",
                                    "budget": {"max_states": 9}}]})";
    CHECK(run_gate(folder, bounded, {"--pin"}).exit_code == 20);
    CHECK(!contains(traces::read_text_file(folder.path("gate.json")), "expect"));
}

TEST_CASE("the shipped gates are listed") {
    const Finished list = run_mdcd({"list", "gates"});
    CHECK(list.exit_code == 0);
    CHECK(contains(list.out, "\npresets\n    "));
    CHECK(contains(list.out, " checks)\n"));
}

} // namespace mdcd::tests::cli
