// A run is written anew as it is followed, and the two documents are compared.
// Knows no search.
#include "checker/actors/runs.hpp"

#include <algorithm>
#include <utility>

#include "checker/actors/failure.hpp"
#include "checker/actors/judged_end.hpp"
#include "checker/actors/told_run.hpp"
#include "checker/actors/written_run.hpp"
#include "checker/model_error.hpp"
#include "traces/states.hpp"

namespace mdcd::checker::actors {
namespace {

// Of several steps of one sentence the one that leads to that state, as far as that can be told.
std::optional<std::size_t> told_step(const FollowedRun& run, const traces::Step& told) {
    std::vector<std::size_t> found;
    for (std::size_t which = 0; which < run.enabled().size(); ++which)
        if (run.text_of(run.enabled()[which].firing) == told.action.text)
            found.push_back(which);
    for (std::size_t each = 0; found.size() > 1 && each < found.size(); ++each) {
        FollowedRun there(run.model().parts(), run.path().initial);
        there.take_all(run.model(), run.path());
        there.take(found[each]);
        traces::Trace written;
        write_run(there, written);
        if (written.steps.back().digest == told.digest || written.steps.back().changes == told.changes)
            return found[each];
    }
    return found.empty() ? std::nullopt : std::optional(found.front());
}

// `is_whole`: the run can be taken to its end. What a model knows depends on all of a run, and so do digests.
std::optional<RunDifference> difference_in_step(std::size_t number, const traces::Step& told,
                                                const traces::Step& actual, const traces::Value& state, bool is_whole) {
    const std::string quoted = "'" + told.action.text + "'";
    if (is_whole && told.digest != actual.digest)
        return RunDifference{number, "the state after " + quoted + " differs: digest " + actual.digest +
                                         ", the trace has " + told.digest};
    if (told.action != actual.action)
        return RunDifference{number, "what " + quoted + " did is told differently"};
    if (told.changes != actual.changes)
        return RunDifference{number, "the changes of " + quoted + " differ"};
    if (told.state && *told.state != state)
        return RunDifference{number, "the state after " + quoted + " is told differently"};
    return std::nullopt;
}

std::optional<std::string> difference_at_end(const traces::Trace& told, const FollowedRun& run, const Claim& claim) {
    const JudgedEnd end = judged_end(run, claim);
    if (told.verdict == "error") { // all that is open fails at the same place
        const bool fails = end.verdict == Verdict::error || !run.failure().empty();
        return fails ? std::nullopt : std::optional<std::string>("nothing fails in the last state");
    }
    if (end.verdict == Verdict::error)
        return "the last state cannot be judged: " + end.reason;
    const bool is_whole = claim.kind >= ClaimKind::eventually;
    if (told.verdict != name_of(end.verdict)) {
        const bool is_good = end.verdict == Verdict::holds || end.verdict == Verdict::reached;
        const bool is_of_claim = claim.kind != ClaimKind::reachable;
        return std::string(is_whole ? "the run " : "the last state ") +
               (is_of_claim ? (is_good ? "does not violate " : "violates ")
                            : (is_good ? "reaches " : "does not reach ")) +
               told.property;
    }
    std::vector<std::optional<std::size_t>> loops = end.loops;
    if (loops.empty())
        loops.emplace_back();
    const bool is_told = std::ranges::any_of(
        loops, [&](const auto& loop) { return findings_of(claim, end.verdict, loop, "") == told.findings; });
    if (!is_told || !told.recovery.empty())
        return "what is wrong is told differently";
    return std::nullopt;
}

// `run`: at an initial state.
std::optional<RunDifference> repeat_on(FollowedRun run, const Claim& claim, const traces::Trace& trace) {
    take_told(run, trace);
    const std::size_t taken = run.path().firings.size();
    traces::Trace again;
    write_run(run, again);
    if (trace.initial_state && trace.initial_state != again.initial_state)
        return RunDifference{0, "the initial state is told differently"};
    if (trace.processes != again.processes)
        return RunDifference{0, "the processes differ"};
    const bool is_whole = taken == trace.steps.size();
    if (is_whole && trace.initial_digest != again.initial_digest)
        return RunDifference{0, "the initial state differs: digest " + again.initial_digest + ", the trace has " +
                                    trace.initial_digest};
    const std::vector<traces::Value> states = traces::states_of(again);
    for (std::size_t position = 0; position < taken; ++position)
        if (auto difference = difference_in_step(position + 1, trace.steps[position], again.steps[position],
                                                 states[position + 1], is_whole))
            return difference;
    if (!is_whole)
        return RunDifference{taken + 1, why_not_taken(run, trace.steps[taken].action.text)};
    if (auto difference = difference_at_end(trace, run, claim))
        return RunDifference{trace.steps.size(), std::move(*difference)};
    return std::nullopt;
}

} // namespace

const Claim& claim_called(const SystemParts& parts, const std::string& name) {
    const auto found = std::ranges::find(parts.claims, name, &Claim::name);
    if (found == parts.claims.end())
        refuse("the system claims nothing called '" + name + "'");
    return *found;
}

void take_told(FollowedRun& run, const traces::Trace& trace) {
    for (const traces::Step& each : trace.steps) {
        const std::optional<std::size_t> step = told_step(run, each);
        if (!step)
            return;
        run.take(*step);
    }
}

FollowedRun told_run(const SystemParts& parts, const traces::Trace& trace) {
    FollowedRun best(parts);
    take_told(best, trace);
    const std::size_t initial = initial_states(best.model()).size();
    for (std::uint32_t each = 1; each < initial && best.path().firings.size() < trace.steps.size(); ++each) {
        FollowedRun other(parts, each);
        take_told(other, trace);
        if (other.path().firings.size() > best.path().firings.size())
            best = std::move(other);
    }
    return best;
}

std::string why_not_taken(const FollowedRun& run, const std::string& text) {
    if (!run.failure().empty())
        return "what '" + text + "' does is not known: " + run.failure();
    std::string all;
    for (const Enabled& each : run.enabled())
        all += "\n    " + run.text_of(each.firing);
    return "'" + text + "' is not enabled; enabled are" + (all.empty() ? " nothing" : all);
}

std::optional<RunDifference> repeat(const ActorSystem& system, const std::string& claim, const traces::Trace& trace) {
    const Claim& judged = claim_called(system.parts(), claim);
    FollowedRun first(system.parts());
    const std::size_t initial = initial_states(first.model()).size();
    std::optional<RunDifference> farthest = repeat_on(std::move(first), judged, trace);
    for (std::uint32_t each = 1; each < initial && farthest; ++each) {
        std::optional<RunDifference> difference = repeat_on(FollowedRun(system.parts(), each), judged, trace);
        if (!difference || difference->step > farthest->step)
            farthest = std::move(difference);
    }
    return farthest;
}

HandRun::HandRun(const ActorSystem& system) : system_(system), run_(std::make_unique<FollowedRun>(system_.parts())) {}

HandRun::~HandRun() = default;

std::vector<std::string> HandRun::possible() const {
    std::vector<std::string> all;
    for (const Enabled& each : run_->enabled())
        all.push_back(run_->text_of(each.firing));
    return all;
}

void HandRun::take(std::size_t which) {
    run_->take(which);
}

traces::Trace HandRun::trace(const std::string& claim, const std::string& system_name) const {
    const Claim& told = claim_called(system_.parts(), claim);
    const JudgedEnd end = judged_end(*run_, told);
    traces::Trace trace = empty_trace(told, system_name);
    trace.verdict = name_of(end.verdict);
    write_run(*run_, trace);
    trace.findings = findings_of(told, end.verdict, end.loops.empty() ? std::nullopt : end.loops.front(), end.reason);
    return trace;
}

void HandRun::show(const std::function<void(const SystemState& state)>& look) const {
    run_->show(look);
}

void show_end(const ActorSystem& system, const traces::Trace& trace,
              const std::function<void(const SystemState& state)>& look) {
    const FollowedRun run = told_run(system.parts(), trace);
    if (run.path().firings.size() == trace.steps.size())
        run.show(look);
}

} // namespace mdcd::checker::actors
