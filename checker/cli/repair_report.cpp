// The repairs with what they cost, the smaller sets with what refutes them, and how far the search went.
// Knows nothing of how it was found out.
#include "checker/cli/repair_report.hpp"

#include <algorithm>
#include <ostream>

#include "checker/cli/compare_columns.hpp"
#include "checker/cli/text_table.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

using model::ExaminedSet;
using model::Refutation;
using model::Repair;
using model::SetVerdict;
using traces::Value;

namespace {

constexpr std::size_t columns_max = 6; // repairs side by side

std::string claim_of(const Refutation& refutation) {
    return model::all_properties()[static_cast<std::size_t>(refutation.property)].name;
}

std::size_t count_of(const Repair& repair, SetVerdict verdict) {
    return static_cast<std::size_t>(std::ranges::count(repair.sets, verdict, &ExaminedSet::verdict));
}

std::string scope_names(const Repair& repair) {
    std::vector<std::string> names;
    for (const model::Scope& scope : repair.scopes)
        names.push_back(scope.name);
    return joined(names);
}

void print_repairs(std::ostream& out, const Repair& repair, bool color) {
    if (repair.repairs.empty())
        return;
    if (repair.repairs.front() == 0) {
        out << "\nnothing to repair: every claim holds under " << repair.lattice.from().name << '\n';
    } else {
        out << '\n' << plural(repair.repairs.size(), "repair") << ", the cheapest first:\n";
        for (std::size_t place = 0; place < repair.repairs.size(); ++place)
            out << "  " << place + 1 << "  " << repair.lattice.text(repair.sets[repair.repairs[place]].changes) << '\n';
    }
    std::vector<std::size_t> sets;
    std::vector<std::string> heads{"cost, all scopes together", repair.lattice.from().name};
    for (std::size_t place = 0; place < std::min(columns_max, repair.repairs.size()); ++place)
        if (repair.repairs[place] != 0) {
            sets.push_back(repair.repairs[place]);
            heads.push_back(std::to_string(place + 1));
        }
    sets.insert(sets.begin(), 0);
    TextTable table(std::move(heads));
    std::vector<Cell> states{{"states"}};
    for (const std::size_t set : sets) {
        std::uint64_t sum = 0;
        for (const std::uint64_t each : repair.sets[set].distinct_states)
            sum += each;
        states.push_back({grouped(sum)});
    }
    table.add(std::move(states));
    std::vector<std::vector<ComparedFigure>> costs;
    for (const std::size_t set : sets)
        costs.push_back(figures_of(total_cost(repair.sets[set])));
    for (std::size_t figure = 0; figure < costs.front().size(); ++figure) {
        std::vector<Cell> row{{costs.front()[figure].name}};
        for (const std::vector<ComparedFigure>& cost : costs)
            row.push_back({text_of(cost[figure])});
        table.add(std::move(row));
    }
    out << '\n';
    table.print_text(out, color);
}

void print_refuted(std::ostream& out, const Repair& repair, const RefutingFiles& files, bool color) {
    const std::vector<std::size_t> telling = telling_sets(repair);
    if (telling.empty())
        return;
    TextTable table({repair.repairs.empty() ? "without a change" : "smaller sets, each refuted", "by", ""});
    for (const std::size_t set : telling) {
        const Refutation& refutation = repair.sets[set].refutation.value();
        table.add({{repair.lattice.text(repair.sets[set].changes)},
                   {repair.scopes[refutation.scope].name + ": " + claim_of(refutation)},
                   {refutation.error.empty() ? "in " + std::to_string(refutation.path.firings.size()) + " steps"
                                             : refutation.error}});
    }
    out << '\n';
    table.print_text(out, color);
    if (const auto first = files.find(telling.front()); first != files.end())
        out << "  the runs are files: mdcd show " << first->second << '\n';
}

// What is neither a repair nor refuted; the first few of many.
void print_others(std::ostream& out, const Repair& repair) {
    constexpr std::size_t shown_max = 10;
    for (const SetVerdict verdict : {SetVerdict::vacuous, SetVerdict::inconclusive}) {
        if (repair.interrupted && verdict == SetVerdict::inconclusive)
            continue; // most of them were not looked at
        std::size_t shown = 0;
        for (const ExaminedSet& set : repair.sets)
            if (set.verdict == verdict && ++shown <= shown_max)
                out << (shown == 1 ? "\n" : "") << name_of(verdict) << ": " << repair.lattice.text(set.changes)
                    << (verdict == SetVerdict::vacuous
                            ? ": all claims hold, but nothing reaches any more " + joined(set.unreached)
                            : ": " + set.reason)
                    << '\n';
        if (shown > shown_max)
            out << ".. and " << grouped(shown - shown_max) << " more\n";
    }
}

void print_extent(std::ostream& out, const Repair& repair) {
    const std::size_t refuted = count_of(repair, SetVerdict::refuted);
    const std::size_t open = count_of(repair, SetVerdict::inconclusive);
    const auto known = static_cast<std::size_t>(std::ranges::count_if(
        repair.sets, [](const ExaminedSet& set) { return set.refutation && set.refutation->found_with; }));
    std::vector<std::string> parts{grouped(repair.repairs.size()) + " hold",
                                   grouped(refuted) + " refuted (" + grouped(refuted - known) + " by exploring, " +
                                       grouped(known) + " by a run known from another set)"};
    if (const std::size_t vacuous = count_of(repair, SetVerdict::vacuous); vacuous > 0)
        parts.push_back(grouped(vacuous) + " vacuous");
    if (open > 0)
        parts.push_back(grouped(open) + (repair.interrupted ? " not settled" : " inconclusive"));
    out << '\n'
        << plural(repair.sets.size(), "set") << " of at most " << plural(repair.changes_max, "change") << ": "
        << joined(parts) << "; " << grouped(repair.left_out) << " more left out: they contain a repair\n";
}

Value set_value(const Repair& repair, std::size_t position, const RefutingFiles& files) {
    const ExaminedSet& set = repair.sets[position];
    Value::List changes;
    for (const std::uint16_t each : set.changes)
        changes.emplace_back(repair.lattice.changes()[each].text());
    Value::Record record{{"changes", std::move(changes)}, {"verdict", name_of(set.verdict)}};
    if (!set.reason.empty())
        record.emplace_back("reason", set.reason);
    if (set.refutation) {
        record.emplace_back("scope", repair.scopes[set.refutation->scope].name);
        record.emplace_back("property", claim_of(*set.refutation));
        record.emplace_back("steps", static_cast<std::int64_t>(set.refutation->path.firings.size()));
        if (!set.refutation->error.empty())
            record.emplace_back("error", set.refutation->error);
        if (set.refutation->found_with)
            record.emplace_back("run_of", static_cast<std::int64_t>(*set.refutation->found_with));
    }
    if (const auto file = files.find(position); file != files.end())
        record.emplace_back("trace", file->second);
    if (!set.costs.empty()) {
        Value::List scopes;
        for (std::size_t scope = 0; scope < set.costs.size(); ++scope)
            scopes.emplace_back(
                Value::Record{{"scope", repair.scopes[scope].name},
                              {"distinct_states", static_cast<std::int64_t>(set.distinct_states[scope])},
                              {"cost", to_value(set.costs[scope])}});
        record.emplace_back("scopes", std::move(scopes));
    }
    if (!set.unreached.empty()) {
        Value::List names;
        for (const std::string& name : set.unreached)
            names.emplace_back(name);
        record.emplace_back("unreached", std::move(names));
    }
    return record;
}

} // namespace

