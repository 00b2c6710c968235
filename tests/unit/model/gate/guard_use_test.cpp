// What a gate says of guards: passed where any check passes them, missed where one could and none did, and excluded
// only where no scope and no rules leave room for them.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/gate/gate.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

const std::string both = R"~({"name": "mine", "checks": [
  {"name": "quiet", "scope": {"name": "quiet", "active_processes": 1, "budgets": {"cluster_messages": 1},
                              "properties": ["containment"]},
   "rules": "repaired", "expect": {"containment": "holds"}},
  {"name": "tested", "scope": {"name": "tested", "active_processes": 1,
                               "budgets": {"cluster_messages": 1, "active_acceptance_tests": 1},
                               "properties": ["containment"]},
   "rules": "repaired", "expect": {"containment": "holds"}}]})~";

Use use_of(const std::vector<GuardUse>& guards, const std::string& name) {
    const auto guard = std::ranges::find(guards, name, &GuardUse::guard);
    REQUIRE(guard != guards.end());
    return guard->use;
}

} // namespace

TEST_CASE("each check says what its scope and rules leave room for, and the gate what any of them passed") {
    const Gate gate = gate_from(both, "gate.json", "", Pins::required);
    const GateRun run = run_gate(gate, {.workers = 1, .tool_version = "test"});
    REQUIRE(run.results.size() == 2);
    CHECK(use_of(run.results[0].found.guards, "at_passed") == Use::excluded); // no test in its budgets
    CHECK(use_of(run.results[1].found.guards, "at_passed") == Use::passed);
    const std::vector<GuardUse> all = guards_of(run);
    CHECK(all.size() == run.results[0].found.guards.size());
    CHECK(use_of(all, "at_passed") == Use::passed);
    CHECK(use_of(all, "checkpoint_first") == Use::passed);
    CHECK(use_of(all, "withheld") == Use::excluded);
}

TEST_CASE("whichever use says more is kept, in whatever order checks are added") {
    const std::vector<GuardUse> one{{"a", Use::excluded}, {"b", Use::missed}, {"c", Use::missed}};
    const std::vector<GuardUse> other{{"a", Use::missed}, {"c", Use::passed}, {"upgrade/d", Use::missed}};
    std::vector<GuardUse> forth = one;
    add_guards(forth, other);
    std::vector<GuardUse> back = other;
    add_guards(back, one);
    for (const auto& all : {forth, back}) {
        CHECK(all.size() == 4);
        CHECK(use_of(all, "a") == Use::missed);
        CHECK(use_of(all, "b") == Use::missed);
        CHECK(use_of(all, "c") == Use::passed);
        CHECK(use_of(all, "upgrade/d") == Use::missed);
    }
    CHECK(guards_with(Use::passed, forth) == std::vector<std::string>{"c"});
    CHECK(guards_with(Use::missed, forth) == std::vector<std::string>{"a", "b", "upgrade/d"});
}

} // namespace mdcd::tests
