// The command line as a whole: help, version, wrong usage, output that cannot be written.
// Knows no subcommand by name but those that describe the program; finds the others in the help.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "checker/version.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"

namespace mdcd::tests::cli {
namespace {

// The first words of the lines below "Subcommands:".
std::vector<std::string> subcommands() {
    std::vector<std::string> names;
    std::istringstream help(run_mdcd({"--help"}).out);
    std::string line;
    while (std::getline(help, line) && line != "Subcommands:") {
    }
    while (std::getline(help, line) && line.starts_with("  ")) {
        if (line[2] != ' ')
            names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
}

} // namespace

TEST_CASE("the version is the one of the build") {
    const Finished finished = run_mdcd({"--version"});
    CHECK(finished.exit_code == 0);
    CHECK(finished.out == std::string("mdcd ") + checker::version + "\n");
    CHECK(finished.err.empty());
}

TEST_CASE("help is on every level, and shows examples") {
    const Finished program = run_mdcd({"--help"});
    CHECK(program.exit_code == 0);
    CHECK(contains(program.out, "Exit codes:"));
    CHECK(program.err.empty());
    std::vector<std::string> names = subcommands();
    REQUIRE(!names.empty());
    for (const std::string name : {"completion", "manual", "help", "explain", "try"})
        CHECK(std::ranges::find(names, name) != names.end());
    for (const std::string& name : names) {
        CAPTURE(name);
        const Finished finished = run_mdcd({name, "--help"});
        CHECK(finished.exit_code == 0);
        CHECK(contains(finished.out, "Usage: mdcd " + name));
        CHECK(contains(finished.out, "Example"));
        CHECK(contains(finished.out, "  mdcd " + name));
    }
}

TEST_CASE("help and version are there under each name that people try") {
    CHECK(run_mdcd({"-V"}).out == run_mdcd({"--version"}).out);
    CHECK(run_mdcd({"help"}).out == run_mdcd({"--help"}).out);
    CHECK(run_mdcd({"help", "check"}).out == run_mdcd({"check", "--help"}).out);
    CHECK(run_mdcd({"help", "list", "rules"}).out == run_mdcd({"list", "rules", "--help"}).out);
    const Finished wrong = run_mdcd({"help", "chekc"});
    CHECK(wrong.exit_code == 64);
    CHECK(contains(wrong.err, "did you mean 'check'?"));
}

TEST_CASE("wrong usage says what was wrong, names the nearest right word, and exits with 64") {
    struct Wrong {
        std::vector<std::string> arguments;
        std::string said;
    };
    const std::vector<Wrong> table = {
        {{}, "mdcd: A subcommand is required"},
        {{"shwo"}, "mdcd: unknown command 'shwo' (did you mean 'show'?)"},
        {{"frobnicate"}, "mdcd: unknown command 'frobnicate'\n"},
        {{"--versoin"}, "mdcd: unknown option '--versoin' (did you mean '--version'?)"},
        {{"completion", "--hlep"}, "mdcd: unknown option '--hlep' (did you mean '--help'?)"},
        {{"completion", "--hlep=3"}, "mdcd: unknown option '--hlep' (did you mean '--help'?)"},
        {{"completion", "ksh"}, "expected bash, zsh or fish, found 'ksh' (did you mean 'zsh'?)"},
        {{"check", "tiny", "--workers", "-1"},
         "mdcd: --workers: expected a whole number from 0 to 2^63 - 1, found '-1'"},
        {{"check", "tiny", "--max-seconds", "soon"},
         "mdcd: --max-seconds: expected seconds from 0 to 10^9, found 'soon'"},
        {{"completion"}, "SHELL is required"},
        {{"completion", "bash", "zsh"}, "'zsh'"},
    };
    for (const Wrong& wrong : table) {
        CAPTURE(wrong.said);
        const Finished finished = run_mdcd(wrong.arguments);
        CHECK(finished.exit_code == 64);
        CHECK(finished.out.empty());
        CHECK_MESSAGE(contains(finished.err, wrong.said), finished.err);
        CHECK(contains(finished.err, "--help'"));
    }
}

#ifndef MDCD_HAS_MPI // tests/mpi has what becomes of them where they can
TEST_CASE("several copies under mpirun are refused where they cannot work together") {
    for (const std::vector<std::string>& command : {std::vector<std::string>{"check", "tiny"}, {"list", "scopes"}}) {
        std::vector<std::string> words{"env", "OMPI_COMM_WORLD_SIZE=4", MDCD_EXECUTABLE};
        words.insert(words.end(), command.begin(), command.end());
        const Finished finished = run_command(words);
        CHECK(finished.exit_code == 64);
        CHECK(finished.out.empty());
        CHECK_MESSAGE(contains(finished.err, "several copies of a build without MPI"), finished.err);
        words[1] = "OMPI_COMM_WORLD_SIZE=1";
        if (command[0] == "list")
            CHECK(run_command(words).exit_code == 0);
    }
}
#endif

TEST_CASE("output that cannot be written is an error") {
    for (const std::string arguments : {"manual", "--help", "--version", "completion zsh"}) {
        CAPTURE(arguments);
        const Finished finished =
            run_command({"sh", "-c", std::string("exec '") + MDCD_EXECUTABLE + "' " + arguments + " > /dev/full"});
        CHECK(finished.exit_code == 74);
        CHECK(contains(finished.err, "could not be written"));
    }
}

} // namespace mdcd::tests::cli
