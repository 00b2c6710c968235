// The action for GitHub (action.yml and .ci/action.sh): what a user sets reaches the steps as variables only, a package
// is installed from where it may come from, and a gate's outcome is what the step says. apt, curl and sudo are
// stand-ins that write down how they were called; the program is that of this build.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

using Words = std::vector<std::string>;

std::string source(const std::string& file) {
    return traces::read_text_file(std::string(MDCD_SOURCE_DIR) + "/" + file);
}

Words lines_of(const std::string& text) {
    std::istringstream stream(text);
    Words lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

// A workspace, and a path on which everything that would change the machine is a stand-in.
class Job : public ScratchFolder {
public:
    Job() {
        std::filesystem::create_directory(path("bin"));
        stand_in("mdcd", std::string("exec '") + MDCD_EXECUTABLE + "' \"$@\"");
        stand_in("sudo", "exec \"$@\"");
        stand_in("dpkg", "echo amd64");
        stand_in("apt-get",
                 "echo \"apt-get $*\" >>log\nfor word; do case $word in */mdcd.deb) cat \"$word\" >>log;; esac; done");
        stand_in("curl", "echo \"curl $*\" >>log\nwhile [ \"$1\" != --output ]; do shift; done\necho fetched >\"$2\"");
        (void)write("log", "");
        (void)write("output", "");
        (void)write("gate.json", gate_text());
    }

    [[nodiscard]] Finished step(const std::string& name, const Words& variables) const {
        Words command = {"env", "PATH=" + path("bin") + ":/usr/bin:/bin"};
        for (const char* unset : {"MDCD_PACKAGE", "MDCD_VERSION", "MDCD_SHA256", "MDCD_OPTIONS", "MDCD_MERGE"})
            command.push_back(std::string(unset) + "=");
        command.insert(command.end(),
                       {"MDCD_GATE=gate.json", "MDCD_JUNIT=gate.xml", "MDCD_SARIF=gate.sarif", "MDCD_TRACES=runs",
                        "MDCD_CACHE=kept", "MDCD_REPOSITORY=somebody/mdcd", "GITHUB_SERVER_URL=https://forge.example",
                        "GITHUB_OUTPUT=" + path("output"), "GITHUB_STEP_SUMMARY=" + path("summary.md")});
        command.insert(command.end(), variables.begin(), variables.end());
        command.insert(command.end(), {"bash", std::string(MDCD_SOURCE_DIR) + "/.ci/action.sh", name});
        return run_command(command, path(""));
    }
    [[nodiscard]] std::string read(const std::string& file) const { return traces::read_text_file(path(file)); }

private:
    void stand_in(const std::string& name, const std::string& script) const {
        (void)write("bin/" + name, "#!/bin/sh\n" + script + "\n");
        std::filesystem::permissions(path("bin/" + name), std::filesystem::perms::owner_all);
    }
};

// What stands after `field` in the first such line of docs/ci.md, with a number in place of the matrix's.
std::string recipe(const std::string& field, const std::string& part) {
    for (const std::string& line : lines_of(source("docs/ci.md"))) {
        if (!line.starts_with("          " + field + ": "))
            continue;
        std::string text = line.substr(line.find(": ") + 2);
        const std::string variable = "${{ matrix.part }}";
        for (std::size_t at = text.find(variable); at != std::string::npos; at = text.find(variable))
            text.replace(at, variable.size(), part);
        return text;
    }
    FAIL("docs/ci.md has no line " << field);
    return "";
}

} // namespace

TEST_CASE("each input of the action is one variable of the script, and is pasted nowhere else") {
    const std::string script = source(".ci/action.sh");
    const Words lines = lines_of(source("action.yml"));
    const auto first = std::ranges::find(lines, "inputs:");
    const auto last = std::ranges::find(lines, "outputs:");
    REQUIRE(first < last);
    std::size_t inputs = 0;
    for (auto line = first + 1; line < last; ++line) {
        if (line->rfind(' ') != 1) // "  gate:"
            continue;
        ++inputs;
        const std::string name = line->substr(2, line->size() - 3);
        CAPTURE(name);
        const std::string use = "${{ inputs." + name + " }}";
        CHECK(std::ranges::count_if(lines, [&use](const std::string& each) { return contains(each, use); }) == 1);
    }
    CHECK(inputs == 10);
    std::size_t variables = 0;
    for (const std::string& line : lines) {
        CAPTURE(line);
        if (contains(line, "${{ inputs.")) {
            REQUIRE(line.starts_with("        MDCD_"));
            ++variables;
            CHECK(contains(script, "$" + line.substr(8, line.find(':') - 8)));
        }
        if (contains(line, " run: "))
            CHECK(!contains(line, "${{"));
    }
    CHECK(variables == inputs);
}

