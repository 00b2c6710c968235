// `mdcd scenario` as a person meets it: the run, what is not so, a trace to draw, scenarios of traces, and exit codes.
// What lines mean is in the unit tests of the model.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

const std::string good = "scope tiny\nrules published\nL1 sends 1 to A1\nA1 receives 1\nexpect A1 dirty\n";

} // namespace

TEST_CASE("a scenario that is as expected exits with 0 and shows its run") {
    const ScratchFolder folder;
    const Finished finished = run_mdcd({"scenario", folder.write("a.scenario", good)});
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(finished.out.starts_with("scope tiny, rules published\n\n  1  L1 sends cluster message 1 to A1 (dirty)\n"));
    CHECK(contains(finished.out, "\n       * takes checkpoint 1 first"));
    CHECK(contains(finished.out, "\n       ok  A1 dirty\n"));
    CHECK(contains(finished.out, "\nRecovery from here\n  L1  stops\n"));
    CHECK(finished.out.ends_with("/a.scenario: 2 steps, 1 expectation, 0 not met\n"));
    const Finished quiet = run_mdcd({"scenario", "--quiet", folder.path("a.scenario"), folder.path("a.scenario")});
    CHECK(quiet.exit_code == 0);
    const std::string line = folder.path("a.scenario") + ": 2 steps, 1 expectation, 0 not met\n";
    CHECK(quiet.out == line + line);
}

TEST_CASE("what is not so exits with 10, what cannot be understood with 65, wrong usage with 64") {
    const ScratchFolder folder;
    const std::string file = folder.write("a.scenario", good + "expect A1 clean\nexpect A1 checkpoints none\n");
    const Finished unmet = run_mdcd({"scenario", "--quiet", file});
    CHECK(unmet.exit_code == 10);
    CHECK(contains(unmet.out, file + ": line 6, column 8: not so: A1 clean; found: A1 dirty\n"));
    CHECK(contains(unmet.out, file + ": line 7, column 8: not so: A1 checkpoints none; found: A1 checkpoints 1 [1]\n"));
    const std::string wrong = folder.write("b.scenario", good + "A2 receives 1\n");
    const Finished malformed = run_mdcd({"scenario", wrong});
    CHECK(malformed.exit_code == 65);
    CHECK(contains(malformed.err, wrong + ": line 6, column 1: 'A2 receives 1' is not enabled; enabled are\n    "));
    CHECK(run_mdcd({"scenario", folder.path("none.scenario")}).exit_code == 65);
    CHECK(run_mdcd({"scenario"}).exit_code == 64);
    CHECK(run_mdcd({"scenario", file, file, "--trace", folder.path("t.json")}).exit_code == 64);
    CHECK(run_mdcd({"scenario", file, "--property", "containment"}).exit_code == 64);
}

TEST_CASE("a scenario that expects nothing checks nothing: exit 20, and said") {
    const ScratchFolder folder;
    for (const std::string text : {"scope tiny\n", "scope tiny\nL1 sends 1 to A1\nA1 receives 1\n"}) {
        const Finished finished = run_mdcd({"scenario", "--quiet", folder.write("a.scenario", text)});
        CHECK(finished.exit_code == 20);
        CHECK(contains(finished.out, "a.scenario: nothing was checked: add what must be true"));
    }
    CHECK(run_mdcd({"scenario", folder.write("b.scenario", "scope tiny\nexpect A1 clean\n")}).exit_code == 0);
    const Finished both = run_mdcd({"scenario", "--quiet", folder.path("a.scenario"), folder.path("b.scenario")});
    CHECK(both.exit_code == 20);
    // Nothing to be a trace of leaves no file.
    CHECK(run_mdcd({"scenario", folder.path("b.scenario"), "--trace", folder.path("t.json"), "--property",
                    "minimal_rollback"})
              .exit_code == 65);
    CHECK(!std::filesystem::exists(folder.path("t.json")));
}

TEST_CASE("a scenario becomes a trace that replays, and a trace a scenario that runs from the standard input") {
    const ScratchFolder folder;
    const std::string scenario = std::string(MDCD_SOURCE_DIR) + "/tests/scenario/dropped-checkpoint.scenario";
    const std::string trace = folder.path("t.json");
    CHECK(run_mdcd({"scenario", scenario, "--quiet", "--trace", trace}).exit_code == 0);
    CHECK(run_mdcd({"replay", trace}).exit_code == 0);
    CHECK(run_mdcd({"scenario", scenario, "--quiet", "--trace", trace, "--property", "recoverability"}).exit_code == 0);
    CHECK(contains(traces::read_text_file(trace), "\"property\": \"recoverability\""));
    const std::string pipe = std::string("'") + MDCD_EXECUTABLE + "' show '" + trace + "' --as scenario | '" +
                             MDCD_EXECUTABLE + "' scenario -";
    const Finished piped = run_command({"bash", "-o", "pipefail", "-c", pipe});
    CHECK(piped.exit_code == 0);
    CHECK(contains(piped.out, "\nstandard input: 8 steps, "));
    const std::string nothing = folder.write("a.scenario", "scope tiny\nexpect A1 clean\n");
    const Finished about_nothing = run_mdcd({"scenario", nothing, "--trace", trace});
    CHECK(about_nothing.exit_code == 65);
    CHECK(contains(about_nothing.err, "a trace is about a property"));
}

TEST_CASE("a text report can be pasted: its lines of steps and notes are lines of a scenario") {
    const ScratchFolder folder;
    const Finished check = run_mdcd({"check", "tiny", "--trace-dir", folder.path("t")});
    CHECK(check.exit_code == 10);
    const Finished shown = run_mdcd({"show", folder.path("t/tiny.published.recoverability.json"), "--width", "0"});
    std::string text = "scope tiny\nrules published\n";
    std::size_t steps = 0;
    for (std::size_t from = 0; from < shown.out.size();) {
        const std::size_t end = shown.out.find('\n', from);
        const std::string line = shown.out.substr(from, end - from);
        const std::size_t start = line.find_first_not_of(' ');
        from = end + 1;
        if (start == std::string::npos || start == 0)
            continue;
        const bool step = line[start] >= '0' && line[start] <= '9';
        steps += step ? 1U : 0U;
        if (step || line[start] == '*')
            text += line + "\n";
    }
    CHECK(steps == 7);
    const Finished finished = run_mdcd({"scenario", "--quiet", folder.write("pasted.scenario", text)});
    CHECK(finished.exit_code == 0);
    CHECK_MESSAGE(contains(finished.out, "7 steps, "), finished.err);
    CHECK(!contains(finished.out, " 0 expectations"));
}

} // namespace mdcd::tests::cli
