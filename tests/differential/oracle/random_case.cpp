// How a case is drawn. A few events suffice for most violations, and more make cases that nobody waits for.
// Knows no claim.
#include "tests/differential/oracle/random_case.hpp"

#include <string>
#include <vector>

#include "model/inputs/library.hpp"

namespace mdcd::tests {
namespace {

using checker::Random;
using model::Scope;

// One more of some kind of event that the scope can have.
void raise_one(Random& random, const Scope& scope, model::Budgets& budgets) {
    std::vector<std::uint8_t model::Budgets::*> kinds{
        &model::Budgets::cluster_messages, &model::Budgets::messages_to_cluster,
        &model::Budgets::active_acceptance_tests,
        budgets.cluster_outputs > 0 ? &model::Budgets::cluster_outputs : &model::Budgets::low_acceptance_tests};
    if (scope.active_processes > 1)
        kinds.insert(kinds.end(), 2, &model::Budgets::active_messages); // what checkpoints are for
    if (scope.components > 1)
        kinds.insert(kinds.end(), {&model::Budgets::low_internal_messages, &model::Budgets::shadow_internal_messages});
    ++(budgets.*kinds[random.below(kinds.size())]);
}

// Of so many events, counting one of two components twice if each has its own order.
void draw_budgets(Random& random, Scope& scope) {
    const bool by_component = scope.components > 1 && random.one_in(2); // then errors begin nowhere in common
    scope.order = by_component ? model::OrderAssumption::component : model::OrderAssumption::cluster;
    scope.faults = by_component || (scope.components > 1 && random.one_in(4)) ? model::FaultModel::independent
                                                                              : model::FaultModel::cluster;
    scope.budgets.cluster_messages = 1;
    scope.budgets.cluster_outputs = random.one_in(3) ? 1 : 0;
    const std::uint64_t more = scope.components > 1 ? 2 : 3;
    for (std::uint64_t events = 1 + random.below(more); events > 0; --events)
        raise_one(random, scope, scope.budgets);
}

impl::Rules draw_rules(Random& random, std::uint8_t components) {
    const std::span<const impl::RuleDescription> table = impl::rule_table();
    impl::Rules rules;
    std::uint64_t changes = table.size();
    if (!random.one_in(3)) {
        const std::vector<std::string> presets{"published", "repaired", "repaired_fewest_checkpoints",
                                               "repaired_vector"};
        rules = model::preset(components == 2 && random.one_in(2) ? "repaired_vector"
                                                                  : presets[random.below(presets.size())])
                    .rules;
        changes = random.below(4);
    }
    for (; changes > 0; --changes) {
        const impl::RuleDescription& rule = table[random.below(table.size())];
        rule.set(rules, static_cast<std::uint8_t>(random.below(rule.values.size())));
    }
    return rules;
}

} // namespace

RandomCase random_case(Random& random, std::uint8_t components) {
    RandomCase drawn;
    drawn.scope.name = "random";
    drawn.scope.components = components;
    drawn.scope.active_processes = static_cast<std::uint8_t>(1 + random.below(2));
    if (random.one_in(4))
        drawn.scope.channels = model::ChannelModel::unordered;
    draw_budgets(random, drawn.scope);
    drawn.rules = draw_rules(random, components);
    return drawn;
}

oracle::Scope RandomCase::oracle_scope() const {
    const model::Budgets& budgets = scope.budgets;
    return {.components = scope.components,
            .active_processes = scope.active_processes,
            .cluster_messages = budgets.cluster_messages,
            .cluster_outputs = budgets.cluster_outputs,
            .active_messages = budgets.active_messages,
            .messages_to_cluster = budgets.messages_to_cluster,
            .low_acceptance_tests = budgets.low_acceptance_tests,
            .active_acceptance_tests = budgets.active_acceptance_tests,
            .low_internal_messages = budgets.low_internal_messages,
            .shadow_internal_messages = budgets.shadow_internal_messages,
            .unordered_channels = scope.channels == model::ChannelModel::unordered,
            .order_of_cluster = scope.order == model::OrderAssumption::cluster,
            .independent_faults = scope.faults == model::FaultModel::independent};
}

oracle::Rules RandomCase::oracle_rules() const {
    oracle::Rules named;
    for (const impl::RuleDescription& rule : impl::rule_table())
        named[std::string(rule.name)] = std::string(rule.values[rule.get(rules)]);
    return named;
}

} // namespace mdcd::tests