std::vector<std::size_t> telling_sets(const Repair& repair) {
    std::vector<std::size_t> telling;
    for (std::size_t set = 0; set < repair.sets.size(); ++set) {
        const auto is_below = [&](std::size_t larger) {
            return set != larger && model::is_subset(repair.sets[set].changes, repair.sets[larger].changes);
        };
        const bool tells = std::ranges::any_of(repair.repairs, is_below) || (repair.repairs.empty() && set == 0);
        if (tells && repair.sets[set].refutation)
            telling.push_back(set);
    }
    return telling;
}

ExitCode exit_code_of(const Repair& repair) {
    if (repair.interrupted)
        return ExitCode::interrupted;
    if (count_of(repair, SetVerdict::inconclusive) > 0)
        return ExitCode::inconclusive;
    if (!repair.repairs.empty())
        return ExitCode::as_expected;
    return count_of(repair, SetVerdict::vacuous) > 0 ? ExitCode::not_reached : ExitCode::violated;
}

void print_text(std::ostream& out, const Repair& repair, const RefutingFiles& files, bool color) {
    out << "scopes " << scope_names(repair) << "; from " << repair.lattice.from().name << ", "
        << plural(repair.lattice.rule_count(), "rule") << " to change, at most " << repair.changes_max
        << " at a time\n";
    if (repair.interrupted)
        out << "\ninterrupted: there may be more than what follows\n";
    if (repair.repairs.empty())
        out << "\nno repair was found" << (repair.interrupted ? " so far" : "") << '\n';
    print_repairs(out, repair, color);
    print_refuted(out, repair, files, color);
    print_others(out, repair);
    print_extent(out, repair);
}

void print_json(std::ostream& out, const Repair& repair, const RefutingFiles& files) {
    Value::List scopes;
    for (const model::Scope& scope : repair.scopes)
        scopes.push_back(model::to_value(scope));
    Value::List sets;
    for (std::size_t set = 0; set < repair.sets.size(); ++set)
        sets.push_back(set_value(repair, set, files));
    Value::List repairs;
    for (const std::size_t set : repair.repairs)
        repairs.emplace_back(static_cast<std::int64_t>(set));
    out << traces::to_json(Value::Record{{"scopes", std::move(scopes)},
                                         {"from", repair.lattice.from().name},
                                         {"rules", model::to_value(repair.lattice.from().rules)},
                                         {"changes_max", static_cast<std::int64_t>(repair.changes_max)},
                                         {"repairs", std::move(repairs)},
                                         {"left_out", static_cast<std::int64_t>(repair.left_out)},
                                         {"interrupted", repair.interrupted},
                                         {"sets", std::move(sets)},
                                         {"exit_code", static_cast<int>(exit_code_of(repair))}});
}

} // namespace mdcd::checker::cli
