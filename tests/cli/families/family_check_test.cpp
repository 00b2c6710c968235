// `mdcd check` and `mdcd list` of scopes of families as a user meets them: verdicts, exit codes, runs in words, JSON,
// and what is refused. The systems and their pins are in tests/differential.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model/inputs/families.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::cli {
namespace {

using FamilyWords = std::vector<std::string>;

Finished check_family(const ScratchFolder& folder, FamilyWords arguments) {
    arguments.insert(arguments.begin(), "check");
    return run_mdcd(arguments, folder.path("."));
}

// By property: the verdict, and the length of its run.
std::map<std::string, std::string> verdicts_in(const std::string& json) {
    std::map<std::string, std::string> verdicts;
    const traces::Value report = traces::parse_json(json, "the report");
    for (const traces::Value& each : *report.find("properties")->list()) {
        std::string text = *each.find("verdict")->text();
        if (const traces::Value* const steps = each.find("steps"))
            text += " " + std::to_string(*steps->number());
        CHECK(verdicts.emplace(*each.find("name")->text(), text).second);
    }
    return verdicts;
}

std::int64_t number_in(const std::string& json, const std::string& field) {
    return *traces::parse_json(json, "the report").find(field)->number();
}

} // namespace

TEST_CASE("every claim holds: exit code 0, exhaustive, and outcomes are counted") {
    const ScratchFolder folder;
    const Finished text = check_family(folder, {"hostile/content"});
    CHECK(text.exit_code == 0);
    CHECK(text.err.empty());
    CHECK(contains(text.out, "scope hostile/content: content alone is hostile; rules hostile\n"));
    CHECK(contains(text.out, "  contained               holds"));
    CHECK(contains(text.out, "  reached: 8 outcomes that must be possible\n"));
    CHECK(contains(text.out, "exhaustive: 339 distinct states, 696 transitions, depth 11; "));
    CHECK(contains(text.out, "\nverdict: every property as expected\n"));
    CHECK(!std::filesystem::exists(folder.path("mdcd-traces")));

    const Finished json = check_family(folder, {"hostile/content", "--format", "json"});
    CHECK(json.exit_code == 0);
    CHECK(number_in(json.out, "distinct_states") == 339);
    CHECK(number_in(json.out, "exit_code") == 0);
    const auto verdicts = verdicts_in(json.out);
    CHECK(verdicts.size() == 19);
    CHECK(verdicts.at("eradicated") == "holds");
    CHECK(verdicts.at("who_was_influenced_has_recovered").starts_with("reached "));
    CHECK(*traces::parse_json(json.out, "the report").find("rules")->find("boundary_stamp")->text() == "by_channel");
}

TEST_CASE("a wrong value is caught: exit code 10, the shortest run in words, as a picture, and in a file") {
    const ScratchFolder folder;
    const Finished found = check_family(folder, {"upgrade/begin_elsewhere", "--set", "begin_drain=none"});
    CHECK(found.exit_code == 10);
    const std::string file = "mdcd-traces/upgrade_begin_elsewhere.upgrade+begin_drain=none.both_or_neither.json";
    CHECK(contains(found.out, "violated      in 10 steps  " + file + "\n"));
    CHECK(contains(found.out, "\nboth_or_neither is violated in 10 steps:\n"));
    CHECK(contains(found.out, "1b: timeout operate"));
    CHECK(contains(found.out, "1 other run: the files above"));
    CHECK(contains(found.out, "\nverdict: violated: both_or_neither, nothing_lost\n"));

    const Finished all =
        check_family(folder, {"upgrade/begin_elsewhere", "--set", "begin_drain=none", "--full", "--workers", "2"});
    CHECK(contains(all.out, "\n  10  "));
    CHECK(contains(all.out, "1b -> 1a: announcement: begin {1}, incarnation 1\n"));
    CHECK(contains(all.out, "   => 'both_or_neither' does not hold here: "));
    CHECK(contains(all.out,
                   "nothing_lost: What was sent has been received when nothing is under way.\n   the same run\n"));

    const traces::Trace trace = traces::read_trace(traces::read_text_file(folder.path(file)), file);
    CHECK(trace.steps.size() == 10);
    CHECK(trace.property == "both_or_neither");
    const Finished drawn = run_mdcd({"show", file}, folder.path("."));
    CHECK(drawn.exit_code == 0);
    CHECK(contains(drawn.out, "Scope upgrade/begin_elsewhere, rules upgrade+begin_drain=none; 10 steps of 1a, 1b, 2a"));
}

