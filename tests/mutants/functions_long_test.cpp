// Every function of impl is run by some check of the gate that continuous integration runs: where none runs, no claim
// could see a mistake. Builds the program once more, from a copy of impl that notes what is run.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>

#include "checker/cli/mutate/child_process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests {

using checker::cli::mutate::ChildResult;
using checker::cli::mutate::run_child;

// Systems of their own, which other tests and gates explore, and what runs on sockets.
static bool is_explored_elsewhere(const std::string& function) {
    return std::ranges::any_of(std::array{"link.hpp", "upgrade_", "boundary", "levels", "runtime/"},
                               [&](const char* start) { return function.starts_with(std::string("impl/") + start); });
}

// No handler calls these: one ends the program, one is for whoever reads notes, the others run while it is compiled.
static bool is_no_handler(const std::string& function) {
    return function == "impl/limits.hpp: capacity_exceeded" || function == "impl/notes.hpp: Notes::size" ||
           function == "impl/rules.cpp: row" || function.starts_with("impl/enumerator_names.hpp: ");
}

TEST_CASE("the gate of the presets runs every function of impl that the model knows") {
    const ScratchFolder folder;
    const ChildResult result =
        run_child({.words = {MDCD_EXECUTABLE, "mutate", "presets", "--no-rules", "--tree", MDCD_SOURCE_DIR, "--scratch",
                             folder.path("scratch"), "--functions", "--progress", "off"},
                   .environment = {},
                   .seconds_max = 7000},
                  nullptr);
    CAPTURE(result.out);
    REQUIRE(result.end == ChildResult::End::exited);
    CHECK((result.code == 0 || result.code == 11)); // 11: some function is not run
    std::istringstream lines(result.out);
    const std::string never = "never run: ";
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(never)) {
            const std::string function = line.substr(never.size());
            CHECK_MESSAGE((is_explored_elsewhere(function) || is_no_handler(function)), line);
        }
}

} // namespace mdcd::tests
