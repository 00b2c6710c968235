// Whether what a proof fails at really happens: the explicit engine's steps, breadth-first in small scopes, looking for
// a state that can be reached and from which the action breaks the lemma, or in which the claim is false.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "model/proof/abstraction.hpp"
#include "model/proof/occurrence.hpp"
#include "model/proof/proof.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof {

struct ReachOptions {
    std::vector<std::string> scopes = {"tiny", "relay"}; // shipped ones, in this order
    std::uint64_t states_max = 4000;                     // of each scope
};

// Breadth-first in each of the scopes: calls `is_it` for each step, with what was sent on the way to it, until it says
// so; notes how far it came.
struct VisitedState {
    const checker::GlobalState& state;
    const Sent& sent;
};
using StepQuestion =
    std::function<bool(const System&, VisitedState from, VisitedState to, const checker::Enabled& enabled)>;
[[nodiscard]] Occurrence look_for(const impl::Rules& rules, const ReachOptions& options, const StepQuestion& is_it);

// The lemma holds before a step of that action in every window, and is false after it in some.
[[nodiscard]] Occurrence find_broken_lemma(const impl::Rules& rules, const Lemma& lemma, ActionId action,
                                           const ReachOptions& options = {});

// A state in which the checker finds the claim false.
[[nodiscard]] Occurrence find_false_claim(const impl::Rules& rules, const std::string& claim,
                                          const ReachOptions& options = {});

} // namespace mdcd::model::proof
