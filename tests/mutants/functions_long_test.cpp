// Every function of impl is run by some check of the gate that continuous integration runs: where none runs, no claim
// could see a mistake. Builds the program once more, from a copy of impl that notes what is run.
#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "checker/cli/mutate/child_process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests {

using checker::cli::mutate::ChildResult;
using checker::cli::mutate::run_child;

// Explored as systems of their own, in tests/differential.
static bool is_explored_elsewhere(const std::string& line) {
    return line.starts_with("never run: impl/link.hpp") || line.starts_with("never run: impl/upgrade_") ||
           line.starts_with("never run: impl/boundary");
}

TEST_CASE("the gate of the presets runs every function of impl that the model knows") {
    const ScratchFolder folder;
    const ChildResult result =
        run_child({.words = {MDCD_EXECUTABLE, "mutate", "presets", "--no-rules", "--mutants",
                             MDCD_SOURCE_DIR "/tests/mutants/source", "--tree", MDCD_SOURCE_DIR, "--scratch",
                             folder.path("scratch"), "--functions", "--progress", "off"},
                   .environment = {},
                   .seconds_max = 7000},
                  nullptr);
    CAPTURE(result.out);
    REQUIRE(result.end == ChildResult::End::exited);
    CHECK((result.code == 0 || result.code == 11)); // 11: some function is not run
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("never run: "))
            CHECK_MESSAGE(is_explored_elsewhere(line), line);
}

} // namespace mdcd::tests
