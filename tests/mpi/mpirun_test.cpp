// `mpirun -n N mdcd check`: what is printed and written is that of one process, by one rank only; what goes wrong is
// told once. Only in builds with MPI. Ranks share the cores of this machine.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "checker/distributed/mpi/mpi_world.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace mdcd::tests;
using mdcd::tests::cli::Finished;

namespace {

namespace fs = std::filesystem;

// `program`: what each rank is.
Finished run_ranks(unsigned ranks, const std::vector<std::string>& program, const std::string& folder) {
    std::vector<std::string> command = {"mpirun",          "--quiet", "--allow-run-as-root",
                                        "--oversubscribe", "-n",      std::to_string(ranks)};
    command.insert(command.end(), program.begin(), program.end());
    return mdcd::tests::cli::run_command(command, folder);
}

Finished check_on(unsigned ranks, const std::vector<std::string>& arguments, const std::string& folder) {
    std::vector<std::string> program = {MDCD_EXECUTABLE, "check", "--z3", "off"};
    program.insert(program.end(), arguments.begin(), arguments.end());
    return ranks == 0 ? mdcd::tests::cli::run_command(program, folder) : run_ranks(ranks, program, folder);
}

// All but how long it took. mpirun hands lines on with the ending of a terminal.
std::string without_time(std::string text) {
    std::erase(text, '\r');
    const std::size_t depth = text.find(", depth ");
    REQUIRE(depth != std::string::npos);
    const std::size_t begin = text.find(';', depth);
    return text.erase(begin, text.find('\n', begin) - begin);
}

std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> names;
    if (fs::exists(folder))
        for (const fs::directory_entry& each : fs::directory_iterator(folder))
            names.push_back(each.path().filename());
    std::ranges::sort(names);
    return names;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

} // namespace

TEST_CASE("several ranks print and write what one process does") {
    const ScratchFolder scratch;
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"tiny"}, {"tiny", "--symmetry"}, {"relay", "--traces", "3"}}) {
        const fs::path one = scratch.path("one");
        const fs::path several = scratch.path("several");
        fs::remove_all(one);
        fs::create_directories(one);
        const Finished expected = check_on(0, arguments, one);
        for (const unsigned ranks : {1U, 2U, 4U}) {
            CAPTURE(ranks);
            fs::remove_all(several);
            fs::create_directories(several);
            const Finished found = check_on(ranks, arguments, several);
            CHECK(found.exit_code == expected.exit_code);
            CHECK(without_time(found.out) == without_time(expected.out));
            const std::vector<std::string> files = files_in(one / "mdcd-traces");
            CHECK_FALSE(files.empty());
            CHECK(files_in(several / "mdcd-traces") == files);
            for (const std::string& file : files)
                CHECK(content_of(several / "mdcd-traces" / file) == content_of(one / "mdcd-traces" / file));
        }
    }
}

TEST_CASE("what several ranks do not do is told once, with the exit code for it") {
    const ScratchFolder scratch;
    const std::string folder = scratch.path("");
    const Finished missing = check_on(2, {"tiny", "--resume", "saved"}, folder);
    CHECK(missing.exit_code == 65);
    CHECK(count_of(missing.err + missing.out, "cannot read 'saved/search.checkpoint'") == 1);
    const Finished unknown = check_on(3, {"nowhere"}, folder);
    CHECK(unknown.exit_code == 65);
    CHECK(count_of(unknown.err + unknown.out, "nowhere: no such scope") == 1);
    const Finished whole_runs = check_on(2, {"async-tiny", "--property", "recovery_terminates"}, folder);
    CHECK(whole_runs.exit_code == 20);
    CHECK(contains(whole_runs.out, "whole runs, which several ranks do not judge"));
}

TEST_CASE("a rank that is lost ends all, and mpirun says which") {
    const ScratchFolder scratch;
    const std::string program = std::string("if [ \"$OMPI_COMM_WORLD_RANK\" = 1 ]; then (sleep 1; kill -9 $$) & fi; ") +
                                "exec " + MDCD_EXECUTABLE + " check one-two --z3 off --max-seconds 30";
    const Finished lost = mdcd::tests::cli::run_command(
        {"mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2", "sh", "-c", program}, scratch.path(""));
    CHECK((lost.exit_code == 128 + 9 || lost.exit_code == 69));
    CHECK(contains(lost.err + lost.out, "rank 1"));
    CHECK_FALSE(contains(lost.out, "verdict:"));
}

