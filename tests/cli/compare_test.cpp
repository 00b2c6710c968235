// `mdcd compare` as a user meets it: what a change buys and breaks, in three formats, the exit codes, and mistakes.
// The figures themselves are tested with the library.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "model/claims/properties.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

Finished compare(const ScratchFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "compare");
    return run_mdcd(arguments, folder.path("."));
}

const traces::Value& at(const traces::Value& value, const std::string& path) {
    const traces::Value* found = traces::value_at(value, path);
    REQUIRE_MESSAGE(found != nullptr, "nothing at " << path);
    return *found;
}

} // namespace

TEST_CASE("what a change buys, at a glance: exit 0, since nothing broke") {
    const ScratchFolder folder;
    const Finished finished = compare(folder, {"tiny", "--set", "receiver_log=while_dirty"});
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(contains(finished.out, "  A  published\n"));
    CHECK(
        contains(finished.out, "  B  published+receiver_log=while_dirty (published with receiver_log=while_dirty)\n"));
    CHECK(contains(finished.out, "violated in 7     holds: bought"));
    CHECK(!contains(finished.out, "\n  containment "));
    CHECK(contains(finished.out, "\n  the same in all (-v shows them): containment, device_safety, "));
    CHECK(contains(compare(folder, {"tiny", "--set", "receiver_log=while_dirty", "-v"}).out, "\n  containment "));
    CHECK(contains(finished.out, "3,507             3,507\n"));
    CHECK(contains(finished.out, "checkpoints a message"));
    CHECK(contains(finished.out, "events undone by a recovery"));
    CHECK(contains(finished.out, "B against A: bought recoverability; broke nothing; cost "));
    CHECK(!contains(finished.out, "\033"));
    CHECK(std::filesystem::exists(folder.path("mdcd-traces/tiny.published.recoverability.json")));
}

TEST_CASE("what breaks against the first rules is exit 10, what is not reached any more 11") {
    const ScratchFolder folder;
    const Finished broke = compare(folder, {"tiny", "--rules", "repaired", "--rules", "published"});
    CHECK(broke.exit_code == 10);
    CHECK(contains(broke.out, "violated in 7: broke"));
    CHECK(contains(broke.out, "B against A: no property bought; broke recoverability; cost "));
    CHECK(compare(folder, {"tiny", "--rules", "published", "--rules", "repaired"}).exit_code == 0);
    const Finished unreached =
        compare(folder, {"tiny", "--set", "recovery_line=local", "--property", "rollback_to_later_checkpoint"});
    CHECK(unreached.exit_code == 11);
    CHECK(contains(unreached.out, "not_reached: broke"));
}

// Which claims apply depends on the rules: numbers by component are never drawn twice, one counter may be.
TEST_CASE("rules under which other claims apply are compared by the names of the claims") {
    const ScratchFolder folder;
    const auto row_of = [](const std::string& table, const std::string& name) {
        const std::size_t begin = table.find("\n  " + name + " ") + 1;
        return begin == 0 ? std::string("none") : table.substr(begin, table.find('\n', begin) - begin);
    };
    const std::string scope =
        folder.write("small.json", R"({"name": "small-two", "components": 2, "active_processes": 1,
        "budgets": {"cluster_messages": 2, "active_acceptance_tests": 1}, "order": "cluster", "faults": "cluster"})");
    const std::vector<std::string> options = {scope, "--z3", "off", "-v", "--rules"};
    const auto compared = [&](const std::string& first, const std::string& second) {
        std::vector<std::string> arguments = options;
        arguments.insert(arguments.end(), {first, "--rules", second});
        return compare(folder, arguments).out;
    };
    std::map<std::string, std::map<std::string, std::string>> verdicts; // by rules and property
    for (const std::string rules : {"repaired", "repaired_vector"}) {
        const traces::Value report = traces::parse_json(
            run_mdcd({"check", scope, "--z3", "off", "--rules", rules, "--format", "json"}, folder.path(".")).out,
            "report");
        for (const traces::Value& each : *at(report, "properties").list())
            verdicts[rules][*at(each, "name").text()] = *at(each, "verdict").text();
    }
    const auto checked = [&](const std::string& rules, const std::string& name) {
        const auto found = verdicts[rules].find(name);
        return found == verdicts[rules].end() ? std::string("not applicable") : found->second;
    };
    for (const auto& [first, second] : {std::pair("repaired", "repaired_vector"), {"repaired_vector", "repaired"}}) {
        const std::string table = compared(first, second);
        CAPTURE(table);
        unsigned lacking = 0;
        for (const checker::Property& property : model::all_properties()) {
            const std::string in_first = checked(first, property.name), in_second = checked(second, property.name);
            const std::string row = row_of(table, property.name);
            CAPTURE(row);
            const bool anywhere = in_first != "not applicable" || in_second != "not applicable";
            CHECK((row != "none") == anywhere);
            if (!anywhere)
                continue;
            lacking += contains(row, "not applicable");
            CHECK(contains(row, in_first));
            CHECK(contains(row, in_second));
            CHECK(!contains(row, "error"));
        }
        CHECK(lacking > 0);
    }
    // Over several scopes the names are those of each.
    const Finished scopes =
        compare(folder, {"tiny", scope, "--z3", "off", "--rules", "published", "--rules", "repaired_vector"});
    CHECK(contains(scopes.out, "B against A: bought "));
    CHECK(!contains(scopes.out, "error"));
}

