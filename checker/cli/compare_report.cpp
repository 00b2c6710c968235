// A table for each scope, then what each set of rules bought and broke.
// Knows nothing of how it was found out.
#include "checker/cli/compare_report.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <ostream>
#include <span>

#include "checker/cli/paragraph.hpp"
#include "model/inputs/library.hpp"
#include "traces/github.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

using model::Check;
using model::CheckedProperty;
using model::Comparison;
using model::Cost;
using model::Effect;
using model::Spread;
using traces::Value;

namespace {

// A, B, .. for the columns: names of rules are long.
std::string letter(std::size_t rules) {
    return rules < 26 ? std::string(1, static_cast<char>('A' + rules)) : "R" + std::to_string(rules + 1);
}

std::string spread_text(const Spread& spread, std::uint64_t states, int digits) {
    const double mean = model::mean(spread.sum, states);
    return (digits == 0 ? grouped(static_cast<std::uint64_t>(std::llround(mean))) : decimal(mean, digits)) +
           ", worst " + grouped(spread.worst);
}

template <Spread Cost::*Member, int digits> std::string spread_of(const Cost& cost) {
    return spread_text(cost.*Member, cost.states, digits);
}

template <Spread Cost::*Member> std::string recovery_spread_of(const Cost& cost) {
    return spread_text(cost.*Member, cost.before_recovery, 2);
}

template <Spread Cost::*Member, std::uint64_t Cost::*States> double mean_of(const Cost& cost) {
    return model::mean((cost.*Member).sum, cost.*States);
}

template <std::uint64_t Cost::*Member> double mean_share_of(const Cost& cost) {
    return cost.complete ? model::mean(cost.*Member, cost.messages) : 0;
}

template <std::uint64_t Cost::*Member> std::string share_of(const Cost& cost) {
    return cost.complete ? decimal(model::mean(cost.*Member, cost.messages), 3) : "-";
}

std::string full_name(const model::NamedRules& rules) {
    const std::string changed = model::changes(model::preset("published").rules, rules.rules);
    return rules.name + (changed.empty() || rules.name == "published" ? "" : " (published with " + changed + ")");
}

std::string extent_of(const Check& check) {
    return check.report.exhaustive ? "exhaustive" : "bounded by " + check.report.limit;
}

Cell verdict_cell(const CheckedProperty* property, Effect effect) {
    if (property == nullptr)
        return {"not applicable", Cell::Tone::plain};
    std::string text = checker::name_of(property->verdict);
    if (property->trace)
        text += " in " + std::to_string(property->trace->steps.size());
    const bool settled = effect == Effect::bought || effect == Effect::broke;
    if (settled)
        text += effect == Effect::bought ? ": bought" : ": broke";
    return {text, !settled ? Cell::Tone::plain : effect == Effect::bought ? Cell::Tone::good : Cell::Tone::bad};
}

// Which properties apply depends on the scope and on the rules: they are looked up by name. Null pointer if this one
// does not apply.
const CheckedProperty* find_property(const Check& check, const std::string& name) {
    const auto found =
        std::ranges::find_if(check.properties, [&](const auto& each) { return each.property.name == name; });
    return found == check.properties.end() ? nullptr : &*found;
}

// Those of all these checks, each once, in the order that each check has them in.
std::vector<std::string> property_names(std::span<const Check> checks) {
    std::vector<std::string> names;
    for (const Check& check : checks) {
        std::size_t next = 0;
        for (const CheckedProperty& each : check.properties) {
            const auto found = std::ranges::find(names, each.property.name);
            if (found == names.end())
                names.insert(names.begin() + static_cast<std::ptrdiff_t>(next), each.property.name);
            else
                next = static_cast<std::size_t>(found - names.begin());
            ++next;
        }
    }
    return names;
}

// Against the first rules. What did not apply there and fails here is new, and broken; what applies no longer is
// neither.
Effect effect_on(const Check& first, const CheckedProperty* other) {
    if (other == nullptr)
        return Effect::none;
    if (const CheckedProperty* before = find_property(first, other->property.name))
        return effect_of(*before, *other);
    return model::passes(other->verdict)             ? Effect::none
           : other->verdict == Verdict::inconclusive ? Effect::open
                                                     : Effect::broke;
}

bool all_alike(const std::vector<Cell>& row) {
    return std::all_of(row.begin() + 1, row.end(), [&row](const Cell& cell) { return cell.text == row[1].text; });
}

// Rows that say the same in every column are left out, and named.
using LeftOut = std::vector<std::string>;
TextTable table_of(const Comparison& comparison, const std::vector<Check>& checks, bool all_rows, LeftOut& left_out) {
    std::vector<std::string> heads{""};
    for (std::size_t rules = 0; rules < checks.size(); ++rules)
        heads.push_back(letter(rules));
    TextTable table(std::move(heads));
    for (const std::string& name : property_names(checks)) {
        std::vector<Cell> row{{name}};
        for (const Check& check : checks) {
            const CheckedProperty* property = find_property(check, name);
            row.push_back(verdict_cell(property, effect_on(checks.front(), property)));
        }
        if (all_rows || !all_alike(row))
            table.add(std::move(row));
        else
            left_out.push_back(name);
    }
    std::vector<Cell> states{{comparison.checks.front().front().reductions.any() ? "states up to renaming" : "states"}};
    for (const Check& check : checks)
        states.push_back(
            {grouped(check.report.distinct_states) + (check.report.exhaustive ? "" : ", " + extent_of(check))});
    table.add(std::move(states));
    for (const CostFigure& figure : cost_figures()) {
        std::vector<Cell> row{{figure.name}};
        for (const Check& check : checks)
            row.push_back({figure.text(check.cost.value())});
        if (all_rows || !all_alike(row))
            table.add(std::move(row));
        else
            left_out.emplace_back(figure.name);
    }
    return table;
}

// The properties with that effect, by scope: "containment (relay, feedback), takeover_order (relay)".
std::string properties_with(const Comparison& comparison, std::size_t rules, Effect effect) {
    std::vector<std::string> words;
    std::vector<std::string> names;
    for (const std::vector<Check>& checks : comparison.checks)
        for (const std::string& name : property_names(checks))
            if (std::ranges::find(names, name) == names.end())
                names.push_back(name);
    for (const std::string& name : names) {
        std::vector<std::string> scopes;
        for (std::size_t scope = 0; scope < comparison.checks.size(); ++scope) {
            const std::vector<Check>& checks = comparison.checks[scope];
            const CheckedProperty* property = rules < checks.size() ? find_property(checks[rules], name) : nullptr;
            if (property != nullptr && effect_on(checks.front(), property) == effect)
                scopes.push_back(comparison.scopes[scope].name);
        }
        if (!scopes.empty())
            words.push_back(scopes.size() == comparison.scopes.size() ? name : name + " (" + joined(scopes) + ")");
    }
    return joined(words);
}

// Figures that a set of rules has lower or higher than the first, all scopes together.
std::string figures_that_moved(const Comparison& comparison, std::size_t rules) {
    std::optional<Cost> first, other;
    for (const std::vector<Check>& checks : comparison.checks) {
        if (rules >= checks.size())
            return "";
        first = first ? together(*first, checks.front().cost.value()) : checks.front().cost.value();
        other = other ? together(*other, checks[rules].cost.value()) : checks[rules].cost.value();
    }
    std::vector<std::string> less, more;
    for (const CostFigure& figure : cost_figures()) {
        const double before = figure.mean(*first), after = figure.mean(*other);
        if (std::abs(after - before) * 200 > std::abs(before) + std::abs(after)) // by a hundredth, or it is no news
            (after < before ? less : more).emplace_back(figure.name);
    }
    std::string text = less.empty() ? "" : "lower: " + joined(less);
    if (!more.empty())
        text += (text.empty() ? "" : "; ") + ("higher: " + joined(more));
    return text;
}

// One sentence for each set of rules after the first.
std::vector<std::string> sentences(const Comparison& comparison) {
    std::vector<std::string> all;
    for (std::size_t rules = 1; rules < comparison.rules.size(); ++rules) {
        std::string text = letter(rules) + " against A: ";
        const std::string bought = properties_with(comparison, rules, Effect::bought);
        const std::string broke = properties_with(comparison, rules, Effect::broke);
        text += (bought.empty() ? "no property bought" : "bought " + bought) + "; broke " +
                (broke.empty() ? "nothing" : broke);
        const std::string open = properties_with(comparison, rules, Effect::open);
        if (!open.empty())
            text += "; left open " + open;
        const std::string moved = figures_that_moved(comparison, rules);
        all.push_back(text + (moved.empty() ? "" : "; cost " + moved));
    }
    return all;
}

std::string scope_line(const model::Scope& scope) {
    return "scope " + scope.name + ": " + std::to_string(scope.components) + " component" +
           (scope.components == 1 ? "" : "s") + ", " + std::to_string(scope.active_processes) + " active process" +
           (scope.active_processes == 1 ? "" : "es");
}

Value property_value(const CheckedProperty& property, Effect effect, const std::string& file) {
    Value::Record record{
        {"name", property.property.name}, {"verdict", checker::name_of(property.verdict)}, {"effect", name_of(effect)}};
    if (property.trace)
        record.emplace_back("steps", static_cast<std::int64_t>(property.trace->steps.size()));
    if (!property.reason.empty())
        record.emplace_back("reason", property.reason);
    if (!file.empty())
        record.emplace_back("trace", file);
    return record;
}

} // namespace

