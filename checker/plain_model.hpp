// For a system that does not come in slots: any state and a function that lists its successors, as a model
// of one slot. It runs through the same searches, with all that they offer: final states, named steps, renamings,
// coverage, measures. Nothing can be remembered for it: states are kept as the bytes that they are encoded to.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/engine/direct_model.hpp"
#include "checker/engine/explore.hpp"
#include "checker/engine/model_binding.hpp"
#include "checker/model.hpp"
#include "checker/model_error.hpp"
#include "checker/search.hpp"

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

namespace engine {

// A plain model with its observer, for the engine: by its slot, and directly.
template <PlainSystem S, class O> class PlainBinding final : public ModelBinding<PlainModel<S>, O>, public DirectModel {
public:
    PlainBinding(const PlainModel<S>& model, O& observer)
        : ModelBinding<PlainModel<S>, O>(model, observer), model_(model), observer_(observer) {}

    void set_workers(unsigned workers) override {
        workers_.clear();
        for (unsigned worker = 0; worker < workers; ++worker)
            workers_.push_back(std::make_unique<Worker>());
    }

    void open(unsigned worker, std::string_view bytes) override {
        std::optional<State>& state = workers_[worker]->state;
        state.reset(); // what is there must not be taken for it if decode() throws
        blaming([] { return std::string("decode"); }, [&] { state.emplace(system().decode(bytes)); });
    }

    PropertyBits judge_opened(unsigned worker) override {
        Worker& own = *workers_[worker];
        blaming([] { return std::string("judge"); },
                [&] {
                    own.summary.bits = system().judge(*own.state);
                    if constexpr (PlainFinalStates<S>)
                        own.summary.is_final = system().is_final(*own.state);
                });
        const Summary* const row = &own.summary;
        observer_.observe(worker, std::span<const Summary* const>(&row, 1), own.summary.bits);
        return own.summary.bits;
    }

    [[nodiscard]] bool opened_is_final(unsigned worker) const override {
        return !PlainFinalStates<S> || workers_[worker]->summary.is_final;
    }

    void step_from_opened(unsigned worker, StepIndex step, Successors& next) override {
        Worker& own = *workers_[worker];
        if (!own.state)
            throw ModelError("the state could not be decoded");
        blaming([&] { return "step '" + model_.steps()[step].name + "'"; },
                [&] {
                    own.next.clear();
                    if constexpr (NamesSteps<S>)
                        system().successors(*own.state, step, own.next);
                    else
                        system().successors(*own.state, own.next);
                    for (const State& state : own.next)
                        if constexpr (PlainCoverage<S>)
                            next.add(system().encode(state), system().passed(*own.state, state));
                        else
                            next.add(system().encode(state), 0);
                });
    }

private:
    using State = typename S::State;
    using Summary = typename PlainModel<S>::Summary;
    struct alignas(128) Worker {
        std::optional<State> state;
        std::vector<State> next;
        Summary summary;
    };

    [[nodiscard]] const S& system() const { return model_.system(); }

    const PlainModel<S>& model_;
    O& observer_;
    std::vector<std::unique_ptr<Worker>> workers_;
};

} // namespace engine

// The same search as for any model (search.hpp); states and successors go to the engine directly.
template <PlainSystem S, class O = NoObserver>
requires Observer<std::remove_reference_t<O>, PlainModel<S>>
[[nodiscard]] Report search(const PlainModel<S>& model, const SearchOptions& options = {}, O&& observer = {}) {
    engine::PlainBinding<S, std::remove_reference_t<O>> binding(model, observer);
    return engine::explore(binding, options);
}

} // namespace mdcd::checker
