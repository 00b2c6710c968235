// The folder of a checkpointed search belongs to its user: the same command goes on, another search is refused, one
// search at a time, nothing but a file is read, and every request to end saves first.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include <sys/stat.h>

#include "tests/cli/process.hpp"
#include "tests/cli/running_process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

namespace fs = std::filesystem;

constexpr int cannot_write = 74;

Finished check_kept(const ScratchFolder& folder, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"check", "tiny", "--z3", "off", "--checkpoint", "saved"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_mdcd(arguments, folder.path("."));
}

std::string checkpoint_in(const ScratchFolder& folder) {
    return traces::read_text_file(folder.path("saved/search.checkpoint"));
}

// A search that would run for minutes, with no checkpoint but the one at its end.
std::vector<std::string> long_search(const ScratchFolder& folder) {
    return {MDCD_EXECUTABLE,
            "check",
            "one-two",
            "--rules",
            "repaired",
            "--z3",
            "off",
            "--workers",
            "1",
            "--trace-dir",
            folder.path("t"),
            "--checkpoint",
            folder.path("saved"),
            "--checkpoint-seconds",
            "36000"};
}

// It holds the folder, and has had time to find its first states.
void wait_for_begin(const ScratchFolder& folder) {
    for (int tries = 0; tries < 600 && !fs::exists(folder.path("saved/search.lock")); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::this_thread::sleep_for(std::chrono::seconds(1));
}

} // namespace

TEST_CASE("the command of a checkpointed search, given again, goes on and says so") {
    const ScratchFolder folder;
    const Finished first = check_kept(folder, {"--max-states", "1000"});
    CHECK(first.exit_code == 10);
    const std::string saved = checkpoint_in(folder);
    const Finished again = check_kept(folder, {});
    CHECK(again.exit_code == 10);
    CHECK(contains(again.err, "going on from the checkpoint in saved"));
    CHECK(contains(again.out, "exhaustive: 3,507 distinct states"));
    CHECK(checkpoint_in(folder).size() >= saved.size());
}

TEST_CASE("another search is refused, and what is saved stays") {
    const ScratchFolder folder;
    static_cast<void>(check_kept(folder, {"--max-states", "1000"}));
    const std::string saved = checkpoint_in(folder);
    const Finished other = check_kept(folder, {"--set", "receiver_log=while_dirty"});
    CHECK(other.exit_code == 65);
    CHECK(contains(other.err, "rules.receiver_log"));
    CHECK(other.out.empty());
    CHECK(checkpoint_in(folder) == saved);
}

TEST_CASE("two searches in one folder: the second one is refused at once") {
    const ScratchFolder folder;
    fs::create_directory(folder.path("saved"));
    const Finished second = run_command({"flock", folder.path("saved/search.lock"), MDCD_EXECUTABLE, "check", "tiny",
                                         "--z3", "off", "--checkpoint", "saved"},
                                        folder.path("."));
    CHECK(second.exit_code == cannot_write);
    CHECK(contains(second.err, "another mdcd is at work here"));
    CHECK(!fs::exists(folder.path("saved/search.checkpoint")));
}

TEST_CASE("what is no file in a checkpoint's place is refused at once, and not followed") {
    const ScratchFolder folder;
    fs::create_directory(folder.path("saved"));
    const std::string place = folder.path("saved/search.checkpoint");
    REQUIRE(mkfifo(place.c_str(), 0600) == 0);
    for (const std::string how : {"--checkpoint", "--resume"}) {
        const Finished pipe = run_mdcd({"check", "tiny", "--z3", "off", how, "saved"}, folder.path("."));
        CHECK(pipe.exit_code == 65);
        CHECK_MESSAGE(contains(pipe.err, "it is not a regular file"), pipe.err);
    }
    fs::remove(place);
    const std::string victim = folder.write("victim", "safe");
    fs::create_symlink(victim, place);
    CHECK(check_kept(folder, {}).exit_code == 65);
    fs::remove(place);
    fs::create_symlink(victim, place + ".unfinished"); // in the way of the file that is written first
    CHECK(check_kept(folder, {"--max-states", "1000"}).exit_code == 10);
    CHECK(fs::is_regular_file(fs::symlink_status(place)));
    CHECK(traces::read_text_file(victim) == "safe");
}

TEST_CASE("every request to end saves what was found: exit 130, and the same command goes on") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGXFSZ}) {
        CAPTURE(signal);
        const ScratchFolder folder;
        RunningProcess search(long_search(folder));
        wait_for_begin(folder);
        CHECK(search.end_by(signal) == 130);
        CHECK(fs::is_regular_file(folder.path("saved/search.checkpoint")));
        std::vector<std::string> command = long_search(folder);
        command.insert(command.end(), {"--max-seconds", "0.05"});
        const Finished again = run_command(command);
        CHECK(again.exit_code == 20);
        CHECK(contains(again.err, "going on from the checkpoint"));
    }
}

TEST_CASE("a limit on the size of files ends no search: the last good checkpoint stays, and the report comes") {
    const ScratchFolder folder;
    static_cast<void>(check_kept(folder, {"--max-states", "1000"}));
    const std::string saved = checkpoint_in(folder);
    const Finished limited = run_command(
        {"bash", "-c",
         std::string("(ulimit -f 1; exec '") + MDCD_EXECUTABLE +
             "' check tiny --z3 off --quiet --checkpoint saved --checkpoint-seconds 0) 2> >(cat >&2) | cat; "
             "exit ${PIPESTATUS[0]}"},
        folder.path("."));
    CHECK(contains(limited.out, "exhaustive: 3,507 distinct states"));
    CHECK(contains(limited.err, "warning: no checkpoint: "));
    CHECK(checkpoint_in(folder) == saved);
}

TEST_CASE("an abort, of ours or of a library, exits with 70 as an internal error does") {
    const ScratchFolder folder;
    RunningProcess search(long_search(folder));
    wait_for_begin(folder);
    CHECK(search.end_by(SIGABRT) == 70);
}

} // namespace mdcd::tests::cli
