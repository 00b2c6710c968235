// Running a model by hand: which firings a state enables, what each leads to, what the predicates say.
// Works on whole states as bytes, with no memory of earlier calls. Slow, short, and what the fast
// engine is judged against. Knows no search.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "checker/channel.hpp"
#include "checker/model.hpp"
#include "checker/model_error.hpp"
#include "checker/well_formed.hpp"

namespace mdcd::checker {

struct Enabled {
    Firing firing;
    Outcome outcome;
};

// A path that its model cannot take: the initial state it names does not exist, or a firing is not enabled.
class PathError : public std::runtime_error {
public:
    PathError(const std::string& what, std::size_t position) : std::runtime_error(what), position_(position) {}

    // Which entry of Path::firings cannot be taken.
    [[nodiscard]] std::size_t position() const { return position_; }

private:
    std::size_t position_;
};

// The part that needs no model: the shapes of slots and steps are enough.
// Throws ModelError if the state has not one entry for each slot.
void expect_shape(std::span<const Slot> slots, const GlobalState& state);

// The whole values a step is shown. Views into `state`. Throws ModelError if the step reads a channel.
[[nodiscard]] std::vector<std::string_view> values_read(std::span<const Slot> slots, const Step& step,
                                                        const GlobalState& state);

// The distinct messages that a step which takes one can take: the oldest of a fifo, each of a bag.
// Views into `state`. Throws ModelError if the step takes from no channel.
[[nodiscard]] std::vector<std::string_view> messages_to_take(std::span<const Slot> slots, const Step& step,
                                                             const GlobalState& state);

// No channel that must have room is full.
[[nodiscard]] bool has_room(std::span<const Slot> slots, const Step& step, const GlobalState& state);

// Whether what the outcome sends to the channels that the step waits for (Step::fits) has room in them.
[[nodiscard]] bool has_room(std::span<const Slot> slots, const Step& step, const GlobalState& state,
                            const Firing& firing, const Outcome& outcome);

// The state after the firing: takes the message, then writes, then sends. Throws ModelError when a send
// exceeds a capacity or is longer than a message may be, when a write names a channel or the same slot
// twice, when a send names a value, or when there is no such message to take.
[[nodiscard]] GlobalState apply(std::span<const Slot> slots, std::span<const Step> steps, const GlobalState& state,
                                const Firing& firing, const Outcome& outcome);

[[nodiscard]] PathError not_enabled(std::span<const Step> steps, const Firing& firing, std::size_t position);

// Runs the handler of a step, and believes nothing that it says. Throws ModelError, whatever it is that the handler
// throws, and when an outcome names slots, coverage points or messages as model.hpp does not allow.
template <Model M> void fire(const M& model, StepIndex index, const Inputs& inputs, Outcomes& outcomes) {
    const Step& step = std::span<const Step>(model.steps())[index];
    blaming([&] { return "step '" + step.name + "'"; }, [&] { model.fire(index, inputs, outcomes); });
    if (outcomes.size() > 0xffff)
        throw ModelError("step '" + step.name + "' has more than 65535 outcomes");
    const Shape shape = shape_of(model);
    for (const Outcome& outcome : outcomes)
        if (const std::optional<std::string> fault = fault_in_outcome(shape, step, outcome))
            throw ModelError(*fault);
}

// All that can happen in `state`, in the model's order: steps in index order, the messages of a channel
// in theirs, outcomes as the handler added them. Throws ModelError as `fire` does.
template <Model M> [[nodiscard]] std::vector<Enabled> enabled(const M& model, const GlobalState& state) {
    const std::span<const Slot> slots = model.slots();
    const std::span<const Step> steps = model.steps();
    expect_shape(slots, state);
    std::vector<Enabled> all;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        const Step& step = steps[index];
        if (!has_room(slots, step, state))
            continue;
        const std::vector<std::string_view> values = values_read(slots, step, state);
        std::vector<std::string_view> messages = {std::string_view{}};
        if (step.takes)
            messages = messages_to_take(slots, step, state);
        for (std::size_t taken = 0; taken < messages.size(); ++taken) {
            Outcomes outcomes;
            fire(model, static_cast<StepIndex>(index), Inputs{.values = values, .message = messages[taken]}, outcomes);
            for (std::size_t outcome = 0; outcome < outcomes.size(); ++outcome) {
                const Firing firing{.step = static_cast<StepIndex>(index),
                                    .taken = static_cast<std::uint16_t>(taken),
                                    .outcome = static_cast<std::uint16_t>(outcome)};
                if (step.fits.empty() || has_room(slots, step, state, firing, outcomes[outcome]))
                    all.push_back({.firing = firing, .outcome = std::move(outcomes[outcome])});
            }
        }
    }
    return all;
}