std::vector<CostFigure> cost_figures() {
    return {
        {"checkpoints a message", share_of<&Cost::checkpoints>, mean_share_of<&Cost::checkpoints>},
        {"logged a message", share_of<&Cost::logged>, mean_share_of<&Cost::logged>},
        {"checkpoints kept", spread_of<&Cost::checkpoints_kept, 2>, mean_of<&Cost::checkpoints_kept, &Cost::states>},
        {"log entries kept", spread_of<&Cost::entries_kept, 2>, mean_of<&Cost::entries_kept, &Cost::states>},
        {"bytes kept", spread_of<&Cost::bytes_kept, 0>, mean_of<&Cost::bytes_kept, &Cost::states>},
        {"events undone by a recovery", recovery_spread_of<&Cost::events_undone>,
         mean_of<&Cost::events_undone, &Cost::before_recovery>},
        {"processes rolled back", recovery_spread_of<&Cost::rolled_back>,
         mean_of<&Cost::rolled_back, &Cost::before_recovery>},
        {"messages replayed", recovery_spread_of<&Cost::replayed>, mean_of<&Cost::replayed, &Cost::before_recovery>}};
}

ExitCode exit_code_of(const Comparison& comparison) {
    bool broke_claim = false, broke_twin = false, open = false, interrupted = false;
    for (const std::vector<Check>& checks : comparison.checks)
        for (const Check& check : checks) {
            interrupted |= check.report.limit == "interrupted";
            open |= !check.report.exhaustive;
            for (const CheckedProperty& each : check.properties) {
                const Effect effect = effect_on(checks.front(), &each);
                open |= each.verdict == Verdict::inconclusive;
                broke_claim |= each.verdict == Verdict::error;
                (each.property.kind != PropertyKind::reachable ? broke_claim : broke_twin) |= effect == Effect::broke;
            }
        }
    return interrupted   ? ExitCode::interrupted
           : broke_claim ? ExitCode::violated
           : open        ? ExitCode::inconclusive
           : broke_twin  ? ExitCode::not_reached
                         : ExitCode::as_expected;
}

