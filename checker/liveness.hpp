// Does what is pending come to an end? Looks for a run without end, weakly fair to every step, in which it
// never does. A search for bad states cannot say that. Keeps the graph (state_graph.hpp), so it is for scopes
// of up to some ten million states.
#pragma once

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "checker/engine/stop_watch.hpp"
#include "checker/lasso.hpp"
#include "checker/model.hpp"
#include "checker/path.hpp"
#include "checker/report.hpp"
#include "checker/state_graph.hpp"

namespace mdcd::checker {

// "Whenever it is pending, it is not some time later."
struct ProgressClaim {
    std::string name;
    std::string rationale; // one sentence
};

// In which states each claim is pending: bit i for claim i; summaries as for Model::judge. Pure.
template <class P, class M>
concept Pending = Model<M> && requires(const P& pending, std::span<const typename M::Summary* const> summaries) {
    { pending(summaries) } -> std::same_as<PropertyBits>;
};

struct LivenessOptions {
    Limits limits;                                // of the graph; states are counted, and cut off, after each expansion
    std::vector<StepIndex> unfair_steps;          // those that may be put off for ever although enabled: choices of the
                                                  // environment, such as sending yet another message
    const std::atomic<bool>* interrupt = nullptr; // as in SearchOptions
};

struct ProgressVerdict {
    std::string claim;
    Verdict verdict = Verdict::inconclusive; // holds, violated, inconclusive or error
    std::optional<Lasso> lasso;              // of `violated`
    std::optional<Path> path;                // of `error`: to where a handler or predicate failed
    std::string reason;                      // of `inconclusive` and `error`
};

struct LivenessReport {
    std::vector<ProgressVerdict> verdicts; // one for each claim, in order
    std::uint64_t distinct_states = 0;
    std::uint64_t transitions = 0;
    bool exhaustive = false;
    std::string limit; // as in Report
    double seconds = 0;
};

[[nodiscard]] inline std::vector<bool> fair_steps(std::size_t steps, const std::vector<StepIndex>& unfair) {
    std::vector<bool> fair(steps, true);
    for (const StepIndex step : unfair) {
        if (step >= steps)
            throw std::invalid_argument("step " + std::to_string(step) + " is said to be unfair, the model has " +
                                        std::to_string(steps) + " steps");
        fair[step] = false;
    }
    return fair;
}

// Runs the lasso on the model and judges it anew, with nothing but path.hpp: is it a run of the model that
// closes, stays pending, and is weakly fair?
template <Model M, Pending<M> P>
[[nodiscard]] bool is_fair_lasso(const M& model, const P& pending, unsigned claim, const Lasso& lasso,
                                 const std::vector<StepIndex>& unfair_steps) {
    const GlobalState start = states_along(model, lasso.stem).back();
    // What every state of the loop enables and the loop has not taken, so far.
    std::vector<bool> neglected = fair_steps(std::span<const Step>(model.steps()).size(), unfair_steps);
    GlobalState state = start;
    const auto look = [&] {
        std::vector<bool> is_enabled(neglected.size());
        for (const Enabled& each : enabled(model, state))
            is_enabled[each.firing.step] = true;
        for (std::size_t step = 0; step < neglected.size(); ++step)
            neglected[step] = neglected[step] && is_enabled[step];
        return (ask(model, state, pending) >> claim & 1) != 0;
    };
    if (!look())
        return false;
    for (const Firing& firing : lasso.loop) {
        const Enabled next = find_enabled(model, state, firing);
        state = apply(model, state, next.firing, next.outcome);
        neglected[firing.step] = false;
        if (!look())
            return false;
    }
    if (lasso.loop.empty())
        return enabled(model, state).empty();
    return state == start && std::ranges::find(neglected, true) == neglected.end();
}

// A violated claim comes with a lasso of shortest stem, which has been run again on the model. Violations
// among the states explored are reported even if a limit was hit; nothing holds then. A dead end in which
// a claim is pending violates it.
template <Model M, Pending<M> P>
[[nodiscard]] LivenessReport check_progress(const M& model, std::span<const ProgressClaim> claims, const P& pending,
                                            const LivenessOptions& options = {}) {
    if (claims.size() > property_count_max)
        throw std::invalid_argument("at most 64 claims can be checked at once");
    engine::StopWatch watch(options.limits, options.interrupt);
    const StateGraph graph =
        GraphExplorer<M, P>(model, options.limits, claims.size(), pending, options.interrupt).run();
    LivenessReport report;
    report.distinct_states = graph.size();
    report.transitions = graph.transitions;
    report.limit = graph.limit.empty() && !graph.outside.empty() ? "boundary" : graph.limit;
    report.exhaustive = report.limit.empty() && !graph.failure;
    const std::vector<bool> fair = fair_steps(std::span<const Step>(model.steps()).size(), options.unfair_steps);
    for (unsigned claim = 0; claim < claims.size(); ++claim) {
        ProgressVerdict verdict{.claim = claims[claim].name, .lasso = {}, .path = {}, .reason = {}};
        const char* stopped = nullptr;
        try { // what there is of a graph that was cut off is looked at, for a moment
            verdict.lasso =
                find_fair_lasso(graph, claim, fair, [&] { watch.expect_time(engine::StopWatch::rebuilding_seconds); });
        } catch (const engine::OutOfTime&) {
            stopped = watch.reason();
            report.limit = stopped;
            report.exhaustive = false;
        }
        if (verdict.lasso &&
            is_confirmed([&] { return is_fair_lasso(model, pending, claim, *verdict.lasso, options.unfair_steps); })) {
            verdict.verdict = Verdict::violated;
        } else if (graph.failure || verdict.lasso) {
            verdict.verdict = Verdict::error;
            verdict.lasso.reset();
            verdict.reason = graph.failure
                                 ? graph.failure->in_words([&](unsigned number) { return claims[number].name; })
                                 : std::string(unconfirmed_lasso);
            if (graph.failure && graph.failure->state != StateGraph::nowhere)
                verdict.path = graph.path_to(graph.failure->state);
        } else if (graph.limit.empty() && graph.outside.empty() && stopped == nullptr) {
            verdict.verdict = Verdict::holds;
        } else {
            verdict.reason = stopped != nullptr ? stopped : report.limit;
        }
        report.verdicts.push_back(std::move(verdict));
    }
    report.seconds = watch.seconds();
    return report;
}

} // namespace mdcd::checker