// The firing with its outcome. Throws PathError, with `position` in it, if the state does not enable it.
template <Model M>
[[nodiscard]] Enabled find_enabled(const M& model, const GlobalState& state, const Firing& firing,
                                   std::size_t position = 0) {
    for (Enabled& each : enabled(model, state))
        if (each.firing == firing)
            return std::move(each);
    throw not_enabled(model.steps(), firing, position);
}

template <Model M>
[[nodiscard]] GlobalState apply(const M& model, const GlobalState& state, const Firing& firing,
                                const Outcome& outcome) {
    return apply(std::span<const Slot>(model.slots()), std::span<const Step>(model.steps()), state, firing, outcome);
}

// The functions of a model that look at states, with whatever they throw as a ModelError.
template <Model M> [[nodiscard]] typename M::Summary summarise(const M& model, SlotIndex slot, std::string_view bytes) {
    return blaming([&] { return "the summary of slot '" + std::span<const Slot>(model.slots())[slot].name + "'"; },
                   [&] { return model.summarise(slot, bytes); });
}

template <Model M>
[[nodiscard]] PropertyBits judge(const M& model, std::span<const typename M::Summary* const> summaries) {
    return blaming([] { return std::string("the predicates (judge)"); }, [&] { return model.judge(summaries); });
}

template <KnowsFinalStates M>
[[nodiscard]] bool is_final(const M& model, std::span<const typename M::Summary* const> summaries) {
    return blaming([] { return std::string("is_final"); }, [&] { return model.is_final(summaries); });
}

template <Model M> [[nodiscard]] std::vector<GlobalState> initial_states(const M& model) {
    return blaming([] { return std::string("initial_states"); },
                   [&]() -> std::vector<GlobalState> { return model.initial_states(); });
}

template <Model M>
[[nodiscard]] std::vector<typename M::Summary> summaries_of(const M& model, const GlobalState& state) {
    expect_shape(model.slots(), state);
    std::vector<typename M::Summary> summaries;
    for (std::size_t slot = 0; slot < state.size(); ++slot)
        summaries.push_back(summarise(model, static_cast<SlotIndex>(slot), state[slot]));
    return summaries;
}

// Calls `question` with one pointer for each slot's summary, as Model::judge wants them.
template <Model M, class Question> auto ask(const M& model, const GlobalState& state, Question question) {
    const std::vector<typename M::Summary> summaries = summaries_of(model, state);
    std::vector<const typename M::Summary*> pointers;
    for (const typename M::Summary& summary : summaries)
        pointers.push_back(&summary);
    return question(std::span<const typename M::Summary* const>(pointers));
}

template <Model M> [[nodiscard]] PropertyBits judge(const M& model, const GlobalState& state) {
    return ask(model, state, [&](auto summaries) { return judge(model, summaries); });
}

// Whether the model wants to see what follows from the state: everywhere, if it knows no boundary.
template <Model M> [[nodiscard]] bool is_inside(const M& model, const GlobalState& state) {
    if constexpr (KnowsItsBoundary<M>)
        return !model.has_boundary() || ask(model, state, [&](auto summaries) { return model.is_inside(summaries); });
    else
        return true;
}

template <KnowsFinalStates M> [[nodiscard]] bool is_final(const M& model, const GlobalState& state) {
    return ask(model, state, [&](auto summaries) { return is_final(model, summaries); });
}

// The states of a run: the initial one, then one after each firing. Throws PathError at the first
// firing that is not enabled.
template <Model M> [[nodiscard]] std::vector<GlobalState> states_along(const M& model, const Path& path) {
    const std::vector<GlobalState> initial = initial_states(model);
    if (path.initial >= initial.size())
        throw PathError("the path starts from initial state " + std::to_string(path.initial) + ", the model has " +
                            std::to_string(initial.size()),
                        0);
    std::vector<GlobalState> states = {initial[path.initial]};
    for (std::size_t position = 0; position < path.firings.size(); ++position) {
        const Enabled next = find_enabled(model, states.back(), path.firings[position], position);
        states.push_back(apply(model, states.back(), next.firing, next.outcome));
    }
    return states;
}

} // namespace mdcd::checker
