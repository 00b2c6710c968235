// The report of a check, for people and for programs. All but times and effort (calls, bytes) is the same in every run.
// Knows nothing of how it was found out.
#include "checker/cli/check_report.hpp"

#include <algorithm>
#include <optional>
#include <ostream>

#include "checker/cli/paragraph.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/text_table.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/property_table.hpp"
#include "model/reductions/reductions.hpp"
#include "model/steps/coverage.hpp"
#include "traces/characters.hpp"
#include "traces/render_brief.hpp"
#include "traces/render_text.hpp"

namespace mdcd::checker::cli {

using model::Check;
using model::CheckedProperty;

namespace {

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

std::string row(const CheckedProperty& each, std::size_t width, const Expectations& expectations,
                const std::string& file, bool color) {
    const bool good = each.verdict == expected_verdict(each, expectations);
    std::string text =
        "  " + padded(each.property.name, width + 2) + colored(padded(checker::name_of(each.verdict), 14), good, color);
    if (each.trace)
        text += "in " + plural(each.trace->steps.size(), "step");
    if (!each.more_traces.empty())
        text += ", in " + plural(each.more_traces.size(), "other way");
    if (!each.reason.empty())
        text += (each.trace ? ": " : "") + each.reason;
    if (!file.empty())
        text += "  " + file;
    if (!good && expectations.contains(each.property.name))
        text += "  (expected: " + checker::name_of(expectations.at(each.property.name)) + ")";
    return text;
}

// What passes, and nobody asked about by name: one line for each verdict will do.
struct Group {
    std::string title;
    std::vector<std::string> names;
};

bool can_be_grouped(const CheckedProperty& each, const Expectations& expectations, const std::string& file) {
    return file.empty() && (!each.trace || each.verdict == Verdict::reached) &&
           !expectations.contains(each.property.name) && each.verdict != Verdict::not_reached &&
           each.verdict != Verdict::error;
}

// Outcomes that must be possible are there so that no claim holds because nothing happened: how many is enough.
std::string group_text(const Group& group, const ReportStyle& style) {
    const bool of_outcomes = group.title == checker::name_of(Verdict::reached);
    if (!of_outcomes && style.runs != Runs::none)
        return joined(group.names);
    return plural(group.names.size(), of_outcomes ? "outcome" : "claim") +
           (of_outcomes ? " that must be possible" : "");
}

void print_table(std::ostream& out, const Check& check, const Expectations& expectations, const TraceFiles& files,
                 const ReportStyle& style) {
    constexpr std::size_t rows_min = 4; // as many as that are worth a group
    std::vector<Group> groups;
    for (std::size_t position = 0; position < check.properties.size(); ++position) {
        const CheckedProperty& each = check.properties[position];
        if (style.verbose || !can_be_grouped(each, expectations, files[position]))
            continue;
        const std::string title =
            checker::name_of(each.verdict) + (each.reason.empty() ? "" : " (" + each.reason + ")");
        auto group = std::ranges::find(groups, title, &Group::title);
        if (group == groups.end())
            group = groups.insert(groups.end(), {title, {}});
        group->names.push_back(each.property.name);
    }
    std::erase_if(groups, [](const Group& group) { return group.names.size() < rows_min; });
    const auto is_grouped = [&groups](const CheckedProperty& each) {
        return std::ranges::any_of(groups, [&each](const Group& group) {
            return std::ranges::find(group.names, each.property.name) != group.names.end();
        });
    };
    std::size_t width = 0;
    for (const CheckedProperty& each : check.properties)
        width = std::max(width, is_grouped(each) ? 0 : each.property.name.size());
    for (std::size_t position = 0; position < check.properties.size(); ++position)
        if (!is_grouped(check.properties[position]))
            out << row(check.properties[position], width, expectations, files[position], style.color) << '\n';
    for (const Group& group : groups)
        print_paragraph(out, "  " + group.title + ": ", group_text(group, style), style.width);
}

// The claims that say nothing here, unless only some were asked for.
void print_not_applicable(std::ostream& out, const Check& check, const ReportStyle& style) {
    std::vector<std::string> names;
    std::size_t applicable = 0;
    const auto properties = model::all_properties();
    for (std::size_t position = 0; position < properties.size(); ++position) {
        if (model::applies(model::property_at(position), check.scope, check.rules.rules))
            ++applicable;
        else if (properties[position].kind != PropertyKind::reachable)
            names.push_back(properties[position].name);
    }
    if (style.runs != Runs::none && !names.empty() && check.properties.size() >= applicable)
        print_paragraph(out, "  not applicable: ", joined(names), style.width);
}

// Everything that is told of one run, though several properties may have it for their shortest.
struct ToldRun {
    const traces::Trace* trace = nullptr;
    std::string file;
    std::vector<std::string> others; // properties that the same run violates
};

bool same_run(const traces::Trace& one, const traces::Trace& other) {
    return std::ranges::equal(one.steps, other.steps, {}, &traces::Step::digest, &traces::Step::digest) &&
           std::ranges::equal(
               one.steps, other.steps, {}, [](const traces::Step& step) { return step.action.text; },
               [](const traces::Step& step) { return step.action.text; });
}

// In the order of the properties.
std::vector<ToldRun> told_runs(const Check& check, const TraceFiles& files) {
    std::vector<ToldRun> runs;
    const auto add = [&runs](const traces::Trace& trace, const std::string& file) {
        const auto known = std::ranges::find_if(runs, [&](const ToldRun& run) { return same_run(*run.trace, trace); });
        if (known == runs.end())
            runs.push_back({&trace, file, {}});
        else if (known->trace->property != trace.property)
            known->others.push_back(trace.property);
    };
    for (std::size_t position = 0; position < check.properties.size(); ++position) {
        const CheckedProperty& each = check.properties[position];
        if (!each.trace || (each.verdict != Verdict::violated && each.verdict != Verdict::error))
            continue;
        add(*each.trace, files[position]);
        for (std::size_t more = 0; more < each.more_traces.size(); ++more)
            add(each.more_traces[more], files[position].empty() ? "" : numbered(files[position], more + 2));
    }
    return runs;
}

void print_others(std::ostream& out, const ToldRun& run, std::size_t width) {
    if (!run.others.empty())
        print_paragraph(out, "", "The same run also violates " + joined(run.others) + ".", width);
}

std::size_t run_width(const ReportStyle& style) {
    return style.width == 0 ? file_width : style.width;
}

void print_full(std::ostream& out, const std::vector<ToldRun>& runs, const ReportStyle& style) {
    for (const ToldRun& run : runs) {
        out << traces::render_text(*run.trace, {.color = style.color, .width = run_width(style)});
        print_others(out, run, style.width);
        out << '\n';
    }
}

// The shortest, and where the others are.
void print_first(std::ostream& out, const std::vector<ToldRun>& runs, const ReportStyle& style) {
    if (runs.empty())
        return;
    const ToldRun& first =
        *std::ranges::min_element(runs, {}, [](const ToldRun& run) { return run.trace->steps.size(); });
    out << '\n'
        << traces::render_brief(*first.trace, {.color = style.color, .width = run_width(style), .lines_max = 30});
    print_others(out, first, style.width);
    out << '\n';
    if (!first.file.empty())
        print_paragraph(out, "", "All of it: mdcd show " + first.file + "   (--as html: a page)", style.width);
    if (runs.size() > 1)
        print_paragraph(out, "",
                        plural(runs.size() - 1, "other run") + ": the files above, or --full to tell them all here",
                        style.width);
    print_paragraph(out, "", "What it means: mdcd explain " + first.trace->property, style.width);
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

void print_z3(std::ostream& out, const Check& check, const ReportStyle& style) {
    const auto sum = z3_sum(check);
    if (!sum)
        return;
    std::string text = "Z3: " + grouped(sum->views) + " questions, ";
    if (style.verbose) {
        text += grouped(sum->queries) + " asked, " + grouped(sum->cache_hits) + " answered from equal views, ";
        if (sum->saved_hits > 0)
            text += grouped(sum->saved_hits) + " from saved answers, ";
    }
    text += grouped(sum->unknowns) + " unknown";
    if (style.verbose)
        text += ", " + decimal(check.z3_seconds, 1) + " s";
    for (const CheckedProperty& each : check.properties)
        if (style.verbose && sum->queries > 0 && each.z3 && each.z3->slowest_seconds == sum->slowest_seconds) {
            text += " (slowest " + decimal(1000 * sum->slowest_seconds, 1) + " ms, about " + each.property.name + ")";
            break;
        }
    print_paragraph(out, "", text + "; every answer agrees with the native evaluation", style.width);
    if (!check.unanswered.empty())
        out << "Z3 left " << grouped(check.unanswered.size()) << " distinct questions open: " << style.trace_dir
            << "/*.unknown.smt2\n";
}

// What the exit code says, with names.
std::string outcome(const Check& check, const Expectations& expectations, bool strict) {
    const ExitCode code = exit_code_of(check, expectations, strict);
    std::vector<std::string> violated, unexpected, unreached;
    for (const CheckedProperty& each : check.properties) {
        if (each.verdict == expected_verdict(each, expectations))
            continue;
        if (expectations.contains(each.property.name))
            unexpected.push_back(each.property.name);
        else if (each.verdict == Verdict::violated)
            violated.push_back(each.property.name);
        else if (each.verdict == Verdict::not_reached)
            unreached.push_back(each.property.name);
    }
    std::string text;
    const auto add = [&text](const std::string& words, const std::vector<std::string>& names) {
        if (!names.empty())
            text += (text.empty() ? "" : "; ") + words + ": " + joined(names);
    };
    if (code == ExitCode::violated) {
        add("violated", violated);
        add("not as expected", unexpected);
        return text.empty() ? "something could not be judged" : text;
    }
    if (code == ExitCode::not_reached && !unreached.empty()) {
        add("not reached", unreached);
        return text;
    }
    for (const ExitCodeMeaning& each : exit_code_meanings)
        if (each.code == code)
            return each.meaning;
    return text;
}

void print_extent(std::ostream& out, const Check& check, const ReportStyle& style) {
    const Report& report = check.report;
    const double states = static_cast<double>(std::max<std::uint64_t>(report.distinct_states, 1));
    std::string text = extent(report) + ": " + plural(report.distinct_states, "distinct state") +
                       up_to(check.reductions) + ", " + plural(report.transitions, "transition") + ", depth " +
                       std::to_string(report.depth) + "; " + decimal(report.seconds, 1) + " s";
    if (style.verbose)
        text += ", " + grouped(static_cast<std::uint64_t>(states / std::max(report.seconds, 1e-3))) + " states/s, " +
                decimal(static_cast<double>(report.store_bytes) / states, 1) +
                " bytes a state; the implementation really ran " + grouped(report.handler_calls) + " times (" +
                decimal(100 * static_cast<double>(report.memo_hits) /
                            static_cast<double>(std::max<std::uint64_t>(report.transitions, 1)),
                        3) +
                " % remembered)";
    print_paragraph(out, "", text, style.width);
}

} // namespace

std::string extent(const Report& report) {
    if (report.exhaustive)
        return report.reduced ? "exhaustive with reduction" : "exhaustive";
    return report.limit.empty() ? "ended early" : "bounded by " + report.limit;
}

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
    const std::vector<ToldRun> runs = told_runs(check, files);
    if (style.runs == Runs::all)
        print_full(out, runs, style);
    const Report& report = check.report;
    print_paragraph(out, "", headline(check), style.width);
    print_table(out, check, expectations, files, style);
    print_not_applicable(out, check, style);
    print_extent(out, check, style);
    print_symmetry(out, check);
    if (report.reduced)
        print_paragraph(
            out, "",
            "partial order: states that these properties cannot tell from others may be left out; the counts "
            "are of those that are left, and runs need not be the shortest",
            style.width);
    if (report.limit == "numbers")
        print_paragraph(out, "",
                        "some run needs more numbers at once, or to be shown, than sets of messages have (11 of the "
                        "cluster, 7 of an active process): a smaller `unsettled` may do",
                        style.width);
    if (report.limit == "memory")
        print_paragraph(
            out, "", "the search would have outgrown its memory (--max-memory); what is said above was learnt before",
            style.width);
    print_z3(out, check, style);
    const std::vector<std::string> unfired = never_fired(check);
    if (!unfired.empty() && report.exhaustive)
        print_paragraph(out, "", "warning: never fired: " + joined(unfired), style.width);
    if (style.runs == Runs::first)
        print_first(out, runs, style);
    print_paragraph(out, "", "verdict: " + outcome(check, expectations, style.strict), style.width);
}

} // namespace mdcd::checker::cli
