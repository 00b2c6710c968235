// The report of a check of a family's scope, for people and for programs. All but times is the same in every run.
// Knows nothing of how it was found out.
#include <algorithm>
#include <ostream>

#include "checker/cli/check_family.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/text_table.hpp"
#include "model/inputs/families.hpp"
#include "traces/characters.hpp"
#include "traces/json.hpp"
#include "traces/render_brief.hpp"

namespace mdcd::checker::cli {

using model::FamilyCase;
using model::FamilyCheck;
using model::FamilyProperty;

namespace {

Verdict wanted_verdict(const FamilyProperty& each, const Expectations& expectations) {
    const auto found = expectations.find(each.property.name);
    if (found != expectations.end())
        return found->second;
    return each.property.kind == PropertyKind::reachable ? Verdict::reached : Verdict::holds;
}

bool is_wrong(const FamilyProperty& each) {
    return each.trace && (each.verdict == Verdict::violated || each.verdict == Verdict::error);
}

void print_wrapped(std::ostream& out, const std::string& text, std::size_t width) {
    std::string margin;
    for (const std::string& part : traces::wrapped(text, width == 0 ? 0 : std::max<std::size_t>(width, 24) - 4)) {
        out << margin << part << '\n';
        margin = "    ";
    }
}

std::string headline_of(const FamilyCase& what) {
    std::string text = "scope " + what.scope;
    for (const model::FamilyScope& each : model::family_of(what.scope).scopes())
        if (each.name == what.scope)
            text += ": " + each.description;
    return text + "; rules " + model::rules_name(what);
}

std::string row_of(const FamilyProperty& each, std::size_t width, const Expectations& expectations,
                   const std::string& file, bool color) {
    const Verdict wanted = wanted_verdict(each, expectations);
    const bool good = each.verdict == wanted;
    std::string verdict = padded(checker::name_of(each.verdict), 14);
    if (color)
        verdict = (good ? "\033[32m" : "\033[31m") + verdict + "\033[0m";
    std::string text = "  " + padded(each.property.name, width + 2) + verdict;
    if (each.steps)
        text += (each.is_endless ? "by a run without end, once round in " : "in ") + plural(*each.steps, "step");
    if (!each.reason.empty())
        text += (each.steps ? ": " : "") + each.reason;
    if (!file.empty())
        text += "  " + file;
    if (!good && expectations.contains(each.property.name))
        text += "  (expected: " + checker::name_of(wanted) + ")";
    return text;
}

// Outcomes that were reached are there so that no claim holds because nothing happened: how many is enough.
void print_rows(std::ostream& out, const FamilyCheck& check, const Expectations& expectations, const TraceFiles& files,
                const ReportStyle& style) {
    const auto is_counted = [&](const FamilyProperty& each) {
        return !style.verbose && each.verdict == Verdict::reached && !expectations.contains(each.property.name) &&
               !each.trace;
    };
    std::size_t width = 0;
    std::size_t counted = 0;
    for (const FamilyProperty& each : check.properties) {
        counted += is_counted(each) ? 1 : 0;
        width = std::max(width, is_counted(each) ? 0 : each.property.name.size());
    }
    for (std::size_t position = 0; position < check.properties.size(); ++position)
        if (!is_counted(check.properties[position]))
            out << row_of(check.properties[position], width, expectations, files[position], style.color) << '\n';
    if (counted > 0)
        out << "  reached: " << plural(counted, "outcome") << " that must be possible\n";
}

// The shortest on one screen, or each of them with everything; what several claims share is told once.
void print_runs(std::ostream& out, const FamilyCheck& check, const TraceFiles& files, const ReportStyle& style) {
    std::vector<std::size_t> wrong;
    for (std::size_t position = 0; position < check.properties.size(); ++position)
        if (is_wrong(check.properties[position]))
            wrong.push_back(position);
    if (wrong.empty() || style.runs == Runs::none)
        return;
    std::ranges::stable_sort(wrong, {}, [&](std::size_t each) { return check.properties[each].trace->steps.size(); });
    if (style.runs == Runs::first) {
        const FamilyProperty& first = check.properties[wrong.front()];
        out << '\n'
            << traces::render_brief(
                   *first.trace,
                   {.color = style.color, .width = style.width == 0 ? file_width : style.width, .lines_max = 30})
            << '\n';
        print_wrapped(out, "All of it: mdcd show " + files[wrong.front()] + ", or --full here", style.width);
        if (wrong.size() > 1)
            print_wrapped(out, plural(wrong.size() - 1, "other run") + ": the files above", style.width);
        return;
    }
    const std::string* told = nullptr;
    for (const std::size_t each : wrong) {
        const FamilyProperty& property = check.properties[each];
        out << '\n' << property.property.name << ": " << property.property.rationale << '\n';
        if (told == nullptr || *told != property.run)
            out << property.run;
        else
            out << "   the same run\n";
        told = &property.run;
        out << "   => " << property.ending << '\n';
    }
    out << '\n';
}

void print_how_far(std::ostream& out, const FamilyCheck& check, const ReportStyle& style) {
    const Report& report = check.report;
    std::string text = extent(report) + ": " + plural(report.distinct_states, "distinct state") + ", " +
                       plural(report.transitions, "transition") + ", depth " + std::to_string(report.depth) + "; " +
                       decimal(report.seconds, 1) + " s";
    if (style.verbose)
        text += "; the implementation really ran " + grouped(report.handler_calls) + " times, store of " +
                grouped(report.store_bytes) + " bytes";
    print_wrapped(out, text, style.width);
    for (const std::string& note : check.notes)
        print_wrapped(out, "warning: " + note, style.width);
}

// The second judge of some claims.
void print_z3(std::ostream& out, const FamilyCheck& check, const ReportStyle& style) {
    std::vector<std::string> claims;
    std::uint64_t questions = 0, unknowns = 0;
    double seconds = 0;
    for (const FamilyProperty& each : check.properties)
        if (each.z3) {
            claims.push_back(each.property.name);
            questions += each.z3->questions;
            unknowns += each.z3->unknowns;
            seconds += each.z3->seconds;
        }
    if (!claims.empty())
        print_wrapped(out,
                      "Z3: " + plural(questions, "distinct question") + " about " + joined(claims) + ", " +
                          (unknowns == 0 ? "all" : grouped(questions - unknowns)) + " answered as natively; " +
                          decimal(seconds, 1) + " s",
                      style.width);
}

// What the exit code says, with names.
std::string outcome_of(const FamilyCheck& check, const Expectations& expectations) {
    const ExitCode code = exit_code_of(check, expectations);
    std::vector<std::string> violated, unexpected, unreached;
    for (const FamilyProperty& each : check.properties) {
        if (each.verdict == wanted_verdict(each, expectations))
            continue;
        if (expectations.contains(each.property.name))
            unexpected.push_back(each.property.name);
        else if (each.verdict == Verdict::violated)
            violated.push_back(each.property.name);
        else if (each.verdict == Verdict::not_reached)
            unreached.push_back(each.property.name);
    }
    std::string text;
    const auto add = [&text](const char* words, const std::vector<std::string>& names) {
        if (!names.empty())
            text += (text.empty() ? "" : "; ") + std::string(words) + ": " + joined(names);
    };
    if (code == ExitCode::violated) {
        add("violated", violated);
        add("not as expected", unexpected);
        return text.empty() ? "something could not be judged" : text;
    }
    if (code == ExitCode::not_reached)
        add("not reached", unreached);
    if (!text.empty())
        return text;
    return std::ranges::find(exit_code_meanings, code, &ExitCodeMeaning::code)->meaning;
}

} // namespace

ExitCode exit_code_of(const FamilyCheck& check, const Expectations& expectations) {
    bool wrong = false, unreached = false, open = false, interrupted = check.report.limit == "interrupted";
    for (const FamilyProperty& each : check.properties) {
        if (each.verdict == wanted_verdict(each, expectations))
            continue;
        if (each.verdict == Verdict::inconclusive)
            open = true;
        else if (each.verdict == Verdict::not_reached && !expectations.contains(each.property.name))
            unreached = true;
        else
            wrong = true;
        interrupted = interrupted || (each.verdict == Verdict::inconclusive && each.reason == "interrupted");
    }
    if (interrupted)
        return ExitCode::interrupted;
    if (wrong)
        return ExitCode::violated;
    if (open || !check.report.exhaustive || check.properties.empty())
        return ExitCode::inconclusive;
    return unreached ? ExitCode::not_reached : ExitCode::as_expected;
}

void print_text(std::ostream& out, const FamilyCase& what, const FamilyCheck& check, const Expectations& expectations,
                const TraceFiles& files, const ReportStyle& style) {
    if (style.runs == Runs::all)
        print_runs(out, check, files, style);
    print_wrapped(out, headline_of(what), style.width);
    print_rows(out, check, expectations, files, style);
    print_how_far(out, check, style);
    print_z3(out, check, style);
    if (check.report.limit == "memory")
        print_wrapped(out, "the search would have outgrown its memory (--max-memory)", style.width);
    if (style.runs == Runs::first)
        print_runs(out, check, files, style);
    print_wrapped(out, "verdict: " + outcome_of(check, expectations), style.width);
}

void print_json(std::ostream& out, const FamilyCase& what, const FamilyCheck& check, const Expectations& expectations,
                const TraceFiles& files) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    Value::List properties;
    for (std::size_t position = 0; position < check.properties.size(); ++position) {
        const FamilyProperty& each = check.properties[position];
        Value::Record record{{"name", each.property.name},
                             {"verdict", checker::name_of(each.verdict)},
                             {"expected", checker::name_of(wanted_verdict(each, expectations))}};
        if (each.steps)
            record.emplace_back("steps", number(*each.steps));
        if (!each.reason.empty())
            record.emplace_back("reason", each.reason);
        if (each.z3)
            record.emplace_back("z3", Value::Record{{"views", number(each.z3->views)},
                                                    {"questions", number(each.z3->questions)},
                                                    {"unknowns", number(each.z3->unknowns)},
                                                    {"violated", number(each.z3->violated)}});
        if (!files[position].empty())
            record.emplace_back("trace", files[position]);
        if (!each.ending.empty())
            record.emplace_back("ending", each.ending);
        properties.emplace_back(std::move(record));
    }
    Value::Record coverage;
    for (std::size_t point = 0; point < check.coverage_points.size(); ++point)
        coverage.emplace_back(check.coverage_points[point], number(check.report.coverage[point]));
    const Value in_full = model::to_value(what);
    out << traces::to_json(Value::Record{{"scope", what.scope},
                                         {"rules_name", model::rules_name(what)},
                                         {"rules", *in_full.find("rules")},
                                         {"extent", extent(check.report)},
                                         {"distinct_states", number(check.report.distinct_states)},
                                         {"transitions", number(check.report.transitions)},
                                         {"depth", number(check.report.depth)},
                                         {"handler_calls", number(check.report.handler_calls)},
                                         {"store_bytes", number(check.report.store_bytes)},
                                         {"memory_bytes", number(check.report.memory_bytes)},
                                         {"properties", std::move(properties)},
                                         {"coverage", std::move(coverage)},
                                         {"exit_code", static_cast<int>(exit_code_of(check, expectations))}});
}

} // namespace mdcd::checker::cli
