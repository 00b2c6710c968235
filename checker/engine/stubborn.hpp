// Which of the enabled steps of a state are enough: stubborn sets (Valmari, "Stubborn sets for reduced state space
// generation", 1990), worked out anew in each state from what is known of its halves. Which set is followed is the
// expander's to say (reduced_expansion.cpp): it must lead deeper. Why no verdict is lost is in docs/adr/0060. One for
// each worker.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "checker/engine/dependence.hpp"
#include "checker/engine/footprints.hpp"
#include "checker/engine/record.hpp"
#include "checker/engine/step_set.hpp"

namespace mdcd::checker::engine {

class StubbornSets {
public:
    // `meter` counts what forget() gives back. What steps do beyond `dependence` goes to `unforeseen`.
    StubbornSets(RecordSpace& records, const Dependence& dependence, Unforeseen& unforeseen,
                 std::atomic<std::uint64_t>& meter);

    // The enabled steps of a state, given the records of its halves.
    [[nodiscard]] const StepSet& look(State state, const Record& left, const Record& right);
    // .. and sets of them each of which would be enough if it led deeper: the smallest first, no two equal, all
    // enabled steps together not among them. Until the next look.
    [[nodiscard]] std::span<const StepSet> sets();

    void forget();

private:
    struct StepView { // of a step, in the states that agree in what it is shown
        StepSet with; // what must be in a set with it
        bool known = false;
        bool enabled = false;
        bool visible = false; // a firing of it changes what a property sees
    };
    struct HalfView { // of the steps that are at home in a half, or that it disables
        std::vector<StepView> steps;
        StepSet enabled;
    };
    struct Set {
        StepSet enabled;
        std::size_t size;
    };

    const HalfView& half(NodeIndex node, Id id);
    [[nodiscard]] HalfView make_half(NodeIndex node, Id id);
    [[nodiscard]] bool is_disabled(StepIndex step, NodeIndex node, StepView& view) const;
    [[nodiscard]] StepView view_of(StepIndex step);
    [[nodiscard]] Footprint changes_of(StepIndex step, const Operations& effect, bool& visible) const;
    const StepView& crossing(std::size_t crossing, State state, Id left, Id right);
    [[nodiscard]] StepSet enabled_with(StepIndex step) const;
    void charge(std::uint64_t bytes) {
        meter_ += bytes;
        charged_ += bytes;
    }

    RecordSpace& records_;
    SlotSpace& space_;
    const Dependence& dependence_;
    Unforeseen& unforeseen_;
    std::atomic<std::uint64_t>& meter_;
    std::uint64_t charged_ = 0;
    std::array<std::unordered_map<Id, HalfView>, 2> halves_;
    std::unordered_map<std::uint64_t, StepView> crossings_; // by both projections
    std::vector<Id> ids_;                                   // scratch: value ids, by position

    StepSet enabled_; // of the state that was looked at
    std::vector<const StepView*> views_;
    std::vector<Set> found_;
    std::vector<StepSet> sets_;
};

} // namespace mdcd::checker::engine
