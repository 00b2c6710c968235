// Names are read off the source, so no value stands here a second time.
// Knows no value of a rule.
#include "checker/cli/node/upgrade_rules_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "impl/enumerator_names.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::UpgradeRules;

struct UpgradeRuleRow {
    std::string name;
    std::vector<std::string> values;
    std::size_t (*get)(const UpgradeRules&);
    void (*set)(UpgradeRules&, std::size_t value);
};

template <auto member> UpgradeRuleRow row() {
    using Choice = std::remove_reference_t<decltype(std::declval<UpgradeRules&>().*member)>;
    const auto& names = impl::ValueNames<Choice>::names;
    return {std::string(impl::name_in_source<member>()),
            {names.begin(), names.end()},
            [](const UpgradeRules& rules) { return static_cast<std::size_t>(rules.*member); },
            [](UpgradeRules& rules, std::size_t value) { rules.*member = static_cast<Choice>(value); }};
}

const std::vector<UpgradeRuleRow>& upgrade_rule_rows() {
    static const std::vector<UpgradeRuleRow> rows = {row<&UpgradeRules::begin_drain>(),
                                                     row<&UpgradeRules::held_before_fork>(),
                                                     row<&UpgradeRules::commit_against_failure>(),
                                                     row<&UpgradeRules::late_failure>(),
                                                     row<&UpgradeRules::rivals>(),
                                                     row<&UpgradeRules::in_transit_at_commit>(),
                                                     row<&UpgradeRules::commit_declares>(),
                                                     row<&UpgradeRules::shadow_stops>(),
                                                     row<&UpgradeRules::numbers>(),
                                                     row<&UpgradeRules::stale_notifications>(),
                                                     row<&UpgradeRules::earlier_version>(),
                                                     row<&UpgradeRules::begin_while_catching_up>(),
                                                     row<&UpgradeRules::when_full>()};
    static_assert(sizeof(UpgradeRules) == 13, "each rule has a row");
    return rows;
}

} // namespace

bool is_upgrade_rule(std::string_view name) {
    return std::ranges::find(upgrade_rule_rows(), name, &UpgradeRuleRow::name) != upgrade_rule_rows().end();
}

UpgradeRules upgrade_rules_from(const traces::Reader& place) {
    std::vector<std::string> known;
    for (const UpgradeRuleRow& each : upgrade_rule_rows())
        known.push_back(each.name);
    place.only_fields(known);
    UpgradeRules rules;
    for (const UpgradeRuleRow& each : upgrade_rule_rows())
        if (place.has(each.name)) {
            const std::string value = place.field(each.name).one_of(each.values);
            std::size_t position = 0;
            while (each.values[position] != value)
                ++position;
            each.set(rules, position);
        }
    return rules;
}

traces::Value::Record changed_upgrade_rules(const UpgradeRules& rules) {
    traces::Value::Record changed;
    for (const UpgradeRuleRow& each : upgrade_rule_rows())
        if (each.get(rules) != each.get({}))
            changed.emplace_back(each.name, each.values[each.get(rules)]);
    return changed;
}

} // namespace mdcd::checker::cli::node
