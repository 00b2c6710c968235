// Reports and runs as text, and as an exit code.
// Knows no model.
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "checker/actors/check.hpp"
#include "checker/actors/ending.hpp"
#include "checker/actors/failure.hpp"

namespace mdcd::checker::actors {
namespace {

std::string word(Verdict verdict) {
    std::string name = name_of(verdict);
    std::ranges::replace(name, '_', ' ');
    return name;
}

std::string with_commas(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t place = digits.size(); place > 3; place -= 3)
        digits.insert(place - 3, ",");
    return digits;
}

std::string counted(std::size_t number, const char* thing) {
    return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

void add_changes(std::string& text, const std::vector<ActorChange>& changes, const std::string& indent) {
    for (const ActorChange& change : changes)
        for (const std::string& line : change.lines)
            text += indent + change.actor + ": " + line + "\n";
}

std::string claim_line(const ClaimVerdict& claim) {
    std::string line = word(claim.verdict);
    line.append(14 - std::min<std::size_t>(13, line.size()), ' ');
    line += claim.claim;
    if (!claim.reason.empty())
        line += ": " + claim.reason;
    else if (claim.verdict == Verdict::violated && !claim.rationale.empty())
        line += ": " + claim.rationale;
    else if (claim.verdict == Verdict::reached && claim.path)
        line += ", in " + counted(claim.path->firings.size(), "step");
    return line + "\n";
}

std::string counts(const SystemReport& report) {
    const Report& search = report.search;
    std::string line = with_commas(search.distinct_states) + " states, " + with_commas(search.transitions) +
                       " transitions, " + std::to_string(search.depth) + " steps deep";
    if (report.renamings > 1)
        line += ", up to " + with_commas(report.renamings) + " renamings";
    if (search.reduced)
        line += "; with reduction: states were left out, and runs need not be shortest";
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "; %.2f s\n", search.seconds);
    if (!search.limit.empty())
        line += "; not all of them: " + search.limit;
    else if (search.outside > 0)
        line += "; bounded by boundary: " + with_commas(search.outside) + " states outside were not followed";
    return line + seconds;
}

} // namespace

std::string ending_of(const ClaimVerdict& claim) {
    if (claim.verdict == Verdict::error)
        return claim.reason;
    if (claim.kind == ClaimKind::no_deadlock)
        return "nothing can happen here, and this is no final state";
    if (claim.kind >= ClaimKind::eventually)
        return std::string(claim.run->loop_begin ? "and so on for ever" : "nothing can happen any more") + ": what '" +
               claim.claim + "' waits for never comes" + (claim.rationale.empty() ? "" : ": " + claim.rationale);
    return "'" + claim.claim + "' does not hold here" + (claim.rationale.empty() ? "" : ": " + claim.rationale);
}

const ClaimVerdict& SystemReport::operator[](const std::string& claim) const {
    const auto found = std::ranges::find(claims, claim, &ClaimVerdict::claim);
    if (found == claims.end())
        refuse("the system claims nothing called '" + claim + "'");
    return *found;
}

std::string to_text(const Run& run) {
    std::string text = "   0  start\n";
    const std::string indent = "        ";
    add_changes(text, run.start, indent);
    for (const std::string& sent : run.sent)
        text += indent + "under way: " + sent + "\n";
    for (std::size_t number = 1; number <= run.steps.size(); ++number) {
        if (run.loop_begin == number - 1)
            text += "      from here on, again and again:\n";
        const RunStep& step = run.steps[number - 1];
        std::string margin = std::to_string(number);
        margin.insert(0, 4 - std::min<std::size_t>(4, margin.size()), ' ');
        text += margin + "  " + step.text + "\n";
        for (const std::string& note : step.notes)
            text += indent + note + "\n";
        add_changes(text, step.changes, indent);
        for (const std::string& sent : step.sent)
            text += indent + "sends " + sent + "\n";
    }
    for (const std::string& message : run.under_way)
        text += "      still under way: " + message + "\n";
    return text;
}

std::string to_text(const SystemReport& report) {
    std::string text;
    for (const ClaimVerdict& claim : report.claims)
        text += claim_line(claim);
    text += counts(report);
    if (report.whole_runs) {
        text += "whole runs: " + with_commas(report.whole_runs->states) + " states, " +
                with_commas(report.whole_runs->transitions) + " transitions\n";
        for (const std::string& note : report.whole_runs->notes)
            text += note + "\n";
    }
    for (std::size_t point = 0; point < report.coverage_points.size(); ++point)
        if (report.search.coverage[point] == 0)
            text += "never passed: " + report.coverage_points[point] + "\n";
    bool error_told = false; // all that is open fails at the same place
    for (const ClaimVerdict& claim : report.claims) {
        const bool is_error = claim.verdict == Verdict::error;
        if (!claim.run || (claim.verdict != Verdict::violated && !is_error) || (is_error && error_told))
            continue;
        error_told = error_told || is_error;
        text +=
            "\n" + claim.claim + " is " + (is_error ? "in error" : "violated") +
            (claim.run->loop_begin ? " by a run without end" : " after " + counted(claim.run->steps.size(), "step")) +
            ":\n" + to_text(*claim.run) + "   => " + ending_of(claim) + "\n";
    }
    return text;
}

void print(const SystemReport& report) {
    const std::string text = to_text(report);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

int exit_code(const SystemReport& report) {
    const auto any = [&](Verdict verdict) {
        return std::ranges::any_of(report.claims, [&](const ClaimVerdict& claim) { return claim.verdict == verdict; });
    };
    if (any(Verdict::violated) || any(Verdict::error))
        return 10;
    if (any(Verdict::not_reached))
        return 11;
    return report.claims.empty() || any(Verdict::inconclusive) ? 20 : 0;
}

} // namespace mdcd::checker::actors
