// Figure 3: a component that the upgrade does not touch, in service, with high confidence.
// Knows nothing of channels, devices or time: handlers take a state and give back what to send.
#pragma once

#include "impl/checkpoint.hpp"
#include "impl/process_states.hpp"

namespace mdcd::impl {

// An internal message, to another active process or to a component of the cluster.
template <Application A>
[[nodiscard]] Message<A> send_internal(ActiveProcess<A>& process, Group receiver, const typename A::Payload& payload,
                                       const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    if (guards::marks_propagation(receiver == Group::active, rules)) {
        guarded.propagating = guarded.dirty; // "propagating out"
        if (guarded.dirty)
            notes.add(NoteKind::propagated, guarded.low_sn);
    }
    notes.add(guarded.dirty ? NoteKind::sent_dirty : NoteKind::sent_clean, guarded.low_sn);
    return {.kind = MessageKind::application,
            .sender = process.id,
            .dirty = guarded.dirty,
            .low_sn = guarded.low_sn,
            .payload = payload};
}

// Whether an external message must pass an acceptance test before it leaves.
template <Application A> [[nodiscard]] bool needs_acceptance_test(const ActiveProcess<A>& process) {
    return process.guarded.dirty;
}

// An acceptance test succeeded: everything up to the own number is validated. Returns the notification for the
// other active processes and the shadows.
template <Application A>
[[nodiscard]] Message<A> pass_acceptance_test(ActiveProcess<A>& process, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    const SequenceVector number = guarded.low_sn;
    notes.add(NoteKind::at_passed, number);
    reclaim(guarded, guards::reclaimed_by(guarded.valid_sn, number, rules), rules, notes);
    guarded.valid_sn = join(guarded.valid_sn, number);
    return {.kind = MessageKind::passed_at, .sender = process.id, .dirty = false, .low_sn = number, .payload = {}};
}

template <Application A>
void receive_notification(ActiveProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    notes.add(NoteKind::validated, message.low_sn);
    reclaim(guarded, guards::reclaimed_by(guarded.valid_sn, message.low_sn, rules), rules, notes);
    guarded.valid_sn = join(guarded.valid_sn, message.low_sn);
    const SequenceVector low_sn = guards::low_sn_after_notification(guarded.low_sn, message.low_sn, rules);
    if (low_sn != guarded.low_sn) {
        guarded.low_sn = low_sn;
        notes.add(NoteKind::number_advanced, guarded.low_sn);
    }
}

// S1 and S2 of section 3.1. Returns whether a checkpoint was taken.
template <Application A>
bool checkpoint_before(ActiveProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    if (!contaminates(guarded, message, rules, notes))
        return false;
    if (!guards::is_worth_keeping(guarded.dirty, guarded.propagating, rules)) {
        notes.add(NoteKind::no_checkpoint_unpropagated, message.low_sn);
        return false;
    }
    NoteKind why = NoteKind::checkpoint_first;
    if (guarded.dirty)
        why = guarded.propagating ? NoteKind::checkpoint_propagated : NoteKind::checkpoint_new_sn;
    take_checkpoint(guarded, message, {}, why, rules, notes);
    guarded.propagating = message.sender.group != Group::low; // "propagating in"
    return true;
}

template <Application A>
void receive_application(ActiveProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    const bool checkpointed = checkpoint_before(process, message, rules, notes);
    log_input(guarded, message, checkpointed, guarded.low_sn, rules, notes);
    if (guards::is_withheld(checkpointed, rules)) {
        notes.add(NoteKind::withheld, message.low_sn);
    } else {
        A::deliver(guarded.application, message.payload);
        notes.add(NoteKind::delivered, message.low_sn);
    }
    guarded.low_sn = join(guarded.low_sn, message.low_sn);
}

template <Application A>
void receive(ActiveProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    if (message.kind == MessageKind::passed_at)
        receive_notification(process, message, rules, notes);
    else
        receive_application(process, message, rules, notes);
}

} // namespace mdcd::impl
