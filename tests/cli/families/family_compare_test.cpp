// `mdcd compare` of scopes of families as a user meets it: what each value buys, breaks and costs, in three formats,
// the exit codes, and what is refused.
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

Finished compare_families(const ScratchFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "compare");
    return run_mdcd(arguments, folder.path("."));
}

const traces::Value& compared_at(const traces::Value& value, const std::string& path) {
    const traces::Value* found = traces::value_at(value, path);
    REQUIRE_MESSAGE(found != nullptr, "nothing at " << path);
    return *found;
}

} // namespace

TEST_CASE("a part of the defence taken away: what breaks, what it costs less, and the runs as files") {
    const ScratchFolder folder;
    const Finished finished = compare_families(folder, {"hostile/content", "--set", "boundary_checkpoint=none"});
    CHECK(finished.exit_code == 10);
    CHECK(finished.err.empty());
    CHECK(contains(finished.out, "  A  hostile\n  B  hostile+boundary_checkpoint=none\n"));
    CHECK(contains(finished.out, "scope hostile/content: content alone is hostile\n"));
    CHECK(contains(finished.out, "holds"));
    CHECK(contains(finished.out, "violated in 2: broke"));
    CHECK(contains(finished.out, "\n  checkpoints kept"));
    CHECK(contains(finished.out, "0.00, worst 0"));
    CHECK(contains(finished.out, "B against A: no property bought; broke contained, eradicated, "));
    CHECK(contains(finished.out, "; cost lower: checkpoints kept"));
    const std::string run = "mdcd-traces/hostile_content.hostile+boundary_checkpoint=none.contained.json";
    CHECK(contains(finished.out, "the runs are files: mdcd show " + run + "\n"));
    CHECK(std::filesystem::exists(folder.path(run)));
}

TEST_CASE("what the line of defence buys: presets of a family side by side") {
    const ScratchFolder folder;
    const Finished bought = compare_families(
        folder, {"hostile/undefended_clean", "--rules", "undefended", "--rules", "hostile", "--property", "contained"});
    CHECK(bought.exit_code == 0);
    CHECK(contains(bought.out, "violated in 2"));
    CHECK(contains(bought.out, "holds: bought"));
    CHECK(contains(bought.out, "B against A: bought contained; broke nothing"));
}

TEST_CASE("figures do not depend on the number of workers, and are in JSON and Markdown") {
    const ScratchFolder folder;
    const std::vector<std::string> what = {"levels/two_levels", "--set", "older_checkpoints=dropped"};
    const auto as_json = [&](const char* workers) {
        std::vector<std::string> words = what;
        words.insert(words.end(), {"--format", "json", "--workers", workers});
        const Finished finished = compare_families(folder, words);
        CHECK(finished.exit_code == 10);
        return finished.out;
    };
    const std::string one = as_json("1");
    CHECK(one == as_json("3"));
    const traces::Value report = traces::parse_json(one, "the report");
    CHECK(*compared_at(report, "scopes[0].scope.name").text() == "levels/two_levels");
    CHECK(*compared_at(report, "scopes[0].rules[0].distinct_states").number() == 684);
    CHECK(*compared_at(report, "scopes[0].rules[1].rules_name").text() == "levels+older_checkpoints=dropped");
    CHECK(*compared_at(report, "scopes[0].rules[0].cost[0].name").text() == "checkpoints kept");
    CHECK(*compared_at(report, "scopes[0].rules[0].cost[0].states").number() > 0);
    CHECK(*compared_at(report, "scopes[0].rules[0].cost[0].worst").number() >= 2);
    CHECK(*compared_at(report, "exit_code").number() == 10);
    std::vector<std::string> markdown = what;
    markdown.insert(markdown.end(), {"--format", "markdown"});
    const Finished table = compare_families(folder, markdown);
    CHECK(contains(table.out, "* A: levels\n"));
    CHECK(contains(table.out, "| events undone by a recovery at level 0 | "));
}

TEST_CASE("what cannot be compared is refused") {
    const ScratchFolder folder;
    struct Case {
        std::vector<std::string> arguments;
        std::string said;
    };
    const std::vector<Case> refused = {
        {{"hostile/content"}, "nothing to compare hostile with: name other rules by --rules"},
        {{"hostile/content", "levels/two_levels", "--set", "detector=none"}, "are of different families"},
        {{"tiny", "hostile/content", "--set", "detector=none"}, "are of different families"},
        {{"hostile/content", "--rules", "hostile", "--rules", "hostile"}, "two of them are named hostile"},
        {{"hostile/content", "hostile/content", "--set", "detector=none"}, "two scopes are named hostile/content"},
        {{"hostile/content", "hostile/undefended_clean", "--set", "detector=none"}, "different rules of their own"},
        {{"hostile/content", "--set", "detector=non"}, "no such value (did you mean 'none'?)"},
        {{"hostile/content", "--set", "shadow_sn=shared"}, "no process reads shadow_sn in this scope"},
        {{"hostile/content", "--set", "detector=none", "--property", "containd"}, "(did you mean 'contained'?)"},
        {{"hostile/content", "--set", "detector=none", "--state-bytes", "5"}, "--state-bytes means nothing for"},
        {{"hostile/content", "--set", "detector=none", "--known", "a"}, "--known means nothing for"},
        {{"hostile/content", "--set", "detector=none", "--shard", "1/2", "--results", "r.json"},
         "--shard means nothing for hostile/content: a comparison of scopes of a family is made at once"},
        {{"levels/two_levels", "--set", "mark_keeps=highest", "--results", "r.json"}, "--results means nothing for"},
        {{"hostile/content", "--set", "detector=none", "--symmetry"}, "--symmetry means nothing for"},
    };
    for (const Case& each : refused) {
        const Finished finished = compare_families(folder, each.arguments);
        CAPTURE(each.said);
        CHECK(finished.exit_code == 64);
        CHECK(contains(finished.err, each.said));
        CHECK(finished.out.empty());
    }
}

} // namespace mdcd::tests::cli
