// `mdcd repair` as a user meets it: repairs with their costs, the runs that refute smaller sets, answers that are kept,
// exit codes and mistakes. The search itself is tested with the library.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

Finished repair(const ScratchFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "repair");
    return run_mdcd(arguments, folder.path("."));
}

const std::vector<std::string> relay_and_feedback = {"relay",  "feedback",           "--rule", "validated_register",
                                                     "--rule", "checkpoint_trigger", "--rule", "propagation_mark",
                                                     "--rule", "checkpoint_index",   "--rule", "reclamation",
                                                     "--rule", "receiver_log"};

} // namespace

TEST_CASE("one change repairs scope tiny, and the run that shows that it is needed replays") {
    const ScratchFolder folder;
    const Finished finished = repair(folder, {"tiny", "--max-changes", "2"});
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(contains(finished.out, "1 repair, the cheapest first:\n  1  receiver_log=while_dirty\n"));
    CHECK(contains(finished.out, "  no change                   tiny: recoverability  in 7 steps\n"));
    CHECK(contains(finished.out, "checkpoints a message"));
    CHECK(contains(finished.out, " more left out: they contain a repair\n"));
    const std::string trace = "mdcd-traces/tiny.published.recoverability.json";
    CHECK(contains(finished.out, "mdcd show " + trace));
    CHECK(run_mdcd({"replay", folder.path(trace)}).exit_code == 0);
}

TEST_CASE("two repairs on relay and feedback; every smaller set has its run") {
    const ScratchFolder folder;
    const Finished finished = repair(folder, relay_and_feedback);
    CHECK(finished.exit_code == 0);
    CHECK(contains(finished.out,
                   "2 repairs, the cheapest first:\n"
                   "  1  validated_register=everywhere, propagation_mark=any_internal, reclamation=by_cover, "
                   "receiver_log=while_dirty\n"
                   "  2  validated_register=everywhere, checkpoint_trigger=every_new_sn, receiver_log=while_dirty\n"));
    std::size_t replayed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path("mdcd-traces"))) {
        CAPTURE(entry.path().string());
        CHECK(run_mdcd({"replay", entry.path().string()}).exit_code == 0);
        ++replayed;
    }
    CHECK(replayed == 18); // below {3 changes}: 7 sets; below {4 changes}: 15; four in both

    std::vector<std::string> json = relay_and_feedback;
    json.insert(json.end(), {"--format", "json", "--workers", "1"});
    const Finished one = repair(folder, json);
    json.back() = "3";
    CHECK(repair(folder, json).out == one.out);
    const traces::Value report = traces::parse_json(one.out, "report");
    REQUIRE(report.find("repairs") != nullptr);
    REQUIRE(report.find("repairs")->list()->size() == 2);
    CHECK(*report.find("exit_code")->number() == 0);
    const std::int64_t cheapest = *report.find("repairs")->list()->front().number();
    const traces::Value& set = (*report.find("sets")->list())[static_cast<std::size_t>(cheapest)];
    CHECK(*set.find("verdict")->text() == "repairs");
    CHECK(set.find("changes")->list()->size() == 4);
    CHECK(set.find("scopes")->list()->size() == 2);
}

TEST_CASE("answers are kept in a file, and a second run adds nothing") {
    const ScratchFolder folder;
    const std::vector<std::string> question = {"tiny", "--max-changes", "1", "--answers", "answers.jsonl"};
    const Finished first = repair(folder, question);
    CHECK(first.exit_code == 0);
    const std::string kept = traces::read_text_file(folder.path("answers.jsonl"));
    CHECK(!kept.empty());
    CHECK(repair(folder, question).out == first.out);
    CHECK(traces::read_text_file(folder.path("answers.jsonl")) == kept);
    static_cast<void>(folder.write("answers.jsonl", kept + "nonsense\n"));
    const Finished refused = repair(folder, question);
    CHECK(refused.exit_code == 65);
    CHECK(contains(refused.err, "answers.jsonl:"));
}

