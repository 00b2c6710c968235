// What a comparison says of each check, in the words of its report.
// Decides nothing.
#include "checker/cli/compare_columns.hpp"

#include "checker/cli/check_report.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {

using model::Check;
using model::CheckedProperty;
using model::Cost;
using model::Spread;
using traces::Value;

namespace {

std::string full_name(const model::NamedRules& rules) {
    const std::string changed = model::changes(model::preset("published").rules, rules.rules);
    return rules.name + (changed.empty() || rules.name == "published" ? "" : " (published with " + changed + ")");
}

std::string line_of(const model::Scope& scope) {
    return "scope " + scope.name + ": " + std::to_string(scope.components) + " component" +
           (scope.components == 1 ? "" : "s") + ", " + std::to_string(scope.active_processes) + " active process" +
           (scope.active_processes == 1 ? "" : "es");
}

ComparedProperty property_of(const CheckedProperty& checked, const std::string& file) {
    ComparedProperty property{
        .property = checked.property, .verdict = checked.verdict, .steps = {}, .reason = checked.reason, .file = file};
    if (checked.trace)
        property.steps = checked.trace->steps.size();
    return property;
}

Value::Record facts_of(const Check& check) {
    return {{"rules_name", check.rules.name},
            {"rules", model::to_value(check.rules.rules)},
            {"extent", extent(check.report)},
            {"up_to_symmetry", check.reductions.actives},
            {"up_to_symmetry_of_components", check.reductions.components},
            {"renamings_of_processes", static_cast<std::int64_t>(check.process_renamings)},
            {"up_to_renaming_of_numbers", check.reductions.renumbering}};
}

} // namespace

std::vector<ComparedFigure> figures_of(const Cost& cost) {
    const auto share = [&](const char* name, std::uint64_t sum) {
        return ComparedFigure{
            .name = name, .sum = sum, .count = cost.messages, .worst = {}, .digits = 3, .is_known = cost.complete};
    };
    const auto spread = [](const char* name, const Spread& of, std::uint64_t count, int digits) {
        return ComparedFigure{.name = name, .sum = of.sum, .count = count, .worst = of.worst, .digits = digits};
    };
    return {share("checkpoints a message", cost.checkpoints),
            share("logged a message", cost.logged),
            spread("checkpoints kept", cost.checkpoints_kept, cost.states, 2),
            spread("log entries kept", cost.entries_kept, cost.states, 2),
            spread("bytes kept", cost.bytes_kept, cost.states, 0),
            spread("events undone by a recovery", cost.events_undone, cost.before_recovery, 2),
            spread("processes rolled back", cost.rolled_back, cost.before_recovery, 2),
            spread("messages replayed", cost.replayed, cost.before_recovery, 2)};
}

ComparedTable table_of(const model::Comparison& comparison, const ComparedFiles& files) {
    ComparedTable table;
    for (const model::NamedRules& each : comparison.rules)
        table.rules.push_back(full_name(each));
    for (std::size_t scope = 0; scope < comparison.checks.size(); ++scope) {
        ComparedScope& row = table.scopes.emplace_back();
        row.name = comparison.scopes[scope].name;
        row.line = line_of(comparison.scopes[scope]);
        row.value = model::to_value(comparison.scopes[scope]);
        if (comparison.checks.front().front().reductions.any())
            row.states = "states up to renaming";
        for (std::size_t rules = 0; rules < comparison.checks[scope].size(); ++rules) {
            const Check& check = comparison.checks[scope][rules];
            ComparedCheck& column = row.checks.emplace_back();
            for (std::size_t each = 0; each < check.properties.size(); ++each)
                column.properties.push_back(property_of(check.properties[each], files[scope][rules][each]));
            column.report = check.report;
            column.figures = figures_of(check.cost.value());
            column.facts = facts_of(check);
            column.cost = model::to_value(check.cost.value());
        }
    }
    return table;
}

} // namespace mdcd::checker::cli
