// Whether a model does again what it did before: handlers and predicates must be pure, renamings must not be seen.
// Small samples are asked again: with other histories, in another order, from bytes alone, and of a second copy.
// Knows no search.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"

namespace mdcd::checker::engine {

// Of what a step can do, all it says; the same for equal outcomes. 0 is no digest.
[[nodiscard]] std::uint64_t digest_of(const Outcomes& outcomes);

// Runs a handler; what it throws is a digest too.
[[nodiscard]] std::uint64_t digest_of_call(const BoundModel& model, StepIndex step, const Inputs& inputs);

// How a call is told of that gave two results.
[[nodiscard]] std::string not_pure(const Step& step);

// What the steps do in the first initial states, before anything else has run: asked of the last step first, so that a
// step that hears of an earlier one by another way than its input does not yet.
class FirstCalls {
public:
    static constexpr std::size_t states_max = 4;

    // `in_a_process`: first, in a process of its own where nothing has run yet either, the first step is asked first.
    FirstCalls(const BoundModel& model, bool in_a_process);

    // Asks again, the first step first. The first step that does something else, as a whole sentence; none: none does.
    [[nodiscard]] std::optional<std::string> changed(const BoundModel& model) const;

private:
    [[nodiscard]] static std::uint64_t digest_in(const BoundModel& model, StepIndex step, const GlobalState& state);

    [[nodiscard]] std::vector<std::uint64_t> forwards(const BoundModel& model) const;
    [[nodiscard]] std::vector<std::uint64_t> forwards_in_a_process(const BoundModel& model) const;

    std::vector<GlobalState> states_;
    std::vector<std::uint64_t> digests_; // by state, then by step
    std::vector<std::uint64_t> others_;  // what the other process says; empty: it was not asked, or has failed
};

// A state that was judged, and what was said of it.
struct JudgedState {
    std::uint64_t state = 0; // its number
    PropertyBits bits = 0;
    bool final_dead_end = false; // a dead end that was said to be final; `bits` says nothing then

    // Which states are kept: all of a small search, fewer and fewer of a large one.
    [[nodiscard]] static constexpr bool keeps(std::uint64_t number) {
        return number < 64 || (number % 64 == 0 && (number < 4096 || (number % 4096 == 0 && number < (1U << 22)) ||
                                                    number % (std::uint64_t{1} << 18) == 0));
    }
    // .. and in whose orbits others are looked at as well.
    [[nodiscard]] static constexpr bool keeps_orbit(std::uint64_t number) {
        return number < 32 || (number % 32 == 0 && number < 1024) || (number & (number - 1)) == 0 ||
               number % 65536 == 0;
    }
};

// What is wrong with what was said of it, as a whole sentence; none: asked again, the model says the same.
[[nodiscard]] std::optional<std::string> changed(const BoundModel& model, const JudgedState& judged,
                                                 const GlobalState& state);

// Compares states with the same states renamed.
class OrbitCheck {
public:
    // `canonical` gives the state that stands for one.
    OrbitCheck(const BoundModel& model, std::function<GlobalState(const GlobalState&)> canonical)
        : model_(model), canonical_(std::move(canonical)) {}

    // What tells `state` from others of its orbit, as a whole sentence that names a property or a step; none: nothing
    // does. `number` chooses the renamings that are tried. Throws ModelError.
    [[nodiscard]] std::optional<std::string> difference(const GlobalState& state, std::uint64_t number);

private:
    struct Successor {
        StepIndex step = 0;
        GlobalState state;
    };

    [[nodiscard]] GlobalState renamed(const GlobalState& state, Renaming renaming) const;
    [[nodiscard]] std::optional<std::string> compare(const GlobalState& a, const GlobalState& b);
    [[nodiscard]] std::optional<std::string> compare_steps(const GlobalState& a, const GlobalState& b);
    [[nodiscard]] std::vector<Successor> successors(const GlobalState& state);

    const BoundModel& model_;
    std::function<GlobalState(const GlobalState&)> canonical_;
};

} // namespace mdcd::checker::engine
