// `mdcd explore` from the outside, without a browser: where it listens, how it ends, what it says of mistakes.
// What the page is told has tests of its own.
#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/cli/process.hpp"
#include "tests/cli/running_process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

std::vector<std::string> explore(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {MDCD_EXECUTABLE, "explore", "--no-open"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

int port_in(const std::string& line) {
    const std::string begin = "Serving http://127.0.0.1:";
    REQUIRE_MESSAGE(line.starts_with(begin), line);
    return std::stoi(line.substr(begin.size()));
}

// The addresses on which somebody listens on that port, as the kernel writes them: bytes in reverse.
std::vector<std::string> listening_on(int port) {
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), ":%04X", static_cast<unsigned>(port));
    std::vector<std::string> addresses;
    for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::ifstream lines(table);
        for (std::string number, local, remote, state; lines >> number >> local >> remote >> state;) {
            if (local.ends_with(digits.data()) && state == "0A")
                addresses.push_back(local.substr(0, local.find(':')));
            std::getline(lines, number);
        }
    }
    return addresses;
}

} // namespace

TEST_CASE("it listens on the loopback interface alone, and ends with 0 when interrupted") {
    for (const int signal : {SIGINT, SIGTERM}) {
        RunningProcess process(explore({"tiny"}));
        const int port = port_in(process.read_line());
        CHECK(listening_on(port) == std::vector<std::string>{"0100007F"});
        CHECK(process.end_by(signal) == 0);
    }
}

TEST_CASE("the run of a family's scope is served as a page") {
    const ScratchFolder folder;
    REQUIRE(run_mdcd({"check", "hostile/content", "--set", "assertion=none", "--trace-dir", "t"}, folder.path("."))
                .exit_code == 10);
    RunningProcess process(explore({folder.path("t/hostile_content.hostile+assertion=none.alarm_answered.json")}));
    CHECK(listening_on(port_in(process.read_line())) == std::vector<std::string>{"0100007F"});
    CHECK(process.end_by(SIGINT) == 0);
}

TEST_CASE("a port that is taken is wrong usage") {
    RunningProcess process(explore({"tiny"}));
    const std::string port = std::to_string(port_in(process.read_line()));
    const Finished second = run_command(explore({"tiny", "--port", port}));
    CHECK(second.exit_code == 64);
    CHECK(second.err.find("cannot listen on 127.0.0.1 port " + port) != std::string::npos);
    CHECK(run_command(explore({"tiny", "--port", "65536"})).exit_code == 64);
    CHECK(run_command(explore({"tiny", "--host", "192.0.2.1"})).exit_code == 64); // an address for documentation
}

TEST_CASE("the address is another one each time, and cannot be guessed") {
    RunningProcess first(explore({"tiny"}));
    RunningProcess second(explore({"tiny"}));
    const auto secret_in = [](const std::string& line) {
        const std::size_t from = line.find('/', std::string("Serving http://").size());
        return line.substr(from, line.find(' ', from) - from);
    };
    const std::string one = secret_in(first.read_line());
    const std::string other = secret_in(second.read_line());
    CHECK(one.size() == 34);
    CHECK(one != other);
}

TEST_CASE("mistakes in names and files are said before anything is served") {
    const ScratchFolder folder;
    struct Bad {
        std::vector<std::string> arguments;
        int exit_code;
        std::string said;
    };
    const std::vector<Bad> table = {
        {{"tinny"}, 65, "tiny"},
        {{folder.path("none.json")}, 65, "none.json"},
        {{folder.write("cut.json", "{\"steps\": [")}, 65, "cut.json"},
        {{folder.write("trace.json", "{\"format\": 1, \"steps\": []}")}, 65, "trace.json"},
        {{"tiny", "--rules", "publisht"}, 65, "published"},
        {{"tiny", "--set", "resend=al_in_log"}, 64, "all_in_log"},
        {{}, 64, "SCOPE"},
        {{"tiny", "--host", ""}, 64, "--host: expected a value"},
    };
    for (const Bad& bad : table) {
        CAPTURE(bad.said);
        const Finished finished = run_command(explore(bad.arguments));
        CHECK(finished.exit_code == bad.exit_code);
        CHECK(finished.out.empty());
        CHECK_MESSAGE(finished.err.find(bad.said) != std::string::npos, finished.err);
    }
}

} // namespace mdcd::tests::cli
