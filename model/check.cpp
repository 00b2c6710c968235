// Runs the search, then Z3 on what it produced, then writes the traces.
// Prints nothing.
#include "model/check.hpp"

#include <algorithm>
#include <chrono>

#include "checker/path.hpp"
#include "checker/search.hpp"
#include "model/reductions.hpp"
#include "model/system.hpp"
#include "model/termination.hpp"
#include "model/trace_writer.hpp"
#include "model/view_collector.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

using checker::PropertyKind;
using checker::Verdict;

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Z3 has the last word on the four properties it decides: an unknown among its answers leaves them open.
void apply_z3(CheckedProperty& property, const Z3Tallies& tallies) {
    const auto id =
        static_cast<PropertyId>(std::ranges::find(all_properties(), property.property.name, &checker::Property::name) -
                                all_properties().begin());
    const auto tally = std::ranges::find(tallies, id, &Z3Tally::property);
    if (tally == tallies.end())
        return;
    property.z3 = *tally;
    if (tally->unknowns > 0 && property.verdict == Verdict::holds) {
        property.verdict = Verdict::inconclusive;
        property.reason =
            "Z3 gave no answer for " + std::to_string(tally->unknowns) + " views: " + tally->unknown_reason;
    }
}

// The last state's explanation in Z3's words.
void explain_by_z3(traces::Trace& trace, const System& system, const checker::Path& path, PropertyId property,
                   const Z3Judge& judge) {
    if (std::ranges::find(z3_properties, property) == z3_properties.end())
        return;
    const checker::GlobalState last = checker::states_along(system, path).back();
    const Z3Explanation explanation =
        checker::ask(system, last, [&](auto summaries) { return judge.explain(property, system.view(summaries)); });
    if (!explanation.answer.violated())
        return;
    std::string text;
    for (const std::string& line : explanation.lines)
        text += (text.empty() ? "" : "; ") + line;
    traces::Value::Record assignment;
    if (property != PropertyId::minimal_rollback)
        for (unsigned component = 0; component < fault_count(system.scope()); ++component)
            assignment.emplace_back(fault_count(system.scope()) == 1 ? "k" : "k_" + std::to_string(component + 1),
                                    static_cast<int>(explanation.answer.first_erroneous[component]));
    trace.hypothesis = traces::Hypothesis{text, traces::Value(std::move(assignment)), "z3"};
}

// Shows each state to those who want to see it.
struct Observers {
    NumberWatch* numbers = nullptr;
    ViewCollector* views = nullptr;
    CostCollector* cost = nullptr;

    void observe(unsigned worker, std::span<const SlotSummary* const> summaries, checker::PropertyBits bits) const {
        numbers->observe(summaries);
        if (views != nullptr)
            views->observe(worker, summaries, bits);
        if (cost != nullptr)
            cost->observe(worker, summaries, bits);
    }
};

// Loops in which something is pending for ever take no step that is bound to happen: the run to where they begin says
// everything (termination.hpp).
checker::PropertyVerdict termination_verdict(const System& system, const checker::Limits& limits) {
    const checker::ProgressVerdict found = check_termination(system, limits).verdicts.front();
    return {.property = found.claim,
            .verdict = found.verdict,
            .path = found.lasso ? std::optional(found.lasso->stem) : found.path,
            .reason = found.reason,
            .more = {}};
}

} // namespace

std::vector<std::string> wanted_properties(const Scope& scope, const CheckOptions& options) {
    std::vector<std::string> known, applicable;
    for (const checker::Property& property : all_properties()) {
        known.push_back(property.name);
        if (applies(static_cast<PropertyId>(known.size() - 1), scope))
            applicable.push_back(property.name);
    }
    const auto& asked = options.properties.empty() ? scope.properties : options.properties;
    const std::string from = options.properties.empty() ? scope.name : "--property";
    for (const std::string& name : asked) {
        if (std::ranges::find(known, name) == known.end())
            throw traces::FileError(from, name, "no such property" + traces::did_you_mean(name, known));
        if (std::ranges::find(applicable, name) == applicable.end())
            throw traces::FileError(from, name, "says nothing about the runs of scope " + scope.name);
    }
    return asked.empty() ? applicable : asked;
}