// Cut by a limit on states, then by the next one, then to the end.
TEST_CASE("a checkpoint is gone on from by any number of ranks, one process included") {
    const ScratchFolder scratch;
    const fs::path one = scratch.path("one");
    const fs::path several = scratch.path("several");
    fs::create_directories(one);
    const Finished expected = check_on(0, {"relay", "--traces", "3"}, one);
    for (const auto& ranks : {std::array{0U, 3U, 2U}, std::array{2U, 4U, 0U}}) {
        fs::remove_all(several);
        fs::create_directories(several);
        const std::vector<std::string> same = {"relay", "--traces", "3", "--checkpoint", "saved"};
        std::vector<std::string> cut = same;
        cut.insert(cut.end(), {"--max-states", "700"});
        CHECK(contains(check_on(ranks[0], cut, several).out, "bounded by states"));
        cut.back() = "2000";
        const Finished second = check_on(ranks[1], cut, several);
        CHECK(contains(second.out, "bounded by states"));
        CHECK(count_of(second.err + second.out, "going on from the checkpoint in saved") == 1);
        CHECK(count_of(second.err + second.out, "what was found is kept") == 1);
        const Finished found = check_on(ranks[2], same, several);
        CHECK(found.exit_code == expected.exit_code);
        CHECK(without_time(found.out) == without_time(expected.out));
        for (const std::string& file : files_in(one / "mdcd-traces"))
            CHECK(content_of(several / "mdcd-traces" / file) == content_of(one / "mdcd-traces" / file));
    }
}

// The process is killed once there is a checkpoint: the others cannot save any more.
TEST_CASE("after a rank was killed, the checkpoint leads to the result of one process") {
    const ScratchFolder scratch;
    const fs::path folder = scratch.path("");
    const Finished expected = check_on(0, {"one-one"}, scratch.path(""));
    const std::string kill = "if [ \"$OMPI_COMM_WORLD_RANK\" = 1 ]; then (until [ -e saved/search.checkpoint ]; do "
                             "sleep 0.05; done; kill -9 $$) & fi; ";
    const std::string check = std::string("exec ") + MDCD_EXECUTABLE + " check one-one --z3 off --checkpoint saved ";
    const Finished lost = run_ranks(3, {"sh", "-c", kill + check + "--checkpoint-seconds 0.3"}, folder);
    CHECK((lost.exit_code == 128 + 9 || lost.exit_code == 69));
    REQUIRE(fs::exists(folder / "saved" / "search.checkpoint"));
    for (const unsigned ranks : {2U, 0U}) { // the second time from the first one's checkpoint
        const Finished found = check_on(ranks, {"one-one", "--resume", "saved"}, folder);
        CHECK(found.exit_code == expected.exit_code);
        CHECK(without_time(found.out) == without_time(expected.out));
    }
}

// Not a test by itself: what each rank does in the next one.
TEST_CASE("a rank that gives up after the first meeting" * doctest::skip()) {
    std::atomic<bool> never = false;
    const auto world = mdcd::checker::distributed::mpi::MpiWorld::join(never);
    REQUIRE(world != nullptr);
    std::string met;
    for (const std::string& each : world->gather(std::to_string(world->rank())))
        met += each;
    if (world->rank() == 1) {
        world->abandon("it has had enough");
        std::this_thread::sleep_for(std::chrono::seconds(2));
        world->end_all(7);
    }
    std::string heard;
    try {
        (void)world->gather("again");
    } catch (const mdcd::checker::distributed::LostRank& lost) {
        heard = lost.what();
    }
    std::ofstream("rank" + std::to_string(world->rank())) << met << ' ' << heard;
    std::this_thread::sleep_for(std::chrono::seconds(60)); // rank 1 ends all
}

TEST_CASE("who waits for a rank that has given up is told why, and what was said before is not lost") {
    const ScratchFolder scratch;
    const fs::path folder = scratch.path("");
    const Finished ended = run_ranks(
        3, {fs::read_symlink("/proc/self/exe"), "--no-skip", "-tc=a rank that gives up after the first meeting"},
        folder);
    CHECK(ended.exit_code == 7);
    for (const char* const rank : {"rank0", "rank2"})
        CHECK(content_of(folder / rank) == "012 rank 1 has given up: it has had enough");
}