TEST_CASE("a claim of whole runs is told by what never comes, and an expected violation is as expected") {
    const ScratchFolder folder;
    const FamilyWords wrong = {"hostile/content", "--set", "assertion=none"};
    const Finished found = check_family(folder, wrong);
    CHECK(found.exit_code == 10);
    CHECK(contains(found.out, "alarm_answered is violated in 6 steps:\n  nothing can happen any more: what"));
    CHECK(contains(found.out, "\nverdict: violated: alarm_answered\n"));
    FamilyWords expected = wrong;
    expected.insert(expected.end(), {"--expect", "alarm_answered=violated", "--property", "alarm_answered"});
    CHECK(check_family(folder, expected).exit_code == 0);
    expected.insert(expected.end(), {"--property", "contained", "--expect", "contained=violated"});
    const Finished other = check_family(folder, expected);
    CHECK(other.exit_code == 10);
    CHECK(contains(other.out, "(expected: violated)"));
    CHECK(contains(other.out, "verdict: not as expected: contained\n"));
}

TEST_CASE("an outcome that cannot be: exit code 11") {
    const ScratchFolder folder;
    const Finished missing =
        check_family(folder, {"hostile/content", "--set", "low_tests=prove", "--set", "detector=none", "--property",
                              "the_detector_has_started_a_recovery"});
    CHECK(missing.exit_code == 11);
    CHECK(contains(missing.out, "\nverdict: not reached: the_detector_has_started_a_recovery\n"));
}

TEST_CASE("a limit: exit code 20; an interrupt: 130") {
    const ScratchFolder folder;
    const Finished bounded = check_family(folder, {"hostile/content", "--max-states", "100", "--quiet"});
    CHECK(bounded.exit_code == 20);
    CHECK(contains(bounded.out, "bounded by states: 100 distinct states"));
    const Finished first = check_family(folder, {"hostile/content", "--set", "detector=none", "--stop-at", "first"});
    CHECK(first.exit_code == 10);
    CHECK(contains(first.out, "bounded by the first violation: "));
    const Finished stopped = run_command({"timeout", "--preserve-status", "-s", "INT", "3", MDCD_EXECUTABLE, "check",
                                          "upgrade/two_operators", "--workers", "1", "--quiet"},
                                         folder.path("."));
    CHECK(stopped.exit_code == 130);
    CHECK(contains(stopped.out, "verdict: interrupted\n"));
}

TEST_CASE("the number of workers changes nothing that is told") {
    const ScratchFolder folder;
    const FamilyWords words = {"upgrade/again_early", "--set", "begin_while_catching_up=allow", "--format", "json"};
    FamilyWords one = words;
    one.insert(one.end(), {"--workers", "1"});
    FamilyWords three = words;
    three.insert(three.end(), {"--workers", "3"});
    const Finished first = check_family(folder, one);
    const Finished second = check_family(folder, three);
    CHECK(first.exit_code == 10);
    CHECK(verdicts_in(first.out) == verdicts_in(second.out));
    CHECK(number_in(first.out, "distinct_states") == number_in(second.out, "distinct_states"));
    CHECK(verdicts_in(first.out).at("output_exactly_once") == "violated 31");
}

TEST_CASE("a witness of an outcome is written if it is asked for") {
    const ScratchFolder folder;
    const Finished found = check_family(folder, {"hostile/content", "--witness", "who_was_influenced_has_recovered"});
    CHECK(found.exit_code == 0);
    CHECK(contains(found.out, "mdcd-traces/hostile_content.hostile.who_was_influenced_has_recovered.json"));
    CHECK(std::filesystem::exists(
        folder.path("mdcd-traces/hostile_content.hostile.who_was_influenced_has_recovered.json")));
    const Finished claim = check_family(folder, {"hostile/content", "--witness", "contained"});
    CHECK(claim.exit_code == 64);
    CHECK(contains(claim.err, "--witness contained: a claim has no witness"));
}