TEST_CASE("a repair in parts is the one that one run makes, and nothing is explored twice") {
    const ScratchFolder folder;
    const std::vector<std::string> question = {"tiny", "--max-changes", "1"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), question.begin(), question.end());
        return repair(folder, more);
    };
    const Finished whole = with({"--format", "json"});
    for (const std::string part : {"1", "2", "3"}) {
        const Finished finished = with({"--shard", part + "/3", "--answers", "part-" + part});
        CHECK(finished.exit_code == 0);
        CHECK(contains(finished.out, "part " + part + "/3: "));
    }
    const std::vector<std::string> known = {"--format", "json",   "--known", "part-1",
                                            "--known",  "part-2", "--known", "part-3"};
    std::vector<std::string> and_kept = known;
    and_kept.insert(and_kept.end(), {"--answers", "kept"});
    const Finished merged = with(and_kept);
    CHECK(merged.out == whole.out);
    CHECK(merged.exit_code == whole.exit_code);
    CHECK(contains(merged.err, "mdcd: --known: "));
    CHECK(!contains(merged.err, " 0 answers"));
    const Finished alone = with({"--shard", "1/3"});
    CHECK(alone.exit_code == 64);
    CHECK(contains(alone.err, "give --answers FILE as well"));
    CHECK(with({"--shard", "4/3", "--answers", "x"}).exit_code == 64);
    CHECK(with({"--known", "part-1", "--answers", "part-1"}).exit_code == 64);
    const Finished nothing = with({"--known", "no-such-file"});
    CHECK(nothing.exit_code == 65);
    CHECK(contains(nothing.err, "no-such-file: "));
}

TEST_CASE("no repair: 10; nothing to repair: 0; a limit: 20") {
    const ScratchFolder folder;
    const Finished none = repair(folder, {"tiny", "--rule", "reclamation"});
    CHECK(none.exit_code == 10);
    CHECK(contains(none.out, "no repair was found\n"));
    CHECK(contains(none.out, "no change         tiny: recoverability  in 7 steps\n"));
    const Finished nothing = repair(folder, {"tiny", "--from", "repaired"});
    CHECK(nothing.exit_code == 0);
    CHECK(contains(nothing.out, "nothing to repair: every claim holds under repaired\n"));
    const Finished limited = repair(folder, {"tiny", "--rule", "receiver_log", "--max-states", "200"});
    CHECK(limited.exit_code == 20);
    CHECK(contains(limited.out, "inconclusive: receiver_log=while_dirty: tiny: states\n"));
    const Finished vacuous =
        repair(folder, {"tiny", "--from", "published+recovery_line=local", "--rule", "checkpoint_index", "--property",
                        "minimal_rollback", "--property", "several_roll_back"});
    CHECK(vacuous.exit_code == 11);
    CHECK(contains(vacuous.out, "vacuous: checkpoint_index=local_sn: all claims hold, but nothing reaches any more "
                                "several_roll_back\n"));
}

TEST_CASE("every refuted set has its run where that is asked for") {
    const ScratchFolder folder;
    const Finished finished =
        repair(folder, {"tiny", "--rule", "receiver_log", "--rule", "reclamation", "--all-traces"});
    CHECK(finished.exit_code == 0);
    CHECK(std::filesystem::exists(folder.path("mdcd-traces/tiny.published+reclamation=by_cover.recoverability.json")));
}

TEST_CASE("mistakes are named") {
    const ScratchFolder folder;
    struct Wrong {
        std::vector<std::string> arguments;
        int exit_code;
        std::string says;
    };
    const std::vector<Wrong> all = {
        {{"tiny", "--rule", "reciever_log"}, 64, "did you mean 'receiver_log'"},
        {{"tiny", "--from", "publised"}, 65, "did you mean 'published'"},
        {{"tiny", "--property", "recoverabilty"}, 64, "did you mean 'recoverability'"},
        {{"tiny", "--property", "several_resent"}, 64, "none of the properties asked for is a claim"},
        {{"tiny", "tiny"}, 64, "two of them are named tiny"},
        {{}, 64, "SCOPE"},
    };
    for (const Wrong& each : all) {
        const Finished finished = repair(folder, each.arguments);
        CAPTURE(each.says);
        CHECK(finished.exit_code == each.exit_code);
        CHECK_MESSAGE(contains(finished.err, each.says), finished.err);
        CHECK(finished.out.empty());
    }
}

} // namespace mdcd::tests::cli
