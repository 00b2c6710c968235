// Scopes that have less room than there is, so that each capacity of a seat is reached: nothing exceeds it, and nobody
// waits for ever. What it costs to take a message for which there is no room, or to let nothing go past one that waits.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::tests::upgrade;
using mdcd::impl::WhenFull;

namespace {

std::string violations_when_full(const char* name, WhenFull when_full) {
    Scope scope = scope_named(name).scope;
    scope.upgrade_rules.when_full = when_full;
    const auto report = explore(scope, 2);
    CHECK(report.search.exhaustive);
    CHECK(claims_with(report, mdcd::checker::Verdict::error) == "");
    return claims_with(report, mdcd::checker::Verdict::violated);
}

} // namespace

TEST_CASE("each capacity is reached, and every claim holds") {
    std::set<std::string> reached;
    for (const NamedScope& each : capacity_scopes()) {
        CAPTURE(each.name);
        const auto report = explore(each.scope, 2);
        CHECK(report.search.exhaustive);
        CHECK(broken(report) == "");
        CHECK(not_reached(report) == named_out_of_reach(each.name));
        for (const auto& claim : report.claims)
            if (claim.verdict == mdcd::checker::Verdict::reached)
                reached.insert(claim.claim);
    }
    for (const char* const full :
         {"a message waits for room in the queue", "a message waits for room in the checkpoint array",
          "a message waits for room in the receiver log", "an old version waits for room in its logs",
          "the list of endings has no room for another upgrade"}) {
        CAPTURE(full);
        CHECK(reached.contains(full));
    }
}

TEST_CASE("what goes past messages does no harm, whatever keeps these in their links") {
    for (const NamedScope& each : left_scopes()) {
        CAPTURE(each.name);
        const auto report = explore(each.scope, 2);
        CHECK(report.search.exhaustive);
        CHECK(broken(report) == "");
        CHECK(not_reached(report) == named_out_of_reach(each.name));
        Scope taking = each.scope;
        taking.leaves_messages = false;
        CHECK(report.search.distinct_states > explore(taking, 2).search.distinct_states);
    }
}

TEST_CASE("what makes room must go past what waits for it, and what has no room must wait") {
    CHECK(violations_when_full("full_checkpoints", WhenFull::wait) == "no_deadlock 18, upgrade_terminates 18");
    CHECK(violations_when_full("full_checkpoints", WhenFull::stop) == "within_capacities 14");
    CHECK(violations_when_full("full_queue", WhenFull::wait) == "no_deadlock 25, upgrade_terminates 25");
    CHECK(violations_when_full("full_queue", WhenFull::stop) == "within_capacities 6");
}
