// A table for each scope, then what each set of rules bought and broke.
// Knows nothing of how it was found out.
#include "checker/cli/compare_report.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <span>

#include <unistd.h>

#include "checker/cli/check_report.hpp"
#include "checker/cli/paragraph.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/text_table.hpp"
#include "model/check/comparison.hpp"
#include "traces/github.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

using model::Effect;
using traces::Value;

namespace {

// A, B, .. for the columns: names of rules are long.
std::string letter(std::size_t rules) {
    return rules < 26 ? std::string(1, static_cast<char>('A' + rules)) : "R" + std::to_string(rules + 1);
}

Cell verdict_cell(const ComparedProperty* property, Effect effect) {
    if (property == nullptr)
        return {"not applicable", Cell::Tone::plain};
    std::string text = checker::name_of(property->verdict);
    if (property->steps)
        text += " in " + std::to_string(*property->steps);
    const bool settled = effect == Effect::bought || effect == Effect::broke;
    if (settled)
        text += effect == Effect::bought ? ": bought" : ": broke";
    return {text, !settled ? Cell::Tone::plain : effect == Effect::bought ? Cell::Tone::good : Cell::Tone::bad};
}

// Which properties apply depends on the scope and on the rules: they are looked up by name. Null pointer if this one
// does not apply.
const ComparedProperty* find_property(const ComparedCheck& check, const std::string& name) {
    const auto found =
        std::ranges::find_if(check.properties, [&](const auto& each) { return each.property.name == name; });
    return found == check.properties.end() ? nullptr : &*found;
}

// Those of all these checks, each once, in the order that each check has them in.
std::vector<std::string> property_names(std::span<const ComparedCheck> checks) {
    std::vector<std::string> names;
    for (const ComparedCheck& check : checks) {
        std::size_t next = 0;
        for (const ComparedProperty& each : check.properties) {
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
Effect effect_on(const ComparedCheck& first, const ComparedProperty* other) {
    if (other == nullptr)
        return Effect::none;
    if (const ComparedProperty* before = find_property(first, other->property.name))
        return model::effect_of(before->verdict, before->steps.value_or(0), other->verdict, other->steps.value_or(0));
    return model::passes(other->verdict)             ? Effect::none
           : other->verdict == Verdict::inconclusive ? Effect::open
                                                     : Effect::broke;
}

bool all_alike(const std::vector<Cell>& row) {
    return std::all_of(row.begin() + 1, row.end(), [&row](const Cell& cell) { return cell.text == row[1].text; });
}

// Rows that say the same in every column are left out, and named.
using LeftOut = std::vector<std::string>;
TextTable table_of(const ComparedScope& scope, bool all_rows, LeftOut& left_out) {
    std::vector<std::string> heads{""};
    for (std::size_t rules = 0; rules < scope.checks.size(); ++rules)
        heads.push_back(letter(rules));
    TextTable table(std::move(heads));
    for (const std::string& name : property_names(scope.checks)) {
        std::vector<Cell> row{{name}};
        for (const ComparedCheck& check : scope.checks) {
            const ComparedProperty* property = find_property(check, name);
            row.push_back(verdict_cell(property, effect_on(scope.checks.front(), property)));
        }
        if (all_rows || !all_alike(row))
            table.add(std::move(row));
        else
            left_out.push_back(name);
    }
    std::vector<Cell> states{{scope.states}};
    for (const ComparedCheck& check : scope.checks)
        states.push_back(
            {grouped(check.report.distinct_states) + (check.report.exhaustive ? "" : ", " + extent(check.report))});
    table.add(std::move(states));
    for (std::size_t figure = 0; figure < scope.checks.front().figures.size(); ++figure) {
        std::vector<Cell> row{{scope.checks.front().figures[figure].name}};
        for (const ComparedCheck& check : scope.checks)
            row.push_back({text_of(check.figures[figure])});
        if (all_rows || !all_alike(row))
            table.add(std::move(row));
        else
            left_out.push_back(scope.checks.front().figures[figure].name);
    }
    return table;
}

// The properties with that effect, by scope: "containment (relay, feedback), takeover_order (relay)".
std::string properties_with(const ComparedTable& table, std::size_t rules, Effect effect) {
    std::vector<std::string> words;
    std::vector<std::string> names;
    for (const ComparedScope& scope : table.scopes)
        for (const std::string& name : property_names(scope.checks))
            if (std::ranges::find(names, name) == names.end())
                names.push_back(name);
    for (const std::string& name : names) {
        std::vector<std::string> scopes;
        for (const ComparedScope& scope : table.scopes) {
            const ComparedProperty* property =
                rules < scope.checks.size() ? find_property(scope.checks[rules], name) : nullptr;
            if (property != nullptr && effect_on(scope.checks.front(), property) == effect)
                scopes.push_back(scope.name);
        }
        if (!scopes.empty())
            words.push_back(scopes.size() == table.scopes.size() ? name : name + " (" + joined(scopes) + ")");
    }
    return joined(words);
}

// One figure of one set of rules, all scopes together that have it.
ComparedFigure together(const ComparedTable& table, std::size_t rules, const std::string& name) {
    ComparedFigure sum;
    for (const ComparedScope& scope : table.scopes)
        for (const ComparedFigure& each : scope.checks[rules].figures)
            if (each.name == name) {
                sum.sum += each.sum;
                sum.count += each.count;
                sum.is_known = sum.is_known && each.is_known;
            }
    return sum;
}

double mean_of(const ComparedFigure& figure) {
    return model::mean(figure.sum, figure.count);
}

// Figures that a set of rules has lower or higher than the first.
std::string figures_that_moved(const ComparedTable& table, std::size_t rules) {
    std::vector<std::string> names;
    for (const ComparedScope& scope : table.scopes) {
        if (rules >= scope.checks.size())
            return "";
        for (const ComparedFigure& figure : scope.checks.front().figures)
            if (std::ranges::find(names, figure.name) == names.end())
                names.push_back(figure.name);
    }
    std::vector<std::string> less, more;
    for (const std::string& name : names) {
        const ComparedFigure first = together(table, 0, name);
        const ComparedFigure other = together(table, rules, name);
        const double before = mean_of(first), after = mean_of(other);
        const bool is_news = std::abs(after - before) * 200 > std::abs(before) + std::abs(after); // by a hundredth
        if (first.is_known && other.is_known && is_news)
            (after < before ? less : more).push_back(name);
    }
    std::string text = less.empty() ? "" : "lower: " + joined(less);
    if (!more.empty())
        text += (text.empty() ? "" : "; ") + ("higher: " + joined(more));
    return text;
}

// One sentence for each set of rules after the first.
std::vector<std::string> sentences(const ComparedTable& table) {
    std::vector<std::string> all;
    for (std::size_t rules = 1; rules < table.rules.size(); ++rules) {
        std::string text = letter(rules) + " against A: ";
        const std::string bought = properties_with(table, rules, Effect::bought);
        const std::string broke = properties_with(table, rules, Effect::broke);
        text += (bought.empty() ? "no property bought" : "bought " + bought) + "; broke " +
                (broke.empty() ? "nothing" : broke);
        const std::string open = properties_with(table, rules, Effect::open);
        if (!open.empty())
            text += "; left open " + open;
        const std::string moved = figures_that_moved(table, rules);
        all.push_back(text + (moved.empty() ? "" : "; cost " + moved));
    }
    return all;
}

Value property_value(const ComparedProperty& property, Effect effect) {
    Value::Record record{
        {"name", property.property.name}, {"verdict", checker::name_of(property.verdict)}, {"effect", name_of(effect)}};
    if (property.steps)
        record.emplace_back("steps", static_cast<std::int64_t>(*property.steps));
    if (!property.reason.empty())
        record.emplace_back("reason", property.reason);
    if (!property.file.empty())
        record.emplace_back("trace", property.file);
    return record;
}

Value check_value(const ComparedCheck& first, const ComparedCheck& check) {
    Value::List properties;
    for (const ComparedProperty& property : check.properties)
        properties.push_back(property_value(property, effect_on(first, &property)));
    Value::Record record = check.facts;
    record.emplace_back("distinct_states", static_cast<std::int64_t>(check.report.distinct_states));
    record.emplace_back("transitions", static_cast<std::int64_t>(check.report.transitions));
    record.emplace_back("depth", static_cast<std::int64_t>(check.report.depth));
    record.emplace_back("properties", std::move(properties));
    record.emplace_back("cost", check.cost);
    return record;
}

} // namespace

std::string text_of(const ComparedFigure& figure) {
    if (!figure.is_known)
        return "-";
    const double mean = mean_of(figure);
    return (figure.digits == 0 ? grouped(static_cast<std::uint64_t>(std::llround(mean)))
                               : decimal(mean, figure.digits)) +
           (figure.worst ? ", worst " + grouped(*figure.worst) : "");
}

ExitCode exit_code_of(const ComparedTable& table) {
    bool broke_claim = false, broke_twin = false, open = false, interrupted = false;
    for (const ComparedScope& scope : table.scopes)
        for (const ComparedCheck& check : scope.checks) {
            interrupted |= check.report.limit == "interrupted";
            open |= !check.report.exhaustive;
            for (const ComparedProperty& each : check.properties) {
                const Effect effect = effect_on(scope.checks.front(), &each);
                open |= each.verdict == Verdict::inconclusive;
                interrupted |= each.verdict == Verdict::inconclusive && each.reason == "interrupted";
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

void print(const ComparedTable& table, const CheckArguments& arguments) {
    if (arguments.format == "json")
        print_json(std::cout, table);
    else if (arguments.format == "markdown")
        print_markdown(std::cout, table);
    else
        print_text(std::cout, table,
                   {.color = wants_color(), .width = terminal_width(STDOUT_FILENO), .all_rows = arguments.verbose});
    std::cout.flush();
}

void print_text(std::ostream& out, const ComparedTable& table, const ComparisonStyle& style) {
    for (std::size_t rules = 0; rules < table.rules.size(); ++rules)
        print_paragraph(out, "  " + letter(rules) + "  ", table.rules[rules], style.width);
    for (const ComparedScope& scope : table.scopes) {
        out << '\n';
        print_paragraph(out, "", scope.line, style.width);
        LeftOut left_out;
        table_of(scope, style.all_rows, left_out).print_text(out, style.color);
        if (!left_out.empty())
            print_paragraph(out, "  the same in all (-v shows them): ", joined(left_out), style.width);
    }
    out << '\n';
    for (const std::string& sentence : sentences(table))
        print_paragraph(out, "", sentence, style.width);
    std::size_t written = 0;
    for (const ComparedScope& scope : table.scopes)
        for (const ComparedCheck& check : scope.checks)
            for (const ComparedProperty& property : check.properties)
                if (!property.file.empty() && ++written <= 1)
                    out << "the runs are files: mdcd show " << property.file << '\n';
}

void print_markdown(std::ostream& out, const ComparedTable& table) {
    for (std::size_t rules = 0; rules < table.rules.size(); ++rules)
        out << "* " << letter(rules) << ": " << traces::markdown_text(table.rules[rules]) << '\n';
    for (const ComparedScope& scope : table.scopes) {
        out << "\n### " << traces::markdown_text(scope.line) << "\n\n";
        LeftOut none;
        table_of(scope, true, none).print_markdown(out);
    }
    out << '\n';
    for (const std::string& sentence : sentences(table))
        out << "* " << traces::markdown_text(sentence) << '\n';
}

void print_json(std::ostream& out, const ComparedTable& table) {
    Value::List scopes;
    for (const ComparedScope& scope : table.scopes) {
        Value::List columns;
        for (const ComparedCheck& check : scope.checks)
            columns.push_back(check_value(scope.checks.front(), check));
        scopes.emplace_back(Value::Record{{"scope", scope.value}, {"rules", std::move(columns)}});
    }
    out << traces::to_json(
        Value::Record{{"scopes", std::move(scopes)}, {"exit_code", static_cast<int>(exit_code_of(table))}});
}

} // namespace mdcd::checker::cli
