// Reports and runs as text, and as an exit code.
// Knows no model.
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "checker/actors/check.hpp"
#include "checker/actors/ending.hpp"
#include "checker/actors/failure.hpp"
#include "checker/actors/nearest.hpp"
#include "checker/actors/report_words.hpp"

namespace mdcd::checker::actors {
namespace {

void add_changes(std::string& text, const std::vector<ActorChange>& changes, const std::string& indent) {
    for (const ActorChange& change : changes)
        for (const std::string& line : change.lines)
            text += indent + change.actor + ": " + line + "\n";
}

std::string claim_line(const ClaimVerdict& claim, bool is_told) {
    std::string line = word(claim.verdict);
    line.append(14 - std::min<std::size_t>(13, line.size()), ' ');
    line += claim.claim;
    if (is_told)
        line += ": for the same reason";
    else if (!claim.reason.empty())
        line += ": " + (claim.verdict == Verdict::inconclusive ? limit_in_words(claim.reason) : claim.reason);
    else if (claim.verdict == Verdict::violated && !claim.rationale.empty())
        line += ": " + claim.rationale;
    else if (claim.verdict == Verdict::reached && claim.path)
        line += ", in " + counted(claim.path->firings.size(), "step");
    if (!claim.warning.empty())
        line += (claim.rationale.empty() ? ": but " : " But ") + claim.warning;
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
        line += "; not all of them: " + limit_in_words(search.limit);
    else if (search.outside > 0)
        line += "; bounded by boundary: " + with_commas(search.outside) + " states outside were not followed";
    return line + seconds;
}

// All that is open fails at the same place, for the same reason, and one mistake can break several claims.
bool same_run(const ClaimVerdict& a, const ClaimVerdict& b) {
    return a.path && b.path && a.run && b.run && a.path->initial == b.path->initial &&
           a.path->firings == b.path->firings && a.run->loop_begin == b.run->loop_begin;
}

bool ends_in_dead_end(const ClaimVerdict& claim) {
    return claim.verdict == Verdict::violated && !claim.run->loop_begin &&
           (claim.kind == ClaimKind::no_deadlock || claim.kind >= ClaimKind::eventually);
}

std::string growth(const SystemReport& report) {
    if (report.growing.empty())
        return {};
    std::string text = "kept growing along runs chosen at random (if nothing bounds it, the search has no end):\n";
    for (const std::string& field : report.growing)
        text += "  " + field + "\n";
    return text;
}

std::string coverage(const SystemReport& report) {
    std::string passed;
    std::string never;
    for (std::size_t point = 0; point < report.coverage_points.size(); ++point) {
        const std::uint64_t times = report.search.coverage[point];
        if (times > 0)
            passed += (passed.empty() ? "passed: " : ", ") + report.coverage_points[point] + " " + with_commas(times) +
                      (times == 1 ? " time" : " times");
        else
            never += "never passed: " + report.coverage_points[point] + "\n";
    }
    return passed + (passed.empty() ? "" : "\n") + never;
}

} // namespace

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

std::string limit_in_words(const std::string& limit) {
    if (limit == "seconds")
        return "the time limit was reached";
    if (limit == "states")
        return "the limit on states was reached";
    if (limit == "memory")
        return "the limit on memory was reached";
    if (limit == "interrupted")
        return "it was interrupted";
    if (limit == "capacity")
        return "there are more states than can be numbered";
    if (limit == first_violation)
        return "the search ended with the first violation";
    return limit;
}

std::string ending_of(const ClaimVerdict& claim) {
    if (claim.verdict == Verdict::error)
        return claim.reason;
    if (claim.kind == ClaimKind::no_deadlock)
        return "nothing can happen here, and this is no final state";
    if (claim.kind >= ClaimKind::eventually)
        return std::string(claim.run->loop_begin ? "and so on for ever" : "nothing can happen any more") + ": what '" +
               claim.claim + "' waits for never comes" + (claim.rationale.empty() ? "" : ": " + claim.rationale) +
               (claim.warning.empty() ? "" : " (but " + claim.warning + ")");
    return "'" + claim.claim + "' does not hold here" + (claim.rationale.empty() ? "" : ": " + claim.rationale);
}

const ClaimVerdict& SystemReport::operator[](const std::string& claim) const {
    const auto found = std::ranges::find(claims, claim, &ClaimVerdict::claim);
    if (found == claims.end()) {
        std::vector<std::string> known;
        for (const ClaimVerdict& each : claims)
            known.push_back(each.claim);
        refuse("the system claims nothing called '" + claim + "'" + nearest_claim(claim, known));
    }
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
    std::string reason;
    for (const ClaimVerdict& claim : report.claims) {
        text += claim_line(claim, claim.verdict == Verdict::error && claim.reason == reason);
        if (claim.verdict == Verdict::error)
            reason = claim.reason;
    }
    if (report.claims.empty())
        text += "nothing is claimed, so nothing is judged, and what goes wrong in a handler is not told\n";
    text += counts(report);
    if (report.whole_runs) {
        text += "whole runs: " + with_commas(report.whole_runs->states) + " states, " +
                with_commas(report.whole_runs->transitions) + " transitions\n";
        for (const std::string& note : report.whole_runs->notes)
            text += note + "\n";
    }
    text += coverage(report) + growth(report);
    const ClaimVerdict* error = nullptr; // all that is open fails at the same place
    std::vector<const ClaimVerdict*> told;
    for (const ClaimVerdict& claim : report.claims) {
        const bool is_error = claim.verdict == Verdict::error;
        if (!claim.run || (claim.verdict != Verdict::violated && !is_error) || (is_error && error != nullptr))
            continue;
        if (is_error)
            error = &claim;
        text += "\n" + claim.claim + " is " + (is_error ? "in error" : "violated");
        const auto same = std::ranges::find_if(told, [&](const ClaimVerdict* each) { return same_run(*each, claim); });
        if (same != told.end())
            text += " by the same run as " + (*same)->claim + ":\n";
        else
            text += (claim.run->loop_begin ? " by a run without end"
                                           : " after " + counted(claim.run->steps.size(), "step")) +
                    ":\n" + to_text(*claim.run);
        told.push_back(&claim);
        if (ends_in_dead_end(claim))
            add_changes(text, claim.run->end, "      at the end: ");
        text += "   => " + ending_of(claim) + "\n";
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
