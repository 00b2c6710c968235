// The report of a check, for people and for programs. All but times and effort (calls, bytes) is the same in every run.
// Knows nothing of how it was found out.
#include "checker/cli/check_report.hpp"

#include <algorithm>
#include <optional>
#include <ostream>

#include "checker/cli/text_table.hpp"
#include "model/inputs/library.hpp"
#include "model/reductions/reductions.hpp"
#include "model/steps/coverage.hpp"
#include "traces/json.hpp"
#include "traces/render_text.hpp"

namespace mdcd::checker::cli {

using model::Check;
using model::CheckedProperty;

namespace {

// How far the search went, in words that cannot be mistaken for more.
std::string extent(const Report& report) {
    if (report.exhaustive)
        return "exhaustive";
    return report.limit.empty() ? "ended early" : "bounded by " + report.limit;
}

std::string up_to(const model::Reductions& reductions) {
    if (!reductions.any())
        return "";
    std::string text;
    const auto add = [&text](bool is_renamed, const char* what) {
        if (is_renamed)
            text += (text.empty() ? " up to renaming of " : " and ") + std::string(what);
    };
    add(reductions.actives, "active processes");
    add(reductions.components, "components");
    add(reductions.renumbering, "numbers");
    return text;
}

// Which processes count as alike, and why others do not.
void print_symmetry(std::ostream& out, const Check& check) {
    if (!check.reductions.actives && !check.reductions.components)
        return;
    out << "symmetry: " << check.process_renamings << " renaming" << (check.process_renamings == 1 ? "" : "s")
        << " of processes";
    const char* const reason = model::why_components_differ(check.scope, check.rules.rules);
    if (check.symmetry == model::Symmetry::sound && reason != nullptr)
        out << "; components are told apart: " << reason;
    out << '\n';
}

std::string colored(const std::string& text, bool good, bool color) {
    return color ? (good ? "\033[32m" : "\033[31m") + text + "\033[0m" : text;
}

std::string headline(const Check& check) {
    const model::Scope& scope = check.scope;
    std::string text = "scope " + scope.name + ": " + std::to_string(scope.components) + " component" +
                       (scope.components == 1 ? "" : "s") + ", " + std::to_string(scope.active_processes) +
                       " active process" + (scope.active_processes == 1 ? "" : "es") + ", rules " + check.rules.name;
    const std::string changed = model::changes(model::preset("published").rules, check.rules.rules);
    return text + (changed.empty() ? "" : " (published with " + changed + ")");
}

void print_table(std::ostream& out, const Check& check, const Expectations& expectations, const TraceFiles& files,
                 bool color) {
    std::size_t width = 0;
    for (const CheckedProperty& each : check.properties)
        width = std::max(width, each.property.name.size());
    for (std::size_t position = 0; position < check.properties.size(); ++position) {
        const CheckedProperty& each = check.properties[position];
        const bool good = each.verdict == expected_verdict(each, expectations);
        out << "  " << padded(each.property.name, width + 2)
            << colored(padded(checker::name_of(each.verdict), 14), good, color);
        if (each.trace)
            out << "in " << each.trace->steps.size() << " steps";
        if (!each.more_traces.empty())
            out << ", in " << each.more_traces.size() << " other way" << (each.more_traces.size() == 1 ? "" : "s");
        if (!each.reason.empty())
            out << (each.trace ? ": " : "") << each.reason;
        if (!files[position].empty())
            out << "  " << files[position];
        if (!good && expectations.contains(each.property.name))
            out << "  (expected: " << checker::name_of(expectations.at(each.property.name)) << ")";
        out << '\n';
    }
}

// All properties together; none of them asked is none.
std::optional<model::Z3Tally> z3_sum(const Check& check) {
    std::optional<model::Z3Tally> sum;
    for (const CheckedProperty& each : check.properties)
        if (each.z3) {
            if (!sum)
                sum.emplace();
            sum->add(*each.z3);
        }
    return sum;
}

void print_z3(std::ostream& out, const Check& check, const std::string& trace_dir) {
    const auto sum = z3_sum(check);
    if (!sum)
        return;
    out << "Z3: " << grouped(sum->views) << " questions, " << grouped(sum->queries) << " asked, "
        << grouped(sum->cache_hits) << " answered from equal views, ";
    if (sum->saved_hits > 0)
        out << grouped(sum->saved_hits) << " from saved answers, ";
    out << grouped(sum->unknowns) << " unknown, " << decimal(check.z3_seconds, 1) << " s";
    for (const CheckedProperty& each : check.properties)
        if (sum->queries > 0 && each.z3 && each.z3->slowest_seconds == sum->slowest_seconds) {
            out << " (slowest " << decimal(1000 * sum->slowest_seconds, 1) << " ms, about " << each.property.name
                << ")";
            break;
        }
    out << "; every answer agrees with the native evaluation\n";
    if (!check.unanswered.empty())
        out << "Z3 left " << grouped(check.unanswered.size()) << " distinct questions open: " << trace_dir
            << "/*.unknown.smt2\n";
}

const char* outcome_words(ExitCode code) {
    for (const ExitCodeMeaning& each : exit_code_meanings)
        if (each.code == code)
            return each.meaning;
    return "";
}

} // namespace

Verdict expected_verdict(const CheckedProperty& property, const Expectations& expectations) {
    const auto found = expectations.find(property.property.name);
    if (found != expectations.end())
        return found->second;
    return property.property.kind == PropertyKind::reachable ? Verdict::reached : Verdict::holds;
}

std::vector<std::string> never_fired(const Check& check) {
    std::vector<std::string> names;
    for (std::size_t point = 0; point < check.coverage_points.size(); ++point)
        if (check.report.coverage[point] == 0 && model::can_fire(point, check.scope, check.rules.rules))
            names.push_back(check.coverage_points[point]);
    return names;
}

ExitCode exit_code_of(const Check& check, const Expectations& expectations, bool strict) {
    bool wrong = false, unreached = false, open = false;
    for (const CheckedProperty& each : check.properties) {
        if (each.verdict == expected_verdict(each, expectations))
            continue;
        if (each.verdict == Verdict::inconclusive)
            open = true;
        else if (each.verdict == Verdict::not_reached && !expectations.contains(each.property.name))
            unreached = true;
        else
            wrong = true;
    }
    if (check.report.limit == "interrupted")
        return ExitCode::interrupted;
    if (wrong)
        return ExitCode::violated;
    if (open || !check.report.exhaustive)
        return ExitCode::inconclusive;
    if (unreached || (strict && !never_fired(check).empty()))
        return ExitCode::not_reached;
    return ExitCode::as_expected;
}

void print_text(std::ostream& out, const Check& check, const Expectations& expectations, const TraceFiles& files,
                const ReportStyle& style) {
    for (const CheckedProperty& each : check.properties)
        if (style.runs && each.trace && (each.verdict == Verdict::violated || each.verdict == Verdict::error)) {
            out << traces::render_text(*each.trace, {.color = style.color, .width = 120}) << '\n';
            for (const traces::Trace& other : each.more_traces)
                out << traces::render_text(other, {.color = style.color, .width = 120}) << '\n';
        }

    const Report& report = check.report;
    out << headline(check) << '\n';
    print_table(out, check, expectations, files, style.color);
    out << extent(report) << ": " << grouped(report.distinct_states) << " distinct states" << up_to(check.reductions)
        << ", " << grouped(report.transitions) << " transitions, depth " << report.depth << "; "
        << decimal(report.seconds, 1) << " s, "
        << grouped(
               static_cast<std::uint64_t>(static_cast<double>(report.distinct_states) / std::max(report.seconds, 1e-3)))
        << " states/s, "
        << decimal(static_cast<double>(report.store_bytes) /
                       static_cast<double>(std::max<std::uint64_t>(report.distinct_states, 1)),
                   1)
        << " bytes a state; the implementation really ran " << grouped(report.handler_calls) << " times ("
        << decimal(100 * static_cast<double>(report.memo_hits) /
                       static_cast<double>(std::max<std::uint64_t>(report.transitions, 1)),
                   3)
        << " % remembered)\n";
    print_symmetry(out, check);
    if (report.limit == "numbers")
        out << "some run needs more numbers at once, or to be shown, than sets of messages have (11 of the cluster, 7 "
               "of "
               "an active process): a smaller `unsettled` may do\n";
    if (report.limit == "memory")
        out << "the search would have outgrown its memory (--max-memory); what is said above was learnt before\n";
    print_z3(out, check, style.trace_dir);
    const std::vector<std::string> unfired = never_fired(check);
    if (!unfired.empty() && report.exhaustive) {
        out << "warning: never fired:";
        for (const std::string& name : unfired)
            out << ' ' << name;
        out << '\n';
    }
    out << "verdict: " << outcome_words(exit_code_of(check, expectations, style.strict)) << '\n';
}

void print_json(std::ostream& out, const Check& check, const Expectations& expectations, const TraceFiles& files,
                bool strict) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    Value::List properties;
    for (std::size_t position = 0; position < check.properties.size(); ++position) {
        const CheckedProperty& each = check.properties[position];
        Value::Record record{{"name", each.property.name},
                             {"verdict", checker::name_of(each.verdict)},
                             {"expected", checker::name_of(expected_verdict(each, expectations))}};
        if (each.trace)
            record.emplace_back("steps", number(each.trace->steps.size()));
        if (!each.reason.empty())
            record.emplace_back("reason", each.reason);
        if (!files[position].empty())
            record.emplace_back("trace", files[position]);
        Value::List others;
        for (std::size_t more = 0; more < each.more_traces.size(); ++more)
            others.emplace_back(Value::Record{{"steps", number(each.more_traces[more].steps.size())},
                                              {"trace", numbered(files[position], more + 2)}});
        if (!others.empty())
            record.emplace_back("more_traces", std::move(others));
        if (each.z3)
            record.emplace_back("z3", Value::Record{{"views", number(each.z3->views)},
                                                    {"queries", number(each.z3->queries)},
                                                    {"hits_equal", number(each.z3->cache_hits)},
                                                    {"hits_saved", number(each.z3->saved_hits)},
                                                    {"unknowns", number(each.z3->unknowns)},
                                                    {"violated_views", number(each.z3->violated_views)}});
        properties.emplace_back(std::move(record));
    }
    Value::Record coverage;
    for (std::size_t point = 0; point < check.coverage_points.size(); ++point)
        coverage.emplace_back(check.coverage_points[point], number(check.report.coverage[point]));
    out << traces::to_json(Value::Record{{"scope", model::to_value(check.scope)},
                                         {"rules_name", check.rules.name},
                                         {"rules", model::to_value(check.rules.rules)},
                                         {"extent", extent(check.report)},
                                         {"up_to_symmetry", check.reductions.actives},
                                         {"up_to_symmetry_of_components", check.reductions.components},
                                         {"renamings_of_processes", number(check.process_renamings)},
                                         {"up_to_renaming_of_numbers", check.reductions.renumbering},
                                         {"distinct_states", number(check.report.distinct_states)},
                                         {"transitions", number(check.report.transitions)},
                                         {"depth", number(check.report.depth)},
                                         {"handler_calls", number(check.report.handler_calls)},
                                         {"store_bytes", number(check.report.store_bytes)},
                                         {"memory_bytes", number(check.report.memory_bytes)},
                                         {"z3_open_questions", number(check.unanswered.size())},
                                         {"properties", std::move(properties)},
                                         {"coverage", std::move(coverage)},
                                         {"exit_code", static_cast<int>(exit_code_of(check, expectations, strict))}});
}

} // namespace mdcd::checker::cli
