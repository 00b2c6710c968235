// The recipes of docs/ci.md as they stand there: the shell recipe is run, the commands of the others are, too, with a
// script in place of ./run that calls the program of this build. Knows no service.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

std::string page() {
    return traces::read_text_file(std::string(MDCD_SOURCE_DIR) + "/docs/ci.md");
}

// What stands between ```sh and ```.
std::string shell_recipe() {
    const std::string text = page();
    const std::string start = "```sh\n";
    const std::size_t from = text.find(start);
    REQUIRE(from != std::string::npos);
    return text.substr(from + start.size(), text.find("```", from + start.size()) - from - start.size());
}

// The commands of the recipes that are not shell: each on a line of its own, perhaps in quotes.
std::vector<std::string> commands() {
    std::vector<std::string> found;
    std::istringstream lines(page());
    for (std::string line; std::getline(lines, line);) {
        const bool in_yaml = line.starts_with("      - run: ./run ") || line.starts_with("    - ./run ");
        if (!in_yaml && line.find("sh './run ") == std::string::npos)
            continue;
        const std::string command = line.substr(line.find("./run "));
        found.push_back(command.substr(0, command.find('\'')));
    }
    return found;
}

// A repository with a gate, and with a ./run that has nothing to build.
class Repository : public ScratchFolder {
public:
    explicit Repository(const std::string& gate) {
        std::filesystem::create_directory(path("ci"));
        (void)write("ci/gate.json", gate);
        (void)write("run", std::string("#!/bin/sh\nexec '") + MDCD_EXECUTABLE + "' \"$@\"\n");
        std::filesystem::permissions(path("run"), std::filesystem::perms::owner_all);
    }
    [[nodiscard]] Finished bash(const std::string& script) const {
        return run_command({"bash", "-euo", "pipefail", "-c", script}, path(""));
    }
};

std::string broken_gate() {
    std::string text = gate_text();
    return text.replace(text.find("in 7 steps"), 10, "in 6 steps");
}

} // namespace

TEST_CASE("the shell recipe passes, leaves drawings of the runs, and fails when the gate does") {
    const Repository good(gate_text());
    CHECK(good.bash(shell_recipe()).exit_code == 0);
    CHECK(std::filesystem::exists(good.path("gate.xml")));
    CHECK(traces::read_text_file(good.path("runs/two.recoverability.html")).find("<svg") != std::string::npos);
    CHECK(Repository(broken_gate()).bash(shell_recipe()).exit_code == 10);
    CHECK(Repository("{").bash(shell_recipe()).exit_code == 65);
}

TEST_CASE("the command of every other recipe works") {
    REQUIRE(commands().size() == 3);
    for (const std::string& command : commands()) {
        CAPTURE(command);
        const Repository good(gate_text());
        CHECK(good.bash(command).exit_code == 0);
        CHECK(std::filesystem::exists(good.path("runs/two.recoverability.json")));
        CHECK(!std::filesystem::is_empty(good.path(".mdcd-cache")));
        for (const std::string file : {"gate.xml", "gate.sarif"})
            CHECK(std::filesystem::exists(good.path(file)) == (command.find(file) != std::string::npos));
        CHECK(Repository(broken_gate()).bash(command).exit_code == 10);
    }
}

TEST_CASE("the example of a gate is pinned by the command beside it") {
    const std::string text = page();
    const std::size_t from = text.find("    {\"name\": \"mine\"");
    REQUIRE(from != std::string::npos);
    const Repository repository(text.substr(from, text.find("\n\n", from) - from));
    REQUIRE(text.find("    ./run gate ci/gate.json --pin\n") != std::string::npos);
    CHECK(repository.bash("./run gate ci/gate.json --pin").exit_code == 0);
    CHECK(repository.bash("./run gate ci/gate.json").exit_code == 0);
}

} // namespace mdcd::tests::cli
