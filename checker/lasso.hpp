// Runs without end in a reachable graph: a stem, then a loop that is fair and in which something stays pending for
// ever. Knows graphs only, no model.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "checker/fairness.hpp"
#include "checker/model.hpp"
#include "checker/state_graph.hpp"

namespace mdcd::checker {

// The loop leads from the last state of the stem back to it. An empty loop: that state is a dead end, and
// the run stays there.
struct Lasso {
    Path stem;
    std::vector<Firing> loop;
};

// Of some actions together: they can happen if one of them can, and they happen if one of them does.
struct FairnessRule {
    Fairness kind = Fairness::weak;
    std::vector<ActionNumber> actions;
};

// A run is looked for in which bit `pending` is set from some state on, for ever.
struct LassoQuestion {
    enum class Since : std::uint8_t {
        anywhere, // that state may be any
        start,    // .. is the first of the run
        bit,      // .. has the bit `since` as well
    };
    unsigned pending = 0;
    Since from = Since::anywhere;
    unsigned since = 0; // set only where `pending` is
    std::vector<FairnessRule> rules;
};

// One with a shortest stem, if there is any among the expanded states (inside the model's boundary, if it has one); the
// loop is short, though not always the shortest. Deterministic. `look_at_clock` is called now and then, and may throw.
[[nodiscard]] std::optional<Lasso> find_lasso(
    const StateGraph& graph, const LassoQuestion& question, const std::function<void()>& look_at_clock = [] {});

// The same for one that is weakly fair: a step s with fair[s] that is enabled in every state of the loop is taken in
// it. The actions of the graph must be its steps.
[[nodiscard]] std::optional<Lasso> find_fair_lasso(
    const StateGraph& graph, unsigned claim, const std::vector<bool>& fair,
    const std::function<void()>& look_at_clock = [] {});

} // namespace mdcd::checker