void print_text(std::ostream& out, const Comparison& comparison, const ComparedFiles& files,
                const ComparisonStyle& style) {
    for (std::size_t rules = 0; rules < comparison.rules.size(); ++rules)
        print_paragraph(out, "  " + letter(rules) + "  ", full_name(comparison.rules[rules]), style.width);
    for (std::size_t scope = 0; scope < comparison.checks.size(); ++scope) {
        out << '\n' << scope_line(comparison.scopes[scope]) << '\n';
        LeftOut left_out;
        table_of(comparison, comparison.checks[scope], style.all_rows, left_out).print_text(out, style.color);
        if (!left_out.empty())
            print_paragraph(out, "  the same in all (-v shows them): ", joined(left_out), style.width);
    }
    out << '\n';
    for (const std::string& sentence : sentences(comparison))
        print_paragraph(out, "", sentence, style.width);
    std::size_t written = 0;
    for (const auto& of_scope : files)
        for (const TraceFiles& of_rules : of_scope)
            for (const std::string& file : of_rules)
                if (!file.empty() && ++written <= 1)
                    out << "the runs are files: mdcd show " << file << '\n';
}

void print_markdown(std::ostream& out, const Comparison& comparison) {
    for (std::size_t rules = 0; rules < comparison.rules.size(); ++rules)
        out << "* " << letter(rules) << ": " << traces::markdown_text(full_name(comparison.rules[rules])) << '\n';
    for (std::size_t scope = 0; scope < comparison.checks.size(); ++scope) {
        out << "\n### " << traces::markdown_text(scope_line(comparison.scopes[scope])) << "\n\n";
        LeftOut none;
        table_of(comparison, comparison.checks[scope], true, none).print_markdown(out);
    }
    out << '\n';
    for (const std::string& sentence : sentences(comparison))
        out << "* " << traces::markdown_text(sentence) << '\n';
}

void print_json(std::ostream& out, const Comparison& comparison, const ComparedFiles& files) {
    Value::List scopes;
    for (std::size_t scope = 0; scope < comparison.checks.size(); ++scope) {
        Value::List columns;
        for (std::size_t rules = 0; rules < comparison.checks[scope].size(); ++rules) {
            const Check& check = comparison.checks[scope][rules];
            Value::List properties;
            for (std::size_t property = 0; property < check.properties.size(); ++property)
                properties.push_back(
                    property_value(check.properties[property],
                                   effect_on(comparison.checks[scope].front(), &check.properties[property]),
                                   files[scope][rules][property]));
            columns.emplace_back(
                Value::Record{{"rules_name", check.rules.name},
                              {"rules", model::to_value(check.rules.rules)},
                              {"extent", extent_of(check)},
                              {"up_to_symmetry", check.reductions.actives},
                              {"up_to_symmetry_of_components", check.reductions.components},
                              {"renamings_of_processes", static_cast<std::int64_t>(check.process_renamings)},
                              {"up_to_renaming_of_numbers", check.reductions.renumbering},
                              {"distinct_states", static_cast<std::int64_t>(check.report.distinct_states)},
                              {"transitions", static_cast<std::int64_t>(check.report.transitions)},
                              {"depth", static_cast<std::int64_t>(check.report.depth)},
                              {"properties", std::move(properties)},
                              {"cost", model::to_value(check.cost.value())}});
        }
        scopes.emplace_back(
            Value::Record{{"scope", model::to_value(comparison.scopes[scope])}, {"rules", std::move(columns)}});
    }
    out << traces::to_json(
        Value::Record{{"scopes", std::move(scopes)}, {"exit_code", static_cast<int>(exit_code_of(comparison))}});
}

} // namespace mdcd::checker::cli
