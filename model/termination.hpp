// Whether every recovery comes to an end (recovery_terminates): a question about whole runs, asked of the graph of all
// states. Deliveries are bound to happen, and so is what a shadow still has to generate; what else applications and
// tests do is not.
#pragma once

#include <atomic>

#include "checker/liveness.hpp"
#include "model/system.hpp"

namespace mdcd::model {

// One verdict. The scope must have asynchronous recovery. Keeps the whole graph: for up to some ten million
// states. `interrupt` as in checker::SearchOptions.
[[nodiscard]] checker::LivenessReport check_termination(const System& system, const checker::Limits& limits,
                                                        const std::atomic<bool>* interrupt = nullptr);

// Something is pending in this state, and nothing that is bound to happen can happen. Whatever is bound to happen uses
// up a message or part of a budget, so a run in which something is pending for ever ends in such a state.
[[nodiscard]] bool waits_for_ever(const System& system, const checker::GlobalState& state);

} // namespace mdcd::model
