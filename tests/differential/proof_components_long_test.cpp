// Every step that the small shipped scopes of two components can take under repaired_vector, taken apart, fits the
// actions of the proof for any number of components, and every lemma holds after it; and so do recoveries and claims:
// on the smallest scopes in every state and through every window, of larger ones in the first states.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "model/proof/cluster_tie.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof::cluster {
namespace {

// The first `states_max` states, breadth-first; in so many windows, 0: in every one. Recovery is looked at in one of
// `recovery_every` states.
void check_states(const Scope& scope, std::uint64_t windows, std::size_t states_min, std::size_t states_max,
                  std::size_t recovery_every = 1) {
    CAPTURE(scope.name);
    const System system(scope, preset("repaired_vector").rules);
    Reading reading;
    TieReport report;
    checker::Random random(7);
    std::size_t states = 0;
    const auto look_at = [&](const proof::ReachedState& reached) {
        if (report.failure)
            return;
        ++states;
        tie_state(system, reading, reached.state, reached.sent, {.windows_max = windows}, random, report);
        if (states % recovery_every == 0)
            tie_recovery(system, reading, reached.state, reached.sent, {}, report);
    };
    proof::for_each_reached(system, look_at, states_max);
    CHECK_MESSAGE(!report.failure, (report.failure ? report.failure->place + ": " + report.failure->what : ""));
    CHECK(states >= states_min);
    MESSAGE(scope.name << ": " << states << " states, " << report.steps << " steps, " << report.windows << " windows, "
                       << report.recoveries << " recoveries");
}

Scope two_components(const std::string& name, const Budgets& budgets) {
    Scope scope = load_scope("two-inside");
    scope.name = name;
    scope.budgets = budgets;
    return scope;
}

} // namespace

TEST_CASE("every step of the smallest scopes of two components, through every window") {
    constexpr std::size_t all = std::size_t{1} << 30;
    check_states(two_components("inside", {.cluster_messages = 1, .low_internal_messages = 1}), 0, 100, all);
    check_states(two_components("tested", {.cluster_messages = 1, .low_acceptance_tests = 1}), 0, 100, all);
    check_states(two_components("answered", {.cluster_messages = 1, .messages_to_cluster = 1}), 0, 100, all);
    check_states(two_components("shadows", {.cluster_messages = 1, .shadow_internal_messages = 1}), 0, 100, all);
}

TEST_CASE("every step of two-inside, through some windows") {
    check_states(load_scope("two-inside"), 2, 40000, std::size_t{1} << 30, 8);
}

TEST_CASE("every step of two-outputs, in which new versions and shadows have messages to devices") {
    check_states(load_scope("two-outputs"), 4, 1000, std::size_t{1} << 30);
}

TEST_CASE("the first states of larger scopes of two components, through some windows") {
    check_states(load_scope("two-components"), 2, 20000, 20000, 8);
    check_states(load_scope("two-two"), 2, 20000, 20000, 8);
}

} // namespace mdcd::model::proof::cluster
