// One table of roles, made once; everything else reads it.
// Knows nothing of what steps do but where.
#include "checker/engine/dependence.hpp"

#include <algorithm>

namespace mdcd::checker::engine {

ReductionParts& reduction_parts() {
    static ReductionParts parts;
    return parts;
}

Dependence::Dependence(std::span<const Slot> slots, std::span<const Step> steps, const Footprints& footprints,
                       std::span<const SlotIndex> visible)
    : slots_(slots), steps_(steps), footprints_(footprints), roles_(slots.size()), is_visible_(slots.size()) {
    for (std::size_t step = 0; step < steps.size(); ++step)
        note(static_cast<StepIndex>(step), steps[step], footprints[step]);
    for (const SlotIndex slot : visible) {
        is_visible_[slot] = true;
        for (const StepSet* const steps_that : {&roles_[slot].setters, &roles_[slot].takers, &roles_[slot].senders})
            visible_steps_.add(*steps_that);
    }
}

void Dependence::note(StepIndex index, const Step& step, const Footprint& footprint) {
    for (const SlotIndex slot : step.reads)
        roles_[slot].readers.add(index);
    if (step.takes)
        (step.keeps ? roles_[*step.takes].keepers : roles_[*step.takes].takers).add(index);
    for (const std::vector<SlotIndex>* const waited : {&step.room, &step.fits})
        for (const SlotIndex slot : *waited)
            roles_[slot].waiters.add(index);
    for (const SlotIndex slot : footprint.sets)
        roles_[slot].setters.add(index);
    for (const auto& [slot, most] : footprint.sends) {
        roles_[slot].senders.add(index);
        const bool fits = std::ranges::find(step.fits, slot) != step.fits.end();
        const bool has_room = most <= 1 && std::ranges::find(step.room, slot) != step.room.end();
        if (is_bounded(slot) && !fits && !has_room)
            roles_[slot].careless.add(index);
    }
}

// What may change what the step is shown, or whether it is enabled.
void Dependence::add_for_inputs(const Step& step, bool waits, StepSet& with) const {
    for (const SlotIndex slot : step.reads)
        with.add(roles_[slot].setters);
    if (step.takes) {
        with.add(roles_[*step.takes].takers);
        // The oldest message stays the oldest whoever sends another one.
        with.add(is_fifo(*step.takes) ? roles_[*step.takes].careless : roles_[*step.takes].senders);
    }
    for (const std::vector<SlotIndex>* const waited : {&step.room, &step.fits})
        for (const SlotIndex slot : *waited)
            with.add(roles_[slot].senders);
    if (waits)
        for (const SlotIndex slot : step.fits)
            with.add(roles_[slot].takers);
}

void Dependence::add_for_sending(SlotIndex channel, StepSet& with) const {
    const Roles& roles = roles_[channel];
    if (is_fifo(channel) || is_bounded(channel))
        with.add(roles.senders);
    if (is_bounded(channel))
        with.add(roles.waiters);
    // Whoever could take before the send can take the same after it. But in a set what is sent may be there already:
    // then it makes a difference whether it was taken before.
    if (slots_[channel].kind == SlotKind::set)
        with.add(roles.takers);
}

StepSet Dependence::with_enabled(StepIndex index, const Footprint& now, bool waits) const {
    StepSet with;
    if (!reduction_parts().dependence)
        return with;
    const Step& step = steps_[index];
    add_for_inputs(step, waits, with);
    for (const SlotIndex slot : now.sets) {
        with.add(roles_[slot].setters);
        with.add(roles_[slot].readers);
    }
    if (step.takes && !step.keeps)
        with.add(roles_[*step.takes].keepers);
    for (const Footprint::Sent& sent : now.sends)
        add_for_sending(sent.slot, with);
    return with;
}

StepSet Dependence::with_disabled(StepIndex index, bool waits) const {
    StepSet with;
    if (reduction_parts().enabling)
        add_for_inputs(steps_[index], waits, with);
    return with;
}

} // namespace mdcd::checker::engine
