// For a system that does not come in slots: any state and a function that lists its successors, as a model
// of one slot. It runs through the same searches, with all that they offer: final states, named steps, renamings,
// coverage, measures. There is little to remember for it, so it is slower than a model with slots.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker {

// Successors by step: steps have names, and firings name step and successor.
template <class S>
concept NamesSteps = requires(const S& system, const typename S::State& state, StepIndex step,
                              std::vector<typename S::State>& next) {
    { system.step_names() } -> LastingView<std::string>;
    { system.successors(state, step, next) } -> std::same_as<void>; // appends them, in a stated order
};

// What a plain system must offer. `encode` gives equal bytes for equal states only, and `decode` undoes it.
template <class S>
concept PlainSystem = std::move_constructible<S> &&
    requires(const S& system, const typename S::State& state, std::string_view bytes) {
    typename S::State;
    { system.initial_states() } -> std::convertible_to<std::vector<typename S::State>>;
    { system.encode(state) } -> std::same_as<std::string>;
    { system.decode(bytes) } -> std::same_as<typename S::State>;
    { system.properties() } -> LastingView<Property>;
    { system.judge(state) } -> std::same_as<PropertyBits>;
} &&(NamesSteps<S> || requires(const S& system, const typename S::State& state, std::vector<typename S::State>& next) {
    { system.successors(state, next) } -> std::same_as<void>; // appends them, in a stated order
});

// What it may offer beside that; each has the meaning of the member of that name in model.hpp.
template <class S>
concept PlainFinalStates = requires(const S& system, const typename S::State& state) {
    { system.is_final(state) } -> std::same_as<bool>;
};
template <class S>
concept PlainRenamings = requires(const S& system, const typename S::State& state, Renaming renaming) {
    { system.renamings() } -> std::same_as<std::vector<Renaming>>; // all, the one that changes nothing first
    { system.renamed(renaming, state) } -> std::same_as<typename S::State>;
};
template <class S>
concept PlainCoverage = requires(const S& system, const typename S::State& state) {
    { system.coverage_points() } -> LastingView<std::string>;
    { system.passed(state, state) } -> std::same_as<std::uint64_t>; // by going from one to the other: bit i is point i
};
template <class S>
concept PlainMeasures = requires(const S& system, const typename S::State& state, std::vector<Measure>& measures) {
    { system.measure(state, measures) } -> std::same_as<void>;
};

// Owns the system. Firings name the step (the only one, 'next', unless the system names its steps), and outcome i is
// the step's i-th successor.
template <PlainSystem S> class PlainModel {
public:
    struct Summary {
        PropertyBits bits = 0;
        bool is_final = false;
    };

    explicit PlainModel(S system) : system_(std::move(system)) {
        const auto add = [&](const std::string& name) {
            steps_.push_back({.name = name, .reads = {0}, .takes = {}, .room = {}});
        };
        if constexpr (NamesSteps<S>)
            for (const std::string& name : std::span<const std::string>(system_.step_names()))
                add(name);
        else
            add("next");
    }

    [[nodiscard]] const S& system() const { return system_; }
    [[nodiscard]] typename S::State state(const GlobalState& state) const { return system_.decode(state.at(0)); }

    std::span<const Slot> slots() const { return slots_; }
    std::span<const Step> steps() const { return steps_; }
    std::span<const Property> properties() const { return system_.properties(); }
    std::span<const std::string> coverage_points() const {
        if constexpr (PlainCoverage<S>)
            return system_.coverage_points();
        else
            return {};
    }

    std::vector<GlobalState> initial_states() const {
        std::vector<GlobalState> states;
        for (const typename S::State& state : system_.initial_states())
            states.push_back({system_.encode(state)});
        return states;
    }

    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
        const typename S::State from = system_.decode(inputs.values[0]);
        std::vector<typename S::State> next;
        if constexpr (NamesSteps<S>)
            system_.successors(from, step, next);
        else
            system_.successors(from, next);
        for (const typename S::State& state : next) {
            outcomes.push_back({.writes = {{0, system_.encode(state)}}, .sends = {}});
            if constexpr (PlainCoverage<S>)
                outcomes.back().fired = system_.passed(from, state);
        }
    }

    Summary summarise(SlotIndex, std::string_view bytes) const {
        const typename S::State state = system_.decode(bytes);
        Summary summary{.bits = system_.judge(state)};
        if constexpr (PlainFinalStates<S>)
            summary.is_final = system_.is_final(state);
        return summary;
    }
    PropertyBits judge(std::span<const Summary* const> summaries) const { return summaries[0]->bits; }
    bool is_final(std::span<const Summary* const> summaries) const requires PlainFinalStates<S> {
        return summaries[0]->is_final;
    }

    void candidate_renamings(std::span<const Summary* const>,
                             std::vector<Renaming>& candidates) const requires PlainRenamings<S> {
        candidates = system_.renamings();
    }
    std::vector<Renaming> renamings() const requires PlainRenamings<S> { return system_.renamings(); }
    SlotIndex renamed_slot(Renaming, SlotIndex slot) const requires PlainRenamings<S> { return slot; }
    std::string renamed_bytes(Renaming renaming, SlotIndex, std::string_view bytes) const requires PlainRenamings<S> {
        return system_.encode(system_.renamed(renaming, system_.decode(bytes)));
    }

    void measure(SlotIndex, std::string_view bytes, std::vector<Measure>& measures) const requires PlainMeasures<S> {
        system_.measure(system_.decode(bytes), measures);
    }

private:
    S system_;
    std::vector<Slot> slots_ = {{.name = "state"}};
    std::vector<Step> steps_;
};

} // namespace mdcd::checker
