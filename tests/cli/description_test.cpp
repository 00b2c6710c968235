// What the program writes about itself: completion scripts that shells accept and that complete, and a manual page.
// The shells are asked where they are installed; bash always is.
#include <doctest/doctest.h>

#include <sstream>

#include "tests/cli/process.hpp"

namespace mdcd::tests::cli {
namespace {

// The words that bash would offer for the last of `words`.
std::vector<std::string> completed(const std::vector<std::string>& words) {
    std::string script = "eval \"$($0 completion bash)\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _mdcd; "
                         "printf '%s\\n' \"${COMPREPLY[@]}\"";
    std::vector<std::string> command = {"bash", "-c", script, MDCD_EXECUTABLE};
    command.insert(command.end(), words.begin(), words.end());
    const Finished finished = run_command(command);
    REQUIRE_MESSAGE(finished.exit_code == 0, finished.err);
    CHECK(finished.err.empty());
    std::vector<std::string> offered;
    std::istringstream lines(finished.out);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty())
            offered.push_back(line);
    }
    return offered;
}

} // namespace

TEST_CASE("bash completes commands, options, the choices of an option, and files") {
    using Words = std::vector<std::string>;
    CHECK(completed({"mdcd", "sh"}) == Words{"show"});
    CHECK(completed({"mdcd", "--ver"}) == Words{"--version"});
    CHECK(completed({"mdcd", "show", "--o"}) == Words{"--output"});
    CHECK(completed({"mdcd", "show", "--as", "mer"}) == Words{"mermaid"});
    const std::string folder = std::string(MDCD_SOURCE_DIR) + "/";
    CHECK(completed({"mdcd", "show", folder + "CMakeL"}) == Words{folder + "CMakeLists.txt"});
    CHECK(completed({"mdcd", "show", "--unknown-option"}).empty());
}

TEST_CASE("bash completes the names of what is shipped, beside files") {
    using Words = std::vector<std::string>;
    CHECK(completed({"mdcd", "check", "async-ti"}) == Words{"async-tiny"});
    CHECK(completed({"mdcd", "compare", "tiny", "async-re"}) == Words{"async-relay"});
    CHECK(completed({"mdcd", "check", "tiny", "--rules", "lit"}) == Words{"literal"});
    CHECK(completed({"mdcd", "repair", "tiny", "--from", "repaired_v"}) == Words{"repaired_vector"});
    CHECK(completed({"mdcd", "check", "tiny", "--set", "receiver_log=w"}) == Words{"receiver_log=while_dirty"});
    CHECK(completed({"mdcd", "repair", "tiny", "--rule", "receiver"}) == Words{"receiver_log"});
    CHECK(completed({"mdcd", "check", "tiny", "--property", "containm"}) == Words{"containment"});
    CHECK(completed({"mdcd", "check", "upgrade/begin_t"}) == Words{"upgrade/begin_twice"});
    CHECK(completed({"mdcd", "check", "upgrade/again", "--set", "begin_drain=n"}) == Words{"begin_drain=none"});
    CHECK(completed({"mdcd", "gate", "pres"}) == Words{"presets"});
    const std::string folder = std::string(MDCD_SOURCE_DIR) + "/";
    CHECK(completed({"mdcd", "check", "tiny", "--rules", folder + "CMakeL"}) == Words{folder + "CMakeLists.txt"});
}

// readline hands a word with '=' over in pieces, and replaces the last one.
TEST_CASE("bash completes after an equals sign") {
    using Words = std::vector<std::string>;
    CHECK(completed({"mdcd", "check", "tiny", "--set", "receiver_log", "=", "w"}) == Words{"while_dirty"});
    CHECK(completed({"mdcd", "check", "tiny", "--set", "receiver_log", "="}) == Words{"clean_only", "while_dirty"});
    CHECK(completed({"mdcd", "show", "--as", "=", "mer"}) == Words{"mermaid"});
    CHECK(completed({"mdcd", "check", "tiny", "--set", "=", "receiver_log", "=", "w"}) == Words{"while_dirty"});
    CHECK(completed({"mdcd", "check", "tiny", "--set", "receiver_log", "=", "while_dirty", "--pro"}).size() == 2);
}

TEST_CASE("the scripts are sound in the shells that are here") {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        CAPTURE(shell);
        const std::string script = std::string("command -v ") + shell + " >/dev/null || exit 0; '" + MDCD_EXECUTABLE +
                                   "' completion " + shell + " | " + shell + " -n";
        const Finished finished = run_command({"bash", "-o", "pipefail", "-c", script});
        CHECK(finished.exit_code == 0);
        CHECK(finished.err.empty());
        const Finished printed = run_mdcd({"completion", shell});
        CHECK(printed.exit_code == 0);
        CHECK(printed.out.find("show") != std::string::npos);
        CHECK(printed.out.find("shiviz") != std::string::npos);
    }
}

TEST_CASE("the manual is roff, with every section") {
    const Finished manual = run_mdcd({"manual"});
    REQUIRE(manual.exit_code == 0);
    for (const std::string section : {".TH MDCD 1", ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS",
                                      ".SH COMMANDS", ".SH EXIT STATUS", ".SS \\fBmdcd show\\fR"}) {
        CAPTURE(section);
        CHECK(("\n" + manual.out).find("\n" + section) != std::string::npos);
    }
    std::istringstream lines(manual.out);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        const bool is_request = line.starts_with(".\\\"") || line.starts_with(".TH ") || line.starts_with(".SH ") ||
                                line.starts_with(".SS ") || line == ".TP" || line == ".PP" || line == ".nf" ||
                                line == ".fi";
        CHECK((is_request || (!line.starts_with('.') && !line.starts_with('\''))));
    }
}

} // namespace mdcd::tests::cli
