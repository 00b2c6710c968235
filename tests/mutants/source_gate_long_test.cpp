// What the gate that continuous integration runs sees of the project's own mutants, and which functions of impl it
// runs: where none runs, no claim could see a mistake. Builds the program once more, from a copy of impl that holds all
// mutants and notes what is run.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <vector>

#include "checker/cli/mutate/child_process.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {
namespace {

using checker::cli::mutate::ChildResult;
using checker::cli::mutate::run_child;

// One scratch folder for all cases: the program is built once.
ChildResult mutate_presets(const std::vector<std::string>& more) {
    static const ScratchFolder folder;
    std::vector<std::string> words{MDCD_EXECUTABLE, "mutate",        "presets",
                                   "--no-rules",    "--mutants",     MDCD_SOURCE_DIR "/tests/mutants/source",
                                   "--tree",        MDCD_SOURCE_DIR, "--scratch",
                                   folder.path(""), "--progress",    "off"};
    words.insert(words.end(), more.begin(), more.end());
    return run_child({.words = words, .environment = {}, .seconds_max = 7000}, nullptr);
}

// Systems of their own, which other tests and gates explore, with what only they ask, and what runs on sockets.
bool is_explored_elsewhere(const std::string& function) {
    return std::ranges::any_of(std::array{"link", "upgrade_", "boundary", "levels", "runtime/", "recovery_room.hpp",
                                          "guards.hpp: Values::successor", "guards.hpp: Values::larger"},
                               [&](const char* start) { return function.starts_with(std::string("impl/") + start); });
}

// No handler calls these: one ends the program, one is for whoever reads notes, the others run while it is compiled.
bool is_no_handler(const std::string& function) {
    return function == "impl/limits.hpp: capacity_exceeded" || function == "impl/notes.hpp: Notes::size" ||
           function == "impl/rules.cpp: row" || function.starts_with("impl/enumerator_names.hpp: ");
}

} // namespace

TEST_CASE("a named property of the gate sees every mutant of the list that matters") {
    const ChildResult result = mutate_presets({"--matters-only", "--format", "json"});
    CAPTURE(result.err);
    REQUIRE(result.end == ChildResult::End::exited);
    REQUIRE((result.code == 0 || result.code == 10 || result.code == 20));
    const traces::Value report = traces::parse_json(result.out, "report");
    CHECK(report.find("mutants")->list()->size() > 300);
    for (const traces::Value& mutant : *report.find("mutants")->list()) {
        CAPTURE(*mutant.find("name")->text());
        CAPTURE(*mutant.find("fault")->text());
        CHECK(*mutant.find("seen")->text() == "property");
    }
}

TEST_CASE("the gate of the presets runs every function of impl that the model knows") {
    const ChildResult result = mutate_presets({"--functions"});
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
