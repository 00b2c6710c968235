// For a system that does not come in slots: any state and a function that lists its successors, as a model
// of one slot and one step. It runs through the same search; there is little to remember for it, so it is
// slower than a model with slots.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker {

// What a plain system must offer. `encode` gives equal bytes for equal states only, and `decode` undoes it.
template <class S>
concept PlainSystem = requires(const S& system, const typename S::State& state, std::vector<typename S::State>& next,
                               std::string_view bytes) {
    typename S::State;
    { system.initial_states() } -> std::convertible_to<std::vector<typename S::State>>;
    { system.successors(state, next) } -> std::same_as<void>; // appends them, in a stated order
    { system.encode(state) } -> std::same_as<std::string>;
    { system.decode(bytes) } -> std::same_as<typename S::State>;
    { system.properties() } -> std::convertible_to<std::span<const Property>>;
    { system.judge(state) } -> std::same_as<PropertyBits>;
};

// Keeps a reference to the system. Firings name successors: outcome i is the i-th.
template <PlainSystem S> class PlainModel {
public:
    using Summary = PropertyBits;

    explicit PlainModel(const S& system) : system_(system) {}

    std::span<const Slot> slots() const { return slots_; }
    std::span<const Step> steps() const { return steps_; }
    std::span<const Property> properties() const { return system_.properties(); }
    std::span<const std::string> coverage_points() const { return {}; }

    std::vector<GlobalState> initial_states() const {
        std::vector<GlobalState> states;
        for (const typename S::State& state : system_.initial_states())
            states.push_back({system_.encode(state)});
        return states;
    }

    void fire(StepIndex, const Inputs& inputs, Outcomes& outcomes) const {
        std::vector<typename S::State> next;
        system_.successors(system_.decode(inputs.values[0]), next);
        for (const typename S::State& state : next)
            outcomes.push_back({.writes = {{0, system_.encode(state)}}, .sends = {}});
    }

    Summary summarise(SlotIndex, std::string_view bytes) const { return system_.judge(system_.decode(bytes)); }
    PropertyBits judge(std::span<const Summary* const> summaries) const { return *summaries[0]; }

private:
    const S& system_;
    std::vector<Slot> slots_ = {{.name = "state"}};
    std::vector<Step> steps_ = {{.name = "go on", .reads = {0}, .takes = {}, .room = {}}};
};

} // namespace mdcd::checker