namespace {

// A line for each field, so that a checkpoint of another search can say what differs.
std::string identity_of(const std::string& name, const traces::Value& value) {
    if (value.record() == nullptr)
        return "\n" + name + " = " + traces::to_text(value);
    std::string lines;
    for (const auto& [field, content] : *value.record())
        lines += identity_of(name + "." + field, content);
    return lines;
}

} // namespace

Check check(const Scope& scope, const NamedRules& rules, const CheckOptions& options) {
    const Reductions reductions = reductions_for(scope, options.symmetry, options.renumbering);
    const System system(scope, rules.rules, reductions);
    const std::vector<std::string> wanted = wanted_properties(scope, options);
    checker::SearchOptions search_options = options.search;
    search_options.use_renamings = reductions.any();
    search_options.identity = "build " + options.build + identity_of("scope", to_value(scope)) +
                              identity_of("rules", to_value(rules.rules)) +
                              "\nrenamed processes = " + std::to_string(reductions.symmetry) +
                              "\nrenamed numbers = " + std::to_string(reductions.renumbering);

    Check result{.scope = scope,
                 .rules = rules,
                 .report = {},
                 .properties = {},
                 .coverage_points = {},
                 .reductions = reductions,
                 .z3_seconds = 0,
                 .cost = {}};
    const auto points = system.coverage_points();
    result.coverage_points.assign(points.begin(), points.end());

    Z3Judge judge({.mode = options.z3 == Z3Use::every ? Z3Mode::every : Z3Mode::distinct,
                   .timeout_ms = options.z3_timeout_ms,
                   .workers = options.search.workers,
                   .interrupt = options.search.interrupt});
    std::optional<Z3Tallies> tallies;
    std::optional<ViewCollector> views;
    std::optional<CostCollector> cost;
    if (options.z3 != Z3Use::off)
        views.emplace(system, judge);
    if (options.cost)
        cost.emplace(system, *options.cost);
    NumberWatch numbers(system);
    result.report = checker::search(
        system, search_options,
        Observers{.numbers = &numbers, .views = views ? &*views : nullptr, .cost = cost ? &*cost : nullptr});
    if (numbers.ran_out())
        note_numbers_ran_out(result.report);
    if (views) {
        const auto start = std::chrono::steady_clock::now();
        tallies = views->ask_all();
        result.z3_seconds = seconds_since(start);
    }
    if (cost)
        result.cost = cost->cost(result.report);

    for (std::size_t position = 0; position < system.properties().size(); ++position) {
        const checker::Property& property = system.properties()[position];
        if (std::ranges::find(wanted, property.name) == wanted.end())
            continue;
        const auto id = static_cast<PropertyId>(position);
        const checker::PropertyVerdict found = id == PropertyId::recovery_terminates
                                                   ? termination_verdict(system, options.search.limits)
                                                   : result.report.verdicts[position];
        CheckedProperty& checked = result.properties.emplace_back();
        checked.property = property;
        checked.verdict = found.verdict;
        checked.reason = found.reason;
        if (tallies)
            apply_z3(checked, *tallies);
        if (!found.path)
            continue;
        const auto trace_of = [&](const checker::Path& path) {
            traces::Trace trace = make_trace(
                system, path, id, found.verdict,
                {.tool_version = options.tool_version, .rules_name = rules.name, .whole_states = options.whole_states});
            if (tallies && found.verdict == Verdict::violated)
                explain_by_z3(trace, system, path, id, judge);
            return trace;
        };
        checked.trace = trace_of(*found.path);
        for (const checker::Path& path : found.more)
            checked.more_traces.push_back(trace_of(path));
    }
    return result;
}

std::string name_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::holds:
        return "holds";
    case Verdict::violated:
        return "violated";
    case Verdict::reached:
        return "reached";
    case Verdict::not_reached:
        return "not_reached";
    case Verdict::inconclusive:
        return "inconclusive";
    case Verdict::error:
        return "error";
    }
    return "";
}

} // namespace mdcd::model