TEST_CASE("the gate's step passes, or fails with its exit code, and says where everything is") {
    const Job job;
    CHECK(job.step("gate", {}).exit_code == 0);
    CHECK(job.read("output") == "exit-code=0\njunit=gate.xml\nsarif=gate.sarif\ntraces=runs\n");
    CHECK(job.read("summary.md").starts_with("### mdcd gate mine\n"));
    for (const char* file : {"gate.xml", "gate.sarif", "runs/two.recoverability.json", "kept"})
        CHECK(std::filesystem::exists(job.path(file)));

    const Job broken;
    std::string text = gate_text();
    (void)broken.write("gate.json", text.replace(text.find("in 7 steps"), 10, "in 6 steps"));
    CHECK(broken.step("gate", {"MDCD_OPTIONS=--workers 1  --check two"}).exit_code == 10);
    CHECK(broken.read("output").starts_with("exit-code=10\n"));
    CHECK(contains(broken.read("summary.md"), "```mermaid\n"));
    CHECK(broken.step("gate", {"MDCD_GATE=--help"}).exit_code == 65); // a file that is not there, never an option
}

TEST_CASE("the recipe of a gate in parts: each part runs, and the job after them reports as one run would have") {
    const Job job;
    std::string text = gate_text();
    const std::size_t end = text.find("\n  ]");
    std::string third = text.substr(text.find("    {\"name\": \"two\""), end - text.find("    {\"name\": \"two\""));
    text.insert(end, ",\n" + third.replace(third.find("two"), 3, "three"));
    (void)job.write("gate.json", text);
    for (const std::string part : {"1", "2", "3"})
        CHECK(job.step("gate", {"MDCD_OPTIONS=" + recipe("options", part)}).exit_code == 0);
    (void)job.write("output", "");
    CHECK(job.step("gate", {"MDCD_MERGE=" + recipe("merge", "")}).exit_code == 0);
    CHECK(job.read("output").starts_with("exit-code=0\n"));
    CHECK(contains(job.read("gate.xml"), "<testsuites name=\"mine\" tests=\"47\" failures=\"0\" errors=\"0\""));
    std::filesystem::remove(job.path("part-2.json"));
    CHECK(job.step("gate", {"MDCD_MERGE=part-*.json"}).exit_code == 20);
}

TEST_CASE("a package comes from a file, from an address, or from a release, and is what it should be") {
    const Job job;
    (void)job.write("its package.deb", "as given\n");
    const Finished from_file = job.step("install", {"MDCD_PACKAGE=its package.deb"});
    CHECK(from_file.exit_code == 0);
    CHECK(contains(from_file.out, "mdcd "));
    CHECK(contains(job.read("log"), "as given\n"));
    CHECK(!contains(job.read("log"), "curl"));

    CHECK(job.step("install", {"MDCD_PACKAGE=https://elsewhere.example/x.deb"}).exit_code == 0);
    CHECK(contains(job.read("log"), " https://elsewhere.example/x.deb\n"));
    CHECK(job.step("install", {"MDCD_VERSION=1.2.3"}).exit_code == 0);
    CHECK(contains(job.read("log"),
                   " https://forge.example/somebody/mdcd/releases/download/v1.2.3/mdcd_1.2.3_amd64.deb\n"));
    CHECK(contains(job.read("log"), "fetched\n"));

    const std::string right =
        "MDCD_SHA256=86e4e1d8a957f4d490fc290a23471a7874842013c5bac01cd553f6e250142b86"; // of "as given\n"
    CHECK(job.step("install", {"MDCD_PACKAGE=its package.deb", right}).exit_code == 0);
    const Finished another = job.step("install", {"MDCD_PACKAGE=https://elsewhere.example/x.deb", right});
    CHECK(another.exit_code == 64);
    CHECK(contains(another.out, "::error title=mdcd::https://elsewhere.example/x.deb is not what 'sha256' says\n"));
    CHECK(!contains(job.read("log").substr(job.read("log").rfind("curl ")), "apt-get install"));
    (void)job.write("log", "");
    for (const Words& wrong : {Words{}, Words{"MDCD_PACKAGE=http://elsewhere.example/x.deb"},
                               Words{"MDCD_PACKAGE=file:///x.deb"}, Words{"MDCD_PACKAGE=no.deb"}}) {
        const Finished finished = job.step("install", wrong);
        CHECK(finished.exit_code == 64);
        CHECK(contains(finished.out, "::error title=mdcd::"));
    }
    CHECK(job.read("log").empty()); // nothing was installed
}

} // namespace mdcd::tests::cli
