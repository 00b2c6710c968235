// The protocol's own model on the fast search and on the plain one: the same counts, verdicts, coverage and shortest
// lengths, on shipped scopes and under random sets of rules, for one worker and for several.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "checker/plain_search.hpp"
#include "checker/random.hpp"
#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/system.hpp"
#include "tests/differential/comparison.hpp"

using namespace mdcd;

namespace {

model::Scope scope_of(std::uint8_t actives, model::Budgets budgets, model::ChannelModel channels) {
    model::Scope scope;
    scope.name = "random";
    scope.active_processes = actives;
    scope.budgets = budgets;
    scope.channels = channels;
    return scope;
}

// Scopes of some hundred states each, with every kind of step among them.
std::vector<model::Scope> small_scopes() {
    using enum model::ChannelModel;
    return {scope_of(2,
                     {.cluster_messages = 1,
                      .active_messages = 1,
                      .messages_to_cluster = 0,
                      .low_acceptance_tests = 1,
                      .active_acceptance_tests = 0},
                     fifo),
            scope_of(1,
                     {.cluster_messages = 2,
                      .active_messages = 0,
                      .messages_to_cluster = 1,
                      .low_acceptance_tests = 0,
                      .active_acceptance_tests = 1},
                     fifo),
            scope_of(2,
                     {.cluster_messages = 2,
                      .active_messages = 0,
                      .messages_to_cluster = 0,
                      .low_acceptance_tests = 0,
                      .active_acceptance_tests = 1},
                     fifo),
            scope_of(1,
                     {.cluster_messages = 2,
                      .active_messages = 0,
                      .messages_to_cluster = 1,
                      .low_acceptance_tests = 1,
                      .active_acceptance_tests = 0},
                     unordered)};
}

void expect_equal(const model::System& system, unsigned workers) {
    tests::check_same(system, checker::plain_search(system, {}), checker::search(system, tests::with_workers(workers)));
}

} // namespace

TEST_CASE("five hundred random sets of rules") {
    const std::vector<model::Scope> scopes = small_scopes();
    checker::Random random(2026, 0);
    std::size_t violated = 0;
    for (unsigned trial = 0; trial < 500; ++trial) {
        impl::Rules rules;
        for (const impl::RuleDescription& rule : impl::rule_table())
            rule.set(rules, static_cast<std::uint8_t>(random.below(rule.values.size())));
        const model::System system(scopes[trial % scopes.size()], rules);
        CAPTURE(trial);
        expect_equal(system, 1 + trial % 3);
        violated += checker::search(system).verdicts[2].verdict == checker::Verdict::violated ? 1 : 0;
    }
    CHECK(violated > 50); // the comparison is about failing runs, too
    CHECK(violated < 500);
}

TEST_CASE("shipped scopes that the plain search can finish") {
    for (const char* scope : {"tiny", "relay", "three-actives"})
        for (const char* preset : {"published", "literal", "repaired", "repaired_fewest_checkpoints"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            expect_equal(model::System(model::load_scope(scope), model::preset(preset).rules), 2);
        }
}
