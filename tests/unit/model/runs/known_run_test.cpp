// Runs that are tried under other rules: where they refute, they are counterexamples there; where they cannot be taken,
// or end well, nothing is said.
#include <doctest/doctest.h>

#include "checker/search.hpp"
#include "model/check/every_claim.hpp"
#include "model/inputs/library.hpp"
#include "model/runs/known_run.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

constexpr checker::PropertyBits claims = 0x7f; // the seven

checker::Path shortest_violation(const System& system) {
    checker::SearchOptions options;
    options.stop_when_decided = true;
    const checker::Report report = checker::search(EveryClaim(system, claims), options);
    REQUIRE(report.verdicts.size() == 1);
    REQUIRE(report.verdicts.front().verdict == checker::Verdict::violated);
    return *report.verdicts.front().path;
}

} // namespace

TEST_CASE("the search for any claim ends at the first level where one fails") {
    const System tiny(load_scope("tiny"), preset("published").rules);
    CHECK(shortest_violation(tiny).firings.size() == 7); // recoverability, the only one
    const System literal(load_scope("tiny"), preset("literal").rules);
    CHECK(shortest_violation(literal).firings.size() == 2); // minimal_rollback, the shortest of several
    const System repaired(load_scope("tiny"), preset("repaired").rules);
    const checker::Report report = checker::search(EveryClaim(repaired, claims));
    CHECK(report.verdicts.front().verdict == checker::Verdict::holds);
    CHECK(report.distinct_states == 3465);
}

TEST_CASE("a run refutes what it can be taken under and ends badly, and nothing else") {
    const Scope scope = load_scope("relay");
    const System published(scope, preset("published").rules);
    const checker::Path path = shortest_violation(published);
    const KnownRun run(published, path);
    CHECK(run.length() == path.firings.size());
    REQUIRE(run.on(published, claims));
    CHECK(run.on(published, claims)->firings == path.firings);

    const System repaired(scope, preset("repaired").rules);
    CHECK(!run.on(repaired, claims)); // it can be taken there, and ends well

    const auto refutes = [&](const std::string& rules) {
        const System other(scope, load_rules(rules).rules);
        const auto again = run.on(other, claims);
        if (again) // a run of that system, and its last state is as bad as it is said to be
            CHECK((checker::judge(other, checker::states_along(other, *again).back()) & claims) != claims);
        return again.has_value();
    };
    CHECK(refutes("published+notification_sn=keep"));
    CHECK(refutes("published+propagation_mark=any_internal"));
    CHECK(!refutes("repaired_fewest_checkpoints"));
}

TEST_CASE("a run of another scope cannot be taken, which says nothing") {
    const System relay(load_scope("relay"), preset("published").rules);
    const KnownRun run(relay, shortest_violation(relay));
    const System smaller(scope_of(1, {.cluster_messages = 1}), preset("published").rules);
    CHECK(!run.on(smaller, claims));
}

} // namespace mdcd::tests
