// Runs of a system outside of a search: those that a trace document tells, taken again and compared or shortened, and
// those that somebody makes step by step. The steps of a document are known by their sentences. Knows no file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/actors/system.hpp"
#include "checker/run_difference.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::actors {

class FollowedRun;

// Takes the steps of the trace, compares every state and all that is told, and judges the claim (a name of the
// system's) anew at the end. Scope, rules and the words of the claim are not looked at. None: it is the same.
[[nodiscard]] std::optional<RunDifference> repeat(const ActorSystem& system, const std::string& claim,
                                                  const traces::Trace& trace);

// A step of a trace that cannot be taken, or a run that does not come to what it is about.
class RunError : public std::runtime_error {
public:
    RunError(const std::string& what, std::optional<std::size_t> step) : std::runtime_error(what), step_(step) {}
    [[nodiscard]] std::optional<std::size_t> step() const { return step_; } // from 0; none: the run as a whole

private:
    std::optional<std::size_t> step_;
};

struct ShortenOptions {
    std::uint64_t search_states_max = 0; // then look breadth-first for a shorter run, among so many states; 0: do not
    unsigned workers = 1;
};

struct ShortenedRun {
    traces::Trace trace;       // with the same scope, rules, property and claim as before
    std::uint64_t replays = 0; // runs that were tried
    bool shortest = false;     // a search showed that no shorter run does it; of a claim of whole runs nobody looks
};

// A run that still violates the claim, or reaches it, and of which no single step can be left out. Throws RunError.
[[nodiscard]] ShortenedRun shorten(const ActorSystem& system, const std::string& claim, const traces::Trace& trace,
                                   const ShortenOptions& options);

// A run that is made step by step, from the first initial state.
class HandRun {
public:
    explicit HandRun(const ActorSystem& system);
    ~HandRun();
    HandRun(const HandRun&) = delete;
    HandRun& operator=(const HandRun&) = delete;

    [[nodiscard]] std::vector<std::string> possible() const; // a sentence for each step that can be taken now
    void take(std::size_t which);                            // of those
    // With what is true of the claim at the end: violated or holds, reached or not_reached, error.
    [[nodiscard]] traces::Trace trace(const std::string& claim, const std::string& system_name = "system") const;
    void show(const std::function<void(const SystemState& state)>& look) const; // the last state

private:
    const ActorSystem system_;
    std::unique_ptr<FollowedRun> run_;
};

// Shows the last state of a run whose steps can be taken; nothing of another.
void show_end(const ActorSystem& system, const traces::Trace& trace,
              const std::function<void(const SystemState& state)>& look);

} // namespace mdcd::checker::actors
