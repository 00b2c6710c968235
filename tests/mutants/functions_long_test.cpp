// Every function of impl is run by some check of the gate that continuous integration runs: where none runs, no claim
// could see a mistake. Builds the program once more, from a copy of impl that notes what is run.
#include <doctest/doctest.h>

#include <string>

#include "checker/cli/mutate/child_process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests {

using checker::cli::mutate::ChildResult;
using checker::cli::mutate::run_child;

TEST_CASE("the gate of the presets runs every function of impl") {
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
    CHECK(result.code == 0);
    CHECK(result.out.find("never run") == std::string::npos);
}

} // namespace mdcd::tests
