// Runs without end in a reachable graph: a stem, then a loop that is fair and in which something stays pending for
// ever. Knows graphs only, no model.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "checker/fairness.hpp"
#include "checker/model.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"
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

// A lasso is followed once more on the model before it is shown. Where that fails, handlers or predicates look at more
// than they are given: an error of the model, not of the engine.
inline constexpr std::string_view unconfirmed_lasso =
    "a run without end that was found is none when it is followed once more: a handler or a predicate is not "
    "deterministic";

// `follow`: whether the run is what it should be. If it cannot even be followed, it is not.
template <class Follow> [[nodiscard]] bool is_confirmed(Follow follow) {
    try {
        return follow();
    } catch (const ModelError&) {
        return false;
    } catch (const PathError&) {
        return false;
    }
}

} // namespace mdcd::checker
