// Which steps may come between a step and what it would do, or be told apart by coming after it: what a stubborn set
// (stubborn.hpp) must hold together with it. Two firings are told apart by slots, and in channels by which end they
// touch. What each line is good for is in docs/adr/0060. Knows no value.
#pragma once

#include <span>
#include <vector>

#include "checker/engine/footprints.hpp"
#include "checker/engine/step_set.hpp"
#include "checker/model.hpp"

namespace mdcd::checker::engine {

// Tests leave parts of the reduction out, one by one, to see that each is missed.
struct ReductionParts {
    bool cycle_condition = true; // a state whose set leads nowhere deeper is expanded wholly
    bool visibility = true;      // a set with a firing that a property may see has all steps that it may see
    bool dependence = true;      // a set has the steps that may interfere with its enabled ones
    bool enabling = true;        // .. and those that may enable its disabled ones
};
[[nodiscard]] ReductionParts& reduction_parts();

class Dependence {
public:
    // `visible`: the slots that some property sees.
    Dependence(std::span<const Slot> slots, std::span<const Step> steps, const Footprints& footprints,
               std::span<const SlotIndex> visible);

    [[nodiscard]] const Footprint& footprint(StepIndex step) const { return footprints_[step]; }
    [[nodiscard]] const StepSet& visible_steps() const { return visible_steps_; }
    [[nodiscard]] bool is_visible(SlotIndex slot) const { return is_visible_[slot]; }

    // With a step that is enabled and changes `now`, by any of its firings. `waits`: an outcome of it waits for room.
    [[nodiscard]] StepSet with_enabled(StepIndex step, const Footprint& now, bool waits) const;
    // With a step that is disabled since a channel is full, since one is empty, since its handler says so.
    [[nodiscard]] const StepSet& that_make_room(SlotIndex channel) const { return roles_[channel].takers; }
    [[nodiscard]] const StepSet& that_fill(SlotIndex channel) const { return roles_[channel].senders; }
    [[nodiscard]] StepSet with_disabled(StepIndex step, bool waits) const;

private:
    struct Roles { // of steps, in one slot
        StepSet readers;
        StepSet setters;
        StepSet takers;
        StepSet keepers; // take and leave it there
        StepSet senders;
        StepSet careless; // of the senders: those that may send more than there is room for
        StepSet waiters;  // want room
    };

    void note(StepIndex index, const Step& step, const Footprint& footprint);
    [[nodiscard]] bool is_bounded(SlotIndex slot) const { return slots_[slot].capacity != 0xffff; }
    [[nodiscard]] bool is_fifo(SlotIndex slot) const { return slots_[slot].kind == SlotKind::fifo; }
    void add_for_inputs(const Step& step, bool waits, StepSet& with) const;
    void add_for_sending(SlotIndex channel, StepSet& with) const;

    std::span<const Slot> slots_;
    std::span<const Step> steps_;
    Footprints footprints_;
    std::vector<Roles> roles_; // by slot
    std::vector<bool> is_visible_;
    StepSet visible_steps_;
};

} // namespace mdcd::checker::engine
