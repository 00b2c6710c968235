// Runs without end in a reachable graph: a stem, then a loop that is weakly fair and in which something
// stays pending for ever. Knows graphs only, no model.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "checker/model.hpp"
#include "checker/state_graph.hpp"

namespace mdcd::checker {

// The loop leads from the last state of the stem back to it. An empty loop: that state is a dead end, and
// the run stays there.
struct Lasso {
    Path stem;
    std::vector<Firing> loop;
};

// A run in which bit `claim` is set from the end of the stem on, for ever. Weakly fair: a step s with
// fair[s] that is enabled in every state of the loop is taken in it. One with a shortest stem, if there is
// any among the expanded states (inside the model's boundary, if it has one); the loop is short, though not always the
// shortest. Deterministic.
// `look_at_clock` is called now and then, and may throw.
[[nodiscard]] std::optional<Lasso> find_fair_lasso(
    const StateGraph& graph, unsigned claim, const std::vector<bool>& fair,
    const std::function<void()>& look_at_clock = [] {});

} // namespace mdcd::checker