TEST_CASE("a limit is exit 20, and nothing is said to be bought") {
    const ScratchFolder folder;
    const Finished finished =
        compare(folder, {"tiny", "--rules", "published", "--rules", "repaired", "--max-states", "100"});
    CHECK(finished.exit_code == 20);
    CHECK(contains(finished.out, "100, bounded by states"));
    CHECK(contains(finished.out, "no property bought; broke nothing; left open containment"));
}

TEST_CASE("several scopes, several rules, for programs and for documents") {
    const ScratchFolder folder;
    const std::vector<std::string> question = {"tiny",    "relay",    "--rules",    "published",
                                               "--rules", "repaired", "--property", "recoverability",
                                               "--z3",    "off",      "--format"};
    std::vector<std::string> json = question;
    json.emplace_back("json");
    const Finished finished = compare(folder, json);
    CHECK(finished.exit_code == 0);
    const traces::Value report = traces::parse_json(finished.out, "report");
    REQUIRE(at(report, "scopes").list()->size() == 2);
    CHECK(*at(report, "scopes[0].scope.name").text() == "tiny");
    CHECK(*at(report, "scopes[0].rules[1].rules_name").text() == "repaired");
    CHECK(*at(report, "scopes[0].rules[1].properties[0].effect").text() == "bought");
    CHECK(*at(report, "scopes[0].rules[0].properties[0].steps").number() == 7);
    CHECK(*at(report, "scopes[0].rules[0].properties[0].trace").text() ==
          "mdcd-traces/tiny.published.recoverability.json");
    CHECK(*at(report, "scopes[0].rules[0].distinct_states").number() == 3507);
    CHECK(*at(report, "scopes[0].rules[0].cost.states").number() == 3507);
    CHECK(*at(report, "scopes[0].rules[0].cost.complete").truth());
    CHECK(*at(report, "exit_code").number() == 0);
    CHECK(compare(folder, json).out == finished.out);
    json.insert(json.end(), {"--workers", "1"});
    CHECK(compare(folder, json).out == finished.out);

    std::vector<std::string> markdown = question;
    markdown.emplace_back("markdown");
    const std::string table = compare(folder, markdown).out;
    CHECK(contains(table, "* A: published\n"));
    CHECK(contains(table, "\n### scope relay"));
    CHECK(contains(table, "|  | A | B |\n|---|---|---|\n"));
    CHECK(contains(table, "| recoverability | violated in 7 | **holds: bought** |\n"));
}

