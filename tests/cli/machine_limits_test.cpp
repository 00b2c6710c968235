// Where the machine gives too little memory, stack or too few descriptors or threads: the program goes on with less, or
// says so and exits with 70. It is never ended by a signal, and blames nobody else.
#include <doctest/doctest.h>

#include <string>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

// The program under limits as the shell sets them, for at most three seconds (then 124).
Finished run_limited(const std::string& limits, const std::string& arguments) {
    const ScratchFolder folder;
    return run_command(
        {"bash", "-c",
         "ulimit -c 0; " + limits + "; exec timeout --preserve-status -s INT 3 '" + MDCD_EXECUTABLE + "' " + arguments},
        folder.path("."));
}

// 127: the loader found no room for the libraries. 20: the search itself came to its limit on memory.
bool is_told(const Finished& finished) {
    if (finished.exit_code == 20)
        return contains(finished.out, "bounded by memory: ") && contains(finished.out, "verdict: inconclusive: ");
    const bool is_refused = finished.exit_code == 70 && (contains(finished.err, "mdcd: there is not enough memory") ||
                                                         contains(finished.err, "mdcd: the s"));
    return is_refused || finished.exit_code == 127;
}

} // namespace

TEST_CASE("a check with little memory ends as it should, or says that memory or a thread is missing") {
    int refused = 0;
    int done = 0;
    for (int kilobytes = 30'000; kilobytes <= 120'000; kilobytes += 5'000) {
        const Finished finished = run_limited("ulimit -v " + std::to_string(kilobytes), "check tiny --quiet");
        CAPTURE(kilobytes);
        const bool has_verdict = contains(finished.out, "verdict: violated: recoverability");
        CHECK_MESSAGE((has_verdict ? finished.exit_code == 10 : is_told(finished)), finished.exit_code, finished.err);
        ++(has_verdict ? done : refused);
    }
    MESSAGE(refused, " refused, ", done, " done");
    CHECK(refused > 0);
    CHECK(done > 0);
}

TEST_CASE("where memory is just enough to load the libraries, it is told that there is not enough of it") {
    const auto at = [](int kilobytes) {
        return run_limited("ulimit -v " + std::to_string(kilobytes), "check tiny --quiet");
    };
    int too_little = 20'000; // for the loader
    int enough = 120'000;    // for it
    while (enough - too_little > 100) {
        const int middle = (too_little + enough) / 2;
        (at(middle).exit_code == 127 ? too_little : enough) = middle;
    }
    for (int kilobytes = enough; kilobytes < enough + 1'000; kilobytes += 100) {
        CAPTURE(kilobytes);
        const Finished finished = at(kilobytes);
        CHECK_MESSAGE(is_told(finished), finished.exit_code, finished.err);
    }
}

TEST_CASE("a stack that is too small is told; a soft limit is raised") {
    const Finished hard = run_limited("ulimit -s 64", "check tiny --z3 off --quiet");
    CHECK(hard.exit_code == 70);
    CHECK_MESSAGE(contains(hard.err, "mdcd: the stack is limited to 64 KiB (ulimit -s); 512 are needed"), hard.err);
    CHECK(run_limited("ulimit -S -s 64", "check tiny --z3 off --quiet").exit_code == 10);
}

TEST_CASE("the explorer serves, or says what the machine does not give it") {
    int refused = 0;
    int served = 0;
    for (const std::string limits : {"ulimit -n 4", "ulimit -n 5", "ulimit -n 6", "ulimit -n 7", "ulimit -v 35000",
                                     "ulimit -v 40000", "ulimit -v 45000", "ulimit -n 64"}) {
        const Finished finished = run_limited(limits, "explore tiny --port 0");
        CAPTURE(limits);
        const bool is_serving = contains(finished.out + finished.err, "Serving http://127.0.0.1:");
        CHECK_MESSAGE((is_serving || is_told(finished)), finished.exit_code, finished.err);
        CHECK(finished.exit_code != 139);
        ++(is_serving ? served : refused);
    }
    MESSAGE(refused, " refused, ", served, " served");
    CHECK(refused > 0);
    CHECK(served > 0);
}

} // namespace mdcd::tests::cli
