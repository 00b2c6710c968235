// Every tests/scenario/*.scenario is run; what it expects must be so, and what the run looks like is pinned in the text
// file beside it. With MDCD_REWRITE_GOLDEN=1 in the environment those files are rewritten instead: review the diff.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "model/scenario/scenario.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {
namespace {

const std::filesystem::path folder = std::filesystem::path(MDCD_SOURCE_DIR) / "tests/scenario";

// The files of that kind, without their extension.
std::vector<std::string> names_of(const std::string& extension) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == extension)
            names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

model::ScenarioResult run(const std::string& name) {
    const std::string file = name + ".scenario";
    return model::run_scenario(traces::read_text_file((folder / file).string()), file, folder.string());
}

bool rewrites() {
    return std::getenv("MDCD_REWRITE_GOLDEN") != nullptr;
}

} // namespace

TEST_CASE("every scenario is as it expects, and its run as it was reviewed") {
    REQUIRE(names_of(".scenario").size() >= 10);
    for (const std::string& name : names_of(".scenario")) {
        CAPTURE(name);
        const model::ScenarioResult result = run(name);
        for (const std::string& unmet : result.unmet)
            FAIL_CHECK(unmet);
        CHECK_MESSAGE(result.expectations > 0, "it expects nothing");
        const std::filesystem::path golden = folder / (name + ".txt");
        if (rewrites())
            std::ofstream(golden, std::ios::binary) << result.report;
        else
            CHECK(traces::read_text_file(golden.string()) == result.report);
    }
    CHECK(names_of(".txt") == names_of(".scenario"));
}

TEST_CASE("a scenario's trace is a scenario again, with the same run") {
    std::size_t checked = 0;
    for (const std::string& name : names_of(".scenario")) {
        CAPTURE(name);
        const model::ScenarioResult result = run(name);
        if (result.violated.empty() && result.reached.empty())
            continue;
        const traces::Trace trace = model::trace_of(result, std::nullopt, "test", name);
        const model::ScenarioResult again = model::run_scenario(model::scenario_of(trace, name), name, "");
        CHECK(again.path.firings == result.path.firings);
        CHECK(again.unmet.empty());
        CHECK(again.expectations > 0);
        ++checked;
    }
    CHECK(checked >= 8);
}

TEST_CASE("the scenario of the documentation runs as it stands there") {
    const std::string page = traces::read_text_file(std::string(MDCD_SOURCE_DIR) + "/docs/scenarios.md");
    const std::size_t from = page.find("```\n") + 4;
    const model::ScenarioResult result =
        model::run_scenario(page.substr(from, page.find("```", from) - from), "docs/scenarios.md", "");
    for (const std::string& unmet : result.unmet)
        FAIL_CHECK(unmet);
    CHECK(result.expectations >= 6);
}

} // namespace mdcd::tests