TEST_CASE("names that there are not are told with the nearest") {
    const ScratchFolder folder;
    struct Case {
        FamilyWords arguments;
        int exit_code;
        std::string said;
    };
    const std::vector<Case> refused = {
        {{"upgrade/agian"}, 65, "upgrade/agian: no such scope (did you mean 'upgrade/again'?)"},
        {{"upgrad/again"}, 65, "upgrad/again: no such file (did you mean 'upgrade/again'?)"},
        {{"upgrade/again", "--set", "rival=x"},
         64,
         "--set: 'rival': the family upgrade has no such rule (did you mean"},
        {{"upgrade/again", "--set", "rivals=firstcome"}, 64, "no such value (did you mean 'first_come'?)"},
        {{"upgrade/again", "--set", "links=as_claimed"}, 64, "the family upgrade has no such rule"},
        {{"upgrade/again", "--set", "durability=never"},
         64,
         "no process reads durability in this scope: nobody crashes"},
        {{"upgrade/two_commit", "--set", "low_sn=shared_atomic"}, 64, "several components begin an upgrade together"},
        {{"upgrade/again", "--property", "one_outcom"}, 64, "no such property (did you mean 'one_outcome'?)"},
        {{"upgrade/again", "--property", "recoverability"}, 64, "no such property"},
        {{"upgrade/again", "--expect", "one_outcome=violatd"}, 64, "(did you mean 'violated'?)"},
        {{"upgrade/again", "--property", "one_outcome", "--expect", "nothing_lost=violated"}, 64, "is not reported"},
        {{"upgrade/again", "--rules", "repaired"}, 64, "have rules of their own: expected upgrade"},
    };
    for (const Case& each : refused) {
        const Finished finished = check_family(folder, each.arguments);
        CAPTURE(each.said);
        CHECK(finished.exit_code == each.exit_code);
        CHECK(contains(finished.err, each.said));
        CHECK(finished.out.empty());
    }
}

TEST_CASE("options that mean nothing for a family are refused, and so are commands") {
    const ScratchFolder folder;
    const std::vector<FamilyWords> options = {
        {"--z3", "every"},    {"--z3-cache", "a"},           {"--dump-smt", "a"},   {"--symmetry"},
        {"--renaming", "on"}, {"--invariant", "a.smt2"},     {"--checkpoint", "a"}, {"--resume", "a"},
        {"--strict"},         {"--checkpoint-seconds", "5"}, {"--traces", "2"},     {"--whole-states"},
    };
    for (const FamilyWords& option : options) {
        FamilyWords arguments = option;
        arguments.insert(arguments.begin(), "hostile/content");
        const Finished finished = check_family(folder, arguments);
        CAPTURE(option.front());
        CHECK(finished.exit_code == 64);
        CHECK(contains(finished.err, option.front()));
        CHECK(contains(finished.err, " means nothing for hostile/content: "));
    }
    for (const char* const option : {"--z3", "--z3-timeout", "--z3-effort"}) {
        const Finished finished =
            check_family(folder, {"upgrade/again", option, std::string(option) == "--z3" ? "off" : "5"});
        CHECK(finished.exit_code == 64);
        CHECK(contains(finished.err, "means nothing for upgrade/again: no claim of it is put to Z3"));
    }
    for (const FamilyWords& command :
         std::vector<FamilyWords>{{"simulate", "upgrade/again"}, {"repair", "upgrade/again"}}) {
        const Finished finished = run_mdcd(command, folder.path("."));
        CAPTURE(command.front());
        CHECK(finished.exit_code == 64);
        CHECK(contains(finished.err,
                       "is a scope of the family upgrade, which `mdcd check`, `mdcd compare`, `mdcd explore` and gates "
                       "take"));
    }
    CHECK(std::filesystem::is_empty(folder.path(".")));
}

TEST_CASE("scopes, rules and properties of families are listed, and completed") {
    const std::string scopes = "\n" + run_mdcd({"list", "scopes"}).out;
    const std::string rules = "\n" + run_mdcd({"list", "rules"}).out;
    const std::string properties = "\n" + run_mdcd({"list", "properties"}).out;
    const std::string presets = "\n" + run_mdcd({"list", "presets"}).out;
    const std::string bash = run_mdcd({"completion", "bash"}).out;
    for (const model::Family* const family : model::families()) {
        for (const model::FamilyScope& each : family->scopes()) {
            CHECK(contains(scopes, "\n" + each.name + "\n    " + each.description + "\n"));
            CHECK(contains(bash, each.name));
        }
        for (const model::FamilyRule& each : family->rules())
            if (each.is_own) {
                CHECK(contains(rules, "\n" + each.name + " = " + each.values[0] + " | " + each.values[1]));
                CHECK(contains(rules, "\n    " + each.about + " (family " + family->name() + ")\n"));
                CHECK(contains(bash, each.name + "=" + each.values[0]));
            }
        for (const model::FamilyPreset& each : family->presets())
            CHECK(contains(presets, "\n" + each.name + "\n    " + each.description + "\n"));
        for (const checker::Property& each : family->properties({family->scopes().front().name, {}})) {
            CHECK(contains(properties, "\n" + each.name + " ("));
            CHECK(contains(properties, "\n    " + each.rationale + "\n    family " + family->name() + ", as in "));
            CHECK(contains(bash, each.name));
        }
    }
}

} // namespace mdcd::tests::cli
