// From a state number back to a run: follows parents to an initial state, then makes the run by hand on
// the model itself, so that what is reported has been executed once more.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/state_space.hpp"

namespace mdcd::checker::engine {

// The model did not do again what it did before.
class LostTrail : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// What is said of a state that was found to settle something, and does not when it is looked at again.
// `differing`: the properties of which something else was said. `renamed`: states stand for what renamings make of
// them.
[[nodiscard]] std::string lost_predicate(const BoundModel& model, PropertyBits differing, bool renamed);
inline constexpr std::string_view lost_dead_end = "a dead end was none when it was looked at again: a handler is not "
                                                  "deterministic, or sees the names that a renaming changes";
inline constexpr std::string_view lost_final =
    "is_final gave another answer when asked again: it is not deterministic, "
    "or sees the names that a renaming changes";

// The run cannot be shown: the model has a limit that it would cross.
class TrailTooLong : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Trail {
public:
    // The first `initial_count` states are initial ones; their parents are indices into
    // Model::initial_states().
    // `look_at_clock` is called at each step of a run, and may throw.
    Trail(const BoundModel& model, FoundStates& states, std::uint64_t initial_count,
          std::function<void()> look_at_clock)
        : model_(model), states_(states), initial_count_(initial_count), look_at_clock_(std::move(look_at_clock)) {}

    struct Run {
        Path path;
        GlobalState last; // in the names of the path; the stored state is the one that stands for it
    };

    // Throws LostTrail, TrailTooLong.
    [[nodiscard]] Run run_to(std::uint64_t number) const;

    // The last firing on the way to this state, and which coverage points it passed. Not for an initial state.
    // Throws LostTrail.
    [[nodiscard]] Enabled last_firing(std::uint64_t number) const;

    // The ModelError that judging or expanding this state meets. Throws LostTrail if there is none.
    [[nodiscard]] std::string failure_in(const GlobalState& state) const;

private:
    // The first firing in the model's order that leads from `state` to the stored one; `next` becomes what it leads to.
    [[nodiscard]] Enabled firing_to(const GlobalState& state, std::uint64_t number, GlobalState& next) const;

    const BoundModel& model_;
    FoundStates& states_;
    std::uint64_t initial_count_;
    std::function<void()> look_at_clock_;
};

} // namespace mdcd::checker::engine
