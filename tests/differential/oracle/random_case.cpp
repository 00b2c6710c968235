// How a case is drawn. Budgets are such that most cases have some hundred to some ten thousand states.
// Knows no claim.
#include "tests/differential/oracle/random_case.hpp"

#include <string>
#include <vector>

#include "model/inputs/library.hpp"

namespace mdcd::tests {
namespace {

using checker::Random;
using model::Scope;

std::uint8_t up_to(Random& random, std::uint8_t most) {
    return static_cast<std::uint8_t>(random.below(most + 1U));
}

void draw_one_component(Random& random, Scope& scope) {
    model::Budgets& budgets = scope.budgets;
    budgets.cluster_messages = static_cast<std::uint8_t>(1 + random.below(3));
    if (random.one_in(3))
        budgets.cluster_outputs = static_cast<std::uint8_t>(1 + random.below(2));
    else
        budgets.low_acceptance_tests = up_to(random, 1);
    budgets.active_acceptance_tests = up_to(random, 2);
    budgets.active_messages = scope.active_processes > 1 ? up_to(random, 2) : std::uint8_t{0};
    budgets.messages_to_cluster = up_to(random, 1);
}

void draw_two_components(Random& random, Scope& scope) {
    const bool by_component = random.one_in(2); // then errors cannot begin at one number of a common order
    scope.order = by_component ? model::OrderAssumption::component : model::OrderAssumption::cluster;
    scope.faults = by_component || random.one_in(4) ? model::FaultModel::independent : model::FaultModel::cluster;
    model::Budgets& budgets = scope.budgets;
    budgets.cluster_messages = by_component ? std::uint8_t{1} : static_cast<std::uint8_t>(1 + random.below(2));
    if (random.one_in(4))
        budgets.cluster_outputs = 1;
    else
        budgets.low_acceptance_tests = up_to(random, 1);
    budgets.active_acceptance_tests = up_to(random, 1);
    budgets.active_messages = scope.active_processes > 1 ? up_to(random, 1) : std::uint8_t{0};
    budgets.messages_to_cluster = up_to(random, 1);
    budgets.low_internal_messages = random.one_in(3) ? 1 : 0;
    budgets.shadow_internal_messages = random.one_in(3) ? 1 : 0;
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
    if (components == 1)
        draw_one_component(random, drawn.scope);
    else
        draw_two_components(random, drawn.scope);
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