TEST_CASE("the sizes of the application count into the bytes") {
    const ScratchFolder folder;
    const auto bytes = [&](const char* state_bytes) {
        const Finished finished = compare(folder, {"tiny", "--set", "receiver_log=while_dirty", "--z3", "off",
                                                   "--format", "json", "--state-bytes", state_bytes});
        const traces::Value report = traces::parse_json(finished.out, "report");
        return *at(report, "scopes[0].rules[0].cost.bytes_kept.sum").number() -
               std::stoll(state_bytes) * *at(report, "scopes[0].rules[0].cost.checkpoints_kept.sum").number();
    };
    CHECK(bytes("0") == bytes("100000"));
    CHECK(bytes("0") > 0);
}

TEST_CASE("rules are named as reports name them, and mistakes are named too") {
    const ScratchFolder folder;
    const std::string rules = folder.write("mine.json", R"({"name": "published", "from": "published", "rules": {}})");
    struct Wrong {
        std::vector<std::string> arguments;
        int exit_code;
        std::string says;
    };
    const std::vector<Wrong> all = {
        {{"tiny"}, 64, "nothing to compare published with"},
        {{"tiny", "--rules", "published", "--rules", "published"}, 64, "two of them are named published"},
        {{"tiny", "--rules", "published", "--rules", rules}, 64, "two of them are named published"},
        {{"tiny", "tiny", "--set", "receiver_log=while_dirty"}, 64, "two of them are named tiny"},
        {{"tiny", "--set", "receiver_log=sometimes"}, 64, "while_dirty"},
        {{"tiny", "--rules", "published", "--rules", "published+reciever_log=while_dirty"},
         64,
         "did you mean 'receiver_log'"},
        {{"tiny", "--rules", "published", "--rules", "repared"}, 65, "did you mean 'repaired'"},
        {{"tinny", "--rules", "published", "--rules", "repaired"}, 65, "did you mean 'tiny'"},
        {{"tiny", "--rules", "published", "--rules", "repaired", "--format", "xml"}, 64, "markdown"},
        {{"--rules", "published"}, 64, "SCOPE"},
    };
    for (const Wrong& each : all) {
        const Finished finished = compare(folder, each.arguments);
        CAPTURE(each.says);
        CHECK(finished.exit_code == each.exit_code);
        CHECK_MESSAGE(contains(finished.err, each.says), finished.err);
        CHECK(finished.out.empty());
    }
    CHECK(compare(folder, {"tiny", "--rules", "repaired", "--rules", "published+receiver_log=while_dirty"}).exit_code ==
          0);
}

TEST_CASE("traces of rules with many changes get names that a file system takes, and that differ") {
    const ScratchFolder folder;
    std::string rules = "published";
    for (const std::string change :
         {"shadow_output_index=low_sn", "shadow_input_index=shadow_sn", "rollback_scope=application_only",
          "resend=before_checkpoint_above_validated", "first_checkpoint=dirty_only", "validated_register=everywhere",
          "propagation_mark=any_internal", "checkpoint_trigger=every_new_sn", "dirty_delivery=literal"})
        rules += "+" + change;
    const Finished finished = compare(folder, {"tiny", "--rules", rules, "--rules", rules + "+in_transit=deliver",
                                               "--property", "recoverability", "--z3", "off"});
    CHECK_MESSAGE(finished.exit_code == 0, finished.err);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path("mdcd-traces"))) {
        CHECK(entry.path().filename().string().size() < 255);
        CHECK(run_mdcd({"replay", entry.path().string()}).exit_code == 0);
        ++files;
    }
    CHECK(files == 2);
}

