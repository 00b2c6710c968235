// Long checks as a user meets them: killed at any moment and resumed they end as uninterrupted ones; a checkpoint of
// another search is refused with what differs; memory that would run out, more traces than one.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <regex>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::cli {
namespace {

// All of a report that does not depend on how long it took and how the work was divided.
std::string found(const std::string& report) {
    const std::regex effort(
        "[0-9.,]+ (s|states/s|ms, about \\w+|bytes a state)\\b|really ran [0-9,]+ times \\([0-9.]+ % remembered\\)");
    return std::regex_replace(report, effort, "*");
}

// Starts the program and kills it after so long. True if it was still running then.
bool run_and_kill(const std::vector<std::string>& arguments, const std::string& folder, unsigned milliseconds) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
        std::vector<std::string> all = arguments;
        all.insert(all.begin(), MDCD_EXECUTABLE);
        std::vector<char*> pointers;
        for (std::string& each : all)
            pointers.push_back(each.data());
        pointers.push_back(nullptr);
        if (chdir(folder.c_str()) == 0)
            execv(pointers[0], pointers.data());
        _exit(127);
    }
    usleep(1000 * milliseconds);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

} // namespace

TEST_CASE("killed at several moments and resumed: the report and the traces of an uninterrupted check") {
    const std::vector<std::string> check = {"check",  "one-two-short", "--rules",        "published",  "--max-states",
                                            "600000", "--property",    "recoverability", "--property", "containment"};
    const ScratchFolder whole_folder;
    const Finished whole = run_mdcd(check, whole_folder.path("."));
    REQUIRE(whole.exit_code == 10);

    const ScratchFolder folder;
    unsigned resumed = 0;
    unsigned killed = 0;
    for (const unsigned milliseconds : {150U, 300U, 450U, 600U, 800U}) {
        std::vector<std::string> arguments = check;
        const bool saved = std::filesystem::exists(folder.path("saved/search.checkpoint"));
        resumed += saved ? 1 : 0;
        arguments.insert(arguments.end(),
                         {saved ? "--resume" : "--checkpoint", "saved", "--checkpoint-seconds", "0.02"});
        killed += run_and_kill(arguments, folder.path("."), milliseconds) ? 1 : 0;
    }
    MESSAGE("killed ", killed, " times, resumed ", resumed, " times");
    std::vector<std::string> arguments = check;
    const bool saved = std::filesystem::exists(folder.path("saved/search.checkpoint"));
    arguments.insert(arguments.end(), {saved ? "--resume" : "--checkpoint", "saved"});
    const Finished last = run_mdcd(arguments, folder.path("."));
    CHECK(last.exit_code == whole.exit_code);
    CHECK(found(last.out) == found(whole.out));
    const std::string trace = "mdcd-traces/one-two-short.published.recoverability.json";
    CHECK(traces::read_text_file(folder.path(trace)) == traces::read_text_file(whole_folder.path(trace)));
}

TEST_CASE("a checkpoint that is not there or of another search is refused with what differs: exit 65") {
    const ScratchFolder folder;
    const auto run = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "check");
        return run_mdcd(arguments, folder.path("."));
    };
    const Finished none = run({"tiny", "--resume", "saved"});
    CHECK(none.exit_code == 65);
    CHECK(contains(none.err, "saved/search.checkpoint"));

    const Finished cut = run({"tiny", "--max-states", "1000", "--checkpoint", "saved"});
    CHECK(cut.exit_code == 10);
    CHECK(contains(cut.err, "the same command goes on"));
    struct Case {
        std::vector<std::string> arguments;
        std::string difference;
    };
    const std::vector<Case> others = {
        {{"tiny", "--set", "receiver_log=while_dirty"}, "rules.receiver_log"},
        {{"relay"}, "scope."},
        {{"tiny", "--symmetry"}, "renamed"},
        {{"tiny", "--traces", "3"}, "'paths = 1', this one says 'paths = 3'"},
    };
    for (const Case& other : others) {
        std::vector<std::string> arguments = other.arguments;
        arguments.insert(arguments.end(), {"--resume", "saved"});
        const Finished refused = run(arguments);
        CHECK(refused.exit_code == 65);
        CHECK_MESSAGE(contains(refused.err, other.difference), refused.err);
    }
    CHECK(contains(run({"tiny", "--resume", "saved"}).out, "exhaustive: 3,507 distinct states"));
    CHECK(run({"tiny", "--checkpoint", "a", "--resume", "b"}).exit_code == 64);
}

TEST_CASE("memory that would run out ends a check as inconclusive, and says so") {
    const ScratchFolder folder;
    const Finished finished =
        run_mdcd({"check", "one-two-short", "--rules", "repaired", "--max-memory", "2M"}, folder.path("."));
    CHECK(finished.exit_code == 20);
    CHECK(contains(finished.out, "bounded by memory: "));
    CHECK(contains(finished.out, "the search would have outgrown its memory (--max-memory)"));
}

TEST_CASE("several counterexamples of one property, each in a file of its own") {
    const ScratchFolder folder;
    const Finished finished = run_mdcd({"check", "tiny", "--traces", "3"}, folder.path("."));
    CHECK(finished.exit_code == 10);
    CHECK(contains(finished.out, "in 2 other ways"));
    for (const std::string number : {"", ".2", ".3"}) {
        const std::string file = folder.path("mdcd-traces/tiny.published.recoverability" + number + ".json");
        const traces::Trace trace = traces::read_trace(traces::read_text_file(file), file);
        CHECK(trace.verdict == "violated");
        CHECK(run_mdcd({"replay", file}).exit_code == 0);
    }
    CHECK(!std::filesystem::exists(folder.path("mdcd-traces/tiny.published.recoverability.4.json")));
}

TEST_CASE("every handler run twice gives the same report") {
    const ScratchFolder folder;
    CHECK(found(run_mdcd({"check", "tiny", "--check-determinism"}, folder.path(".")).out) ==
          found(run_mdcd({"check", "tiny"}, folder.path(".")).out));
}

} // namespace mdcd::tests::cli
