// Colour is for terminals: the program is run on a pseudo-terminal, under each of the settings that people expect to
// be heard, and in a pipe.
#include <doctest/doctest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

// What `env SETTINGS mdcd ARGUMENTS` prints on a terminal.
std::string printed_on_terminal(const std::vector<std::string>& settings, const std::vector<std::string>& arguments) {
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(terminal >= 0);
    REQUIRE(grantpt(terminal) == 0);
    REQUIRE(unlockpt(terminal) == 0);
    const std::string name = ptsname(terminal);
    std::vector<std::string> command = {"env", "-u", "NO_COLOR", "TERM=xterm"};
    command.insert(command.end(), settings.begin(), settings.end());
    command.emplace_back(MDCD_EXECUTABLE);
    command.insert(command.end(), arguments.begin(), arguments.end());
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int other_end = open(name.c_str(), O_RDWR | O_NOCTTY);
        for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            dup2(other_end, each);
        std::vector<char*> words;
        for (std::string& word : command)
            words.push_back(word.data());
        words.push_back(nullptr);
        execvp(words.front(), words.data());
        _exit(127);
    }
    std::string printed;
    char buffer[4096];
    for (ssize_t count = 0; (count = read(terminal, buffer, sizeof buffer)) > 0;) // fails when the child has ended
        printed.append(buffer, static_cast<std::size_t>(count));
    waitpid(child, nullptr, 0);
    close(terminal);
    return printed;
}

bool has_color(const std::string& text) {
    return text.find("\x1B[3") != std::string::npos || text.find("\x1B[1m") != std::string::npos;
}

} // namespace

TEST_CASE("check and show use colour on a terminal, unless told not to, and never in a pipe") {
    const ScratchFolder folder;
    const std::vector<std::string> check = {"check", "tiny", "--progress", "off", "--trace-dir", folder.path("t")};
    const std::string colored = printed_on_terminal({}, check);
    REQUIRE_MESSAGE(colored.find("recoverability is violated") != std::string::npos, colored);
    const std::vector<std::string> show = {"show", folder.path("t/tiny.published.recoverability.json")};
    for (const std::vector<std::string>& arguments : {check, show}) {
        CAPTURE(arguments.front());
        CHECK(has_color(printed_on_terminal({}, arguments)));
        CHECK(has_color(printed_on_terminal({"NO_COLOR="}, arguments))); // set, but empty: as if it were not
        CHECK(!has_color(printed_on_terminal({"NO_COLOR=1"}, arguments)));
        CHECK(!has_color(printed_on_terminal({"TERM=dumb"}, arguments)));
        CHECK(run_mdcd(arguments).out.find('\x1B') == std::string::npos);
    }
}

} // namespace mdcd::tests::cli
