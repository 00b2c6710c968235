// Checks each scope of a family under each set of rules, and puts the answers side by side.
// Decides nothing itself: the family explores, the report prints.
#include "checker/cli/compare_family.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <set>

#include "checker/cli/check_report.hpp"
#include "checker/cli/family_arguments.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/usage_error.hpp"
#include "model/inputs/families.hpp"

namespace mdcd::checker::cli {

using model::FamilyCase;
using traces::Value;

namespace {

// The columns in one scope. With a single set of rules the changed ones are compared with it.
std::vector<FamilyCase> cases_of(const std::string& scope, const std::vector<std::string>& rules,
                                 const std::vector<std::string>& set) {
    std::vector<FamilyCase> all;
    if (rules.size() == 1)
        all.push_back(family_case_of(scope, rules.front(), {}));
    if (rules.size() > 1 || !set.empty())
        for (const std::string& name : rules)
            all.push_back(family_case_of(scope, name, set));
    std::set<std::string> names;
    for (const FamilyCase& each : all)
        if (!names.insert(model::rules_name(each)).second)
            throw UsageError("--rules: two of them are named " + model::rules_name(each) +
                             ", so that their traces would be");
    if (all.size() < 2)
        throw UsageError("nothing to compare " + model::rules_name(all.front()) +
                         " with: name other rules by --rules, or change one by --set RULE=VALUE");
    return all;
}

std::vector<std::string> names_of(const std::vector<FamilyCase>& cases) {
    std::vector<std::string> names;
    for (const FamilyCase& each : cases)
        names.push_back(model::rules_name(each));
    return names;
}

// By scope, then by rules.
std::vector<std::vector<FamilyCase>> all_cases(const std::vector<std::string>& scopes,
                                               const std::vector<std::string>& rules,
                                               const std::vector<std::string>& set) {
    std::vector<std::vector<FamilyCase>> all;
    std::set<std::string> seen;
    for (const std::string& scope : scopes) {
        if (!seen.insert(scope).second)
            throw UsageError("two scopes are named " + scope + ", so that their traces would be");
        all.push_back(cases_of(scope, rules.empty() ? std::vector<std::string>{""} : rules, set));
        if (names_of(all.back()) != names_of(all.front()))
            throw UsageError(scopes.front() + " and " + scope +
                             " have different rules of their own: name those that are compared by --rules");
    }
    return all;
}

// Those of all columns are known: a claim may be made under some rules only.
void expect_properties(const std::vector<std::vector<FamilyCase>>& cases, const std::vector<std::string>& asked) {
    std::vector<std::string> known;
    for (const std::vector<FamilyCase>& row : cases)
        for (const FamilyCase& what : row)
            for (const Property& each : model::family_of(what.scope).properties(what))
                if (std::ranges::find(known, each.name) == known.end())
                    known.push_back(each.name);
    for (const std::string& name : asked)
        expect_property("--property " + name, name, known);
}

Value cost_value(const model::FamilyMeasure& measure) {
    return Value::Record{{"name", measure.name},
                         {"states", static_cast<std::int64_t>(measure.count)},
                         {"sum", static_cast<std::int64_t>(measure.sum)},
                         {"worst", static_cast<std::int64_t>(measure.worst)}};
}

ComparedCheck column_of(const FamilyCase& what, const model::FamilyCheck& check, const TraceFiles& files) {
    ComparedCheck column;
    for (std::size_t each = 0; each < check.properties.size(); ++each) {
        const model::FamilyProperty& property = check.properties[each];
        column.properties.push_back({.property = property.property,
                                     .verdict = property.verdict,
                                     .steps = property.steps,
                                     .reason = property.reason,
                                     .file = files[each]});
    }
    column.report = check.report;
    Value::List cost;
    for (const model::FamilyMeasure& each : check.measures) {
        column.figures.push_back({.name = each.name, .sum = each.sum, .count = each.count, .worst = each.worst});
        cost.push_back(cost_value(each));
    }
    column.facts = {{"rules_name", model::rules_name(what)},
                    {"rules", *model::to_value(what).find("rules")},
                    {"extent", extent(check.report)}};
    column.cost = std::move(cost);
    return column;
}

ComparedScope row_of(const std::string& name) {
    std::string description;
    for (const model::FamilyScope& each : model::family_of(name).scopes())
        if (each.name == name)
            description = each.description;
    ComparedScope row;
    row.name = name;
    row.line = "scope " + name + ": " + description;
    row.value = Value::Record{{"name", name}, {"description", description}};
    return row;
}

bool is_interrupted(const ComparedCheck& check) {
    return check.report.limit == "interrupted" || std::ranges::any_of(check.properties, [](const auto& each) {
               return each.verdict == Verdict::inconclusive && each.reason == "interrupted";
           });
}

} // namespace

bool are_of_a_family(const std::vector<std::string>& scopes) {
    const auto family = [](const std::string& scope) {
        return model::is_family_scope(scope) ? model::family_of(scope).name() : "";
    };
    for (const std::string& scope : scopes)
        if (family(scope) != family(scopes.front()))
            throw UsageError(scopes.front() + " and " + scope +
                             " are of different families, with rules of their own: compare each by itself");
    return !family(scopes.front()).empty();
}

ExitCode compare_family(const CLI::App& command, const CheckArguments& arguments,
                        const std::vector<std::string>& scopes, const std::vector<std::string>& rules) {
    for (const std::string& scope : scopes)
        expect_meaningful_for_family(command, arguments, scope);
    const std::vector<std::vector<FamilyCase>> cases = all_cases(scopes, rules, arguments.set);
    expect_properties(cases, arguments.properties);
    model::FamilyOptions options = family_options_of(arguments);
    options.measure = true;
    try_trace_folder(arguments.trace_dir);
    PendingFiles pending;
    ComparedTable table;
    table.rules = names_of(cases.front());
    bool interrupted = false;
    for (std::size_t scope = 0; scope < cases.size() && !interrupted; ++scope) {
        ComparedScope& row = table.scopes.emplace_back(row_of(scopes[scope]));
        for (std::size_t each = 0; each < cases[scope].size() && !interrupted; ++each) {
            const FamilyCase& what = cases[scope][each];
            model::FamilyCheck check = model::family_of(what.scope).explore(what, options);
            keep_asked(check, arguments.properties);
            row.checks.push_back(column_of(what, check, add_family_traces(pending, what, check, arguments.trace_dir)));
            interrupted = is_interrupted(row.checks.back());
        }
    }
    end_progress_line(options.search.progress);
    print(table, arguments);
    pending.write();
    return exit_code_of(table);
}

} // namespace mdcd::checker::cli
