// Gates with scopes of families: pinned, not as expected, changed by --set, in parts, kept, and what is refused in the
// file. Knows no system.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

using GateWords = std::vector<std::string>;

constexpr const char* unpinned = R"({"name": "lives", "checks": [
    {"name": "right", "scope": "hostile/content", "rules": "hostile"},
    {"name": "wrong", "scope": "upgrade/begin_twice", "rules": "upgrade+rivals=first_come"},
    {"name": "tiny", "scope": "tiny", "rules": "repaired"}]})";

Finished gate(const ScratchFolder& folder, GateWords arguments) {
    arguments.insert(arguments.begin(), {"gate", "./gate.json"});
    return run_mdcd(arguments, folder.path("."));
}

std::string pinned_text(const ScratchFolder& folder) {
    (void)folder.write("gate.json", unpinned);
    CHECK(gate(folder, {"--pin"}).exit_code == 0);
    return traces::read_text_file(folder.path("gate.json"));
}

std::string edited_gate(std::string text, const std::string& old, const std::string& replacement) {
    REQUIRE(contains(text, old));
    return text.replace(text.find(old), old.size(), replacement);
}

} // namespace

TEST_CASE("a gate of a family is pinned, and as expected from then on") {
    const ScratchFolder folder;
    const std::string text = pinned_text(folder);
    CHECK(contains(text, "\"distinct_states\": 339"));
    CHECK(contains(text, "\"contained\": \"holds\""));
    CHECK(contains(text, "\"no_deadlock\": \"violated in 9 steps\""));
    CHECK(contains(text, "\"who_was_influenced_has_recovered\": \"reached\""));
    const Finished run = gate(folder, {"--junit", "gate.xml", "--sarif", "gate.sarif"});
    CHECK(run.exit_code == 0);
    CHECK(contains(run.out, "right  as expected  19 of 19 "));
    CHECK(std::filesystem::exists(folder.path("mdcd-traces/wrong.no_deadlock.json")));
    CHECK(contains(traces::read_text_file(folder.path("gate.xml")), "upgrade/begin_twice"));

    const Finished json = gate(folder, {"--format", "json"});
    const traces::Value report = traces::parse_json(json.out, "the report");
    const traces::Value& check = (*report.find("checks")->list())[1];
    CHECK(*check.find("scope")->text() == "upgrade/begin_twice");
    CHECK(*check.find("rules")->text() == "upgrade+rivals=first_come");
    CHECK(*check.find("exhaustive")->truth());
}

TEST_CASE("what is not as expected is told, with its place and its run") {
    const ScratchFolder folder;
    const std::string text = pinned_text(folder);
    (void)folder.write("gate.json", edited_gate(text, "\"no_deadlock\": \"violated in 9 steps\"",
                                                "\"no_deadlock\": \"violated in 8 steps\""));
    const Finished run = gate(folder, {"--sarif", "gate.sarif", "--github"});
    CHECK(run.exit_code == 10);
    CHECK(contains(run.out, "no_deadlock: expected violated in 8 steps, found violated in 9 steps\n    its run: "));
    const std::string sarif = traces::read_text_file(folder.path("gate.sarif"));
    CHECK(contains(sarif, "\"ruleId\": \"no_deadlock\""));
    CHECK(contains(sarif, "\"id\": \"no_deadlock\""));

    (void)folder.write("gate.json", edited_gate(text, "\"distinct_states\": 339", "\"distinct_states\": 340"));
    CHECK(contains(gate(folder, {}).out, "expected exactly 340 distinct states, found 339"));
}

TEST_CASE("--set changes the checks that have the rule, and the gate notices") {
    const ScratchFolder folder;
    (void)pinned_text(folder);
    const Finished own = gate(folder, {"--set", "detector=none"});
    CHECK(own.exit_code == 10);
    CHECK(contains(own.out, "right  NOT AS EXPECTED"));
    CHECK(contains(own.out, "wrong  as expected"));
    CHECK(contains(own.out, "tiny   as expected"));
    const Finished unknown = gate(folder, {"--set", "detecter=none"});
    CHECK(unknown.exit_code == 64);
    CHECK(contains(unknown.err, "(did you mean 'detector'?)"));
}

TEST_CASE("parts and kept results of a family's checks are those of the whole") {
    const ScratchFolder folder;
    (void)pinned_text(folder);
    CHECK(gate(folder, {"--shard", "1/2", "--results", "1.json"}).exit_code == 0);
    CHECK(gate(folder, {"--shard", "2/2", "--results", "2.json"}).exit_code == 0);
    CHECK(run_mdcd({"gate", "merge", "./gate.json", "1.json", "2.json"}, folder.path(".")).exit_code == 0);
    CHECK(gate(folder, {"--cache", "kept"}).exit_code == 0);
    const Finished kept = gate(folder, {"--cache", "kept"});
    CHECK(kept.exit_code == 0);
    CHECK(contains(kept.out, "; 3 from the cache"));
    CHECK(!contains(gate(folder, {"--cache", "kept", "--set", "detector=none"}).out, "; 3 from the cache"));
}

TEST_CASE("a budget is never a pass, and mistakes in the file are told with their place") {
    const ScratchFolder folder;
    const std::string text = pinned_text(folder);
    const auto complaint = [&](const std::string& old, const std::string& replacement) {
        (void)folder.write("gate.json", edited_gate(text, old, replacement));
        const Finished run = gate(folder, {});
        CHECK(run.exit_code == 65);
        return run.err;
    };
    const std::string scope = "\"scope\": \"hostile/content\"";
    CHECK(contains(complaint(scope, "\"scope\": \"hostile/contnet\""), "$.checks[0].scope: "));
    CHECK(contains(complaint(scope, "\"scope\": \"hostile/contnet\""), "(did you mean 'hostile/content'?)"));
    CHECK(contains(complaint("\"rules\": \"hostile\"", "\"rules\": \"repaired\""), "$.checks[0].rules: "));
    CHECK(contains(complaint("\"rules\": \"hostile\"", "\"rules\": \"hostile+detecter=none\""),
                   "(did you mean 'detector'?)"));
    CHECK(contains(complaint("\"contained\"", "\"containd\""), "did you mean 'contained'"));
    CHECK(
        contains(complaint("\"contained\": \"holds\"", "\"contained\": \"reached\""), "$.checks[0].expect.contained"));
    CHECK(contains(complaint(scope, scope + ", \"symmetry\": true"), "no two actors of a family are interchangeable"));

    (void)folder.write("gate.json", edited_gate(text, scope, scope + ", \"budget\": {\"max_states\": 100}"));
    const Finished bounded = gate(folder, {"--check", "right"});
    CHECK(bounded.exit_code == 20);
    CHECK(contains(bounded.out, "INCONCLUSIVE"));
}

TEST_CASE("the shipped gate of families is as it says") {
    const ScratchFolder folder;
    CHECK(contains("\n" + run_mdcd({"list", "gates"}).out,
                   "\nlives\n    The life of an upgrade, a hostile cluster and levels of trust: "));
    const Finished run = run_mdcd(
        {"gate", "lives", "--check", "hostile-content", "--check", "upgrade-rivals=first_come"}, folder.path("."));
    CHECK(run.exit_code == 0);
}

} // namespace mdcd::tests::cli