TEST_CASE("a comparison in parts is the one that one run makes, in every format, with its runs") {
    const ScratchFolder folder;
    const std::vector<std::string> question = {"tiny", "outputs", "--rules", "repaired", "--rules", "published"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), question.begin(), question.end());
        return compare(folder, more);
    };
    const Finished whole = with({"-v", "--trace-dir", "whole"});
    CHECK(whole.exit_code == 10);
    std::size_t checks = 0;
    for (const std::string part : {"1", "2"}) {
        const Finished finished = with({"--shard", part + "/2", "--results", "part-" + part});
        CHECK(finished.exit_code == 0);
        checks += static_cast<std::size_t>(std::ranges::count(finished.out, '\n')) - 1;
    }
    CHECK(checks == 4);
    CHECK(!std::filesystem::exists(folder.path("mdcd-traces"))); // the run that reports writes them
    const std::vector<std::string> known = {"--known", "part-1", "--known", "part-2"};
    const auto from_parts = [&](std::vector<std::string> more) {
        more.insert(more.end(), known.begin(), known.end());
        return with(more);
    };
    const Finished merged = from_parts({"-v", "--trace-dir", "merged"});
    CHECK(merged.exit_code == whole.exit_code);
    std::string told = whole.out;
    if (const std::size_t place = told.find("mdcd show whole/"); place != std::string::npos)
        told.replace(place, 16, "mdcd show merged/");
    CHECK(merged.out == told);
    CHECK(contains(merged.err, "4 of 4 checks were known"));
    CHECK(from_parts({"--format", "json"}).out == with({"--format", "json"}).out);
    CHECK(from_parts({"--format", "markdown"}).out == with({"--format", "markdown"}).out);
    std::size_t runs = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder.path("whole"))) {
        const std::string name = each.path().filename().string();
        CHECK(traces::read_text_file(folder.path("merged/" + name)) == traces::read_text_file(each.path().string()));
        ++runs;
    }
    CHECK(runs > 1);
    // What is missing runs; what was found with other sizes, or in fewer states, is another check.
    CHECK(contains(with({"--known", "part-1"}).err, " of 4 checks were known, the others have run"));
    CHECK(contains(from_parts({"--state-bytes", "1"}).err, "0 of 4 checks were known"));
    CHECK(contains(from_parts({"--max-states", "100"}).err, "0 of 4 checks were known"));
    // What time has ended may end otherwise with more of it; what states have ended may not.
    CHECK(with({"--max-seconds", "0.000001", "--results", "hasty"}).exit_code == 20);
    CHECK(contains(with({"--known", "hasty"}).err, "0 of 4 checks were known"));
    const Finished bounded = with({"--max-states", "100", "--results", "bounded"});
    CHECK(bounded.exit_code == 20);
    const Finished again = with({"--max-states", "100", "--known", "bounded"});
    CHECK(contains(again.err, "4 of 4 checks were known"));
    CHECK(again.exit_code == 20);
    CHECK(again.out == bounded.out);
}

TEST_CASE("what was found in parts is refused where it was changed, is something else, or takes an input's place") {
    const ScratchFolder folder;
    const std::vector<std::string> question = {"tiny", "--set", "receiver_log=while_dirty"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), question.begin(), question.end());
        return compare(folder, more);
    };
    REQUIRE(with({"--results", "found"}).exit_code == 0);
    const std::string found = traces::read_text_file(folder.path("found"));
    const auto refused = [&](const std::string& from, const std::string& to, const std::string& says) {
        std::string text = found;
        const std::size_t place = text.find(from);
        REQUIRE(place != std::string::npos);
        (void)folder.write("changed", text.replace(place, from.size(), to));
        const Finished finished = with({"--known", "changed"});
        CHECK(finished.exit_code == 65);
        CHECK_MESSAGE(contains(finished.err, says), finished.err);
    };
    refused("3507", "3508", "changed: $.checksum: does not fit");
    refused("mdcd compare results", "mdcd gate", "changed: $.file: expected \"mdcd compare results\"");
    refused("\"build\": \"", "\"build\": \"x", "changed: $.build: is of another build");
    refused("\"version\": 1", "\"version\": 2", "changed: $.version");
    CHECK(with({"--known", "found", "--results", "found"}).exit_code == 64);
    CHECK(with({"--known", "none"}).exit_code == 65);
    CHECK(traces::read_text_file(folder.path("found")) == found);
    for (const std::string shard : {"0/2", "3/2", "1", "1/2/3", "a/b", "1/1001"})
        CHECK(with({"--shard", shard, "--results", "part"}).exit_code == 64);
    const Finished alone = with({"--shard", "1/2"});
    CHECK(alone.exit_code == 64);
    CHECK(contains(alone.err, "give --results FILE as well"));
}

} // namespace mdcd::tests::cli
