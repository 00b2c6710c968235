// What was not run is not green: in files for programs that read nothing else, a check that an interrupt, a limit or a
// failure kept from its end is an error.
// Runs no search.
#include "checker/cli/gate_documents.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/gate_text.hpp"

namespace mdcd::checker::cli {
namespace {

using traces::TestCase;
using traces::TestOutcome;

struct Outcome {
    model::Gate gate = model::gate_from(tests::gate_text(), "gate.json", "", model::Pins::required);
    model::GateRun run;
    GateTraceFiles files;

    Outcome() {
        run.results.resize(gate.checks.size());
        files.resize(gate.checks.size());
    }

    void judge() {
        for (std::size_t index = 0; index < gate.checks.size(); ++index)
            model::judge(gate.checks[index], run.results[index]);
    }
};

void check_nothing_is_green(const Outcome& outcome) {
    for (const traces::TestSuite& suite : junit_of(outcome.gate, outcome.run, outcome.files)) {
        REQUIRE(!suite.cases.empty());
        for (const TestCase& each : suite.cases) {
            CHECK(each.outcome == TestOutcome::error);
            CHECK(!each.type.empty());
            CHECK(!each.text.empty());
        }
    }
    const traces::SarifRun sarif = sarif_of(outcome.gate, outcome.run, outcome.files);
    CHECK(!sarif.completed);
    CHECK(sarif.exit_code != 0);
    CHECK(sarif.notifications.size() == outcome.gate.checks.size());
}

} // namespace

TEST_CASE("an interrupted gate") {
    const Outcome outcome;
    check_nothing_is_green(outcome);
    const traces::SarifRun sarif = sarif_of(outcome.gate, outcome.run, outcome.files);
    CHECK(sarif.exit_code == static_cast<int>(ExitCode::interrupted));
    CHECK(sarif.notifications.front().level == "error");
    CHECK(sarif.notifications.front().message == "one: not run: the gate was interrupted");
    const std::string junit = traces::write_junit("mine", junit_of(outcome.gate, outcome.run, outcome.files));
    CHECK(junit.find("skipped=\"0\"") != std::string::npos);
    CHECK(junit.find("<skipped") == std::string::npos);
    CHECK(junit.find("errors=\"44\"") != std::string::npos);
}

TEST_CASE("checks that could not be carried out") {
    Outcome outcome;
    for (model::GateResult& each : outcome.run.results)
        each.found.failure = "no memory";
    outcome.judge();
    check_nothing_is_green(outcome);
    CHECK(sarif_of(outcome.gate, outcome.run, outcome.files).notifications.front().message ==
          "one: could not be carried out: no memory");
}

TEST_CASE("checks that a limit ended") {
    Outcome outcome;
    for (std::size_t index = 0; index < outcome.gate.checks.size(); ++index) {
        outcome.run.results[index].found.limit = "states";
        for (const model::Expectation& expected : outcome.gate.checks[index].expected) {
            model::FoundProperty found;
            found.property = expected.property;
            found.reason = "states";
            outcome.run.results[index].found.properties.push_back(std::move(found));
        }
    }
    outcome.judge();
    check_nothing_is_green(outcome);
    CHECK(sarif_of(outcome.gate, outcome.run, outcome.files).notifications.front().message ==
          "one: the search did not finish, bounded by states");
}

} // namespace mdcd::checker::cli
