// The scopes in which two ends of a link are explored to the end: each one small, together every fault and every limit.
// Knows no verdict.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "checker/liveness.hpp"
#include "checker/search.hpp"
#include "tests/differential/link/link_system.hpp"

namespace mdcd::tests::link {

struct LinkScope {
    std::string name;
    std::string what;
    Scope scope;
};

inline std::vector<LinkScope> link_scopes() {
    return {
        {"session",
         "sessions that keep frames and their order, as TCP does; a crash and a break",
         {.messages = {3, 0}, .faults = {.crashes = 1, .breaks = 1}}},
        {"network",
         "frames of a session are lost, repeated and overtaken; a timer sends again",
         {.messages = {3, 0}, .timer = true, .faults = {.losses = 1, .repetitions = 1, .overtakings = 1}}},
        {"both_ways",
         "messages both ways through windows of one; a frame is lost, a process crashes",
         {.outgoing = 1,
          .incoming = 1,
          .messages = {2, 1},
          .timer = true,
          .under_way_max = 1,
          .faults = {.losses = 1, .crashes = 1}}},
        {"answers",
         "each message is answered in the step that takes it, through windows of one; crash and break",
         {.outgoing = 1, .incoming = 1, .messages = {2, 0}, .answers = true, .faults = {.crashes = 1, .breaks = 1}}},
        {"narrow",
         "the receiver holds less than the sender keeps; a frame is lost, another one repeated",
         {.incoming = 1, .messages = {3, 0}, .timer = true, .faults = {.losses = 1, .repetitions = 1}}},
        {"everything",
         "every kind of fault, once each, through windows of one",
         {.outgoing = 1,
          .incoming = 1,
          .messages = {2, 0},
          .timer = true,
          .faults = {.losses = 1, .repetitions = 1, .overtakings = 1, .crashes = 1, .breaks = 1}}},
    };
}

inline LinkSystem system_of(const LinkScope& scope, const impl::LinkRules& rules) {
    Scope changed = scope.scope;
    changed.rules = rules;
    return LinkSystem(changed);
}

struct LinkResult {
    checker::Report report;
    std::vector<std::string> points; // of the coverage
    std::vector<std::string> steps;  // their names

    [[nodiscard]] const checker::PropertyVerdict* find(const std::string& property) const {
        for (const checker::PropertyVerdict& each : report.verdicts)
            if (each.property == property)
                return &each;
        return nullptr;
    }
    // Of the claims that are violated the one with the shortest run, and of those the first.
    [[nodiscard]] const checker::PropertyVerdict* shortest_violation() const {
        const checker::PropertyVerdict* best = nullptr;
        for (const checker::PropertyVerdict& each : report.verdicts)
            if (each.verdict == checker::Verdict::violated &&
                (best == nullptr || each.path->firings.size() < best->path->firings.size()))
                best = &each;
        return best;
    }
    // The run in words: one step after the other.
    [[nodiscard]] std::string words(const checker::PropertyVerdict& verdict) const {
        std::string text;
        for (const checker::Firing& firing : verdict.path->firings)
            text += (text.empty() ? "" : ", ") + steps[firing.step];
        return text;
    }
};

inline LinkResult explore(const LinkScope& scope, const impl::LinkRules& rules,
                          const checker::SearchOptions& options = {}) {
    const LinkSystem system = system_of(scope, rules);
    LinkResult result{.report = checker::search(system, options), .points = {}, .steps = {}};
    result.points.assign(system.coverage_points().begin(), system.coverage_points().end());
    for (const checker::Step& step : system.steps())
        result.steps.push_back(step.name);
    return result;
}

// In every run in which nobody is idle for ever, and nothing new is decided, all that was decided is taken, nothing is
// kept, and no more frames leave.
inline checker::ProgressVerdict comes_to_rest(const LinkScope& scope, const impl::LinkRules& rules,
                                              const checker::Limits& limits = {}) {
    const LinkSystem system = system_of(scope, rules);
    const checker::ProgressClaim claim{"comes_to_rest", "What was decided is taken, nothing is kept, nothing leaves."};
    const checker::LivenessOptions options{.limits = limits, .unfair_steps = system.unfair_steps()};
    const auto pending = [&](LinkSystem::Summaries all) { return checker::PropertyBits{!system.is_at_rest(all)}; };
    return checker::check_progress(system, std::span(&claim, 1), pending, options).verdicts.front();
}

} // namespace mdcd::tests::link
