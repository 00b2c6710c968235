// The model under random sets of rules, by two searches.
// Knows no set of rules by name.
#include "tests/differential/random_rules.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "checker/plain_search.hpp"
#include "checker/random.hpp"
#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "tests/differential/comparison.hpp"

namespace mdcd::tests {
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

} // namespace

checker::Report expect_equal(const model::System& system, unsigned workers) {
    checker::Report found = checker::search(system, with_workers(workers));
    check_same(system, checker::plain_search(system, {}), found);
    return found;
}

void compare_random_rules(unsigned sets) {
    const std::vector<model::Scope> scopes = small_scopes();
    checker::Random random(2026, 0);
    std::size_t violated = 0;
    for (unsigned trial = 0; trial < sets; ++trial) {
        impl::Rules rules;
        for (const impl::RuleDescription& rule : impl::rule_table())
            rule.set(rules, static_cast<std::uint8_t>(random.below(rule.values.size())));
        const model::System system(scopes[trial % scopes.size()], rules);
        CAPTURE(trial);
        violated += expect_equal(system, 1 + trial % 3).verdicts[2].verdict == checker::Verdict::violated ? 1 : 0;
    }
    CHECK(violated > sets / 10); // the comparison is about failing runs, too
    CHECK(violated < sets);
}

} // namespace mdcd::tests
