// `mpirun -n N mdcd check`: what is printed and written is that of one process, by one rank only; what goes wrong is
// told once. Only in builds with MPI. Ranks share the cores of this machine.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

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
    const Finished saving = check_on(2, {"tiny", "--checkpoint", "saved"}, folder);
    CHECK(saving.exit_code == 64);
    CHECK(count_of(saving.err + saving.out, "a distributed search writes and reads no checkpoints") == 1);
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
