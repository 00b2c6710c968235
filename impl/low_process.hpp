// Figure 2: a new version of a component, in service, with low confidence. Its dirty bit is always 1.
// Knows nothing of channels, devices or time: handlers take a state and give back what to send.
#pragma once

#include "impl/cluster_counter.hpp"
#include "impl/guards.hpp"
#include "impl/notes.hpp"
#include "impl/process_states.hpp"

namespace mdcd::impl {

// An internal message to an active process: the counter is advanced and goes with it. The other new versions of the
// cluster learn of the number: at once (shared_atomic, learn_number), by message (shared_broadcast, announce_number),
// or not at all (vector).
template <Application A>
[[nodiscard]] Message<A> send_to_active(LowProcess<A>& process, const typename A::Payload& payload, const Rules& rules,
                                        Notes& notes) {
    ++process.low_sn[counter_entry(rules, process.id)];
    notes.add(NoteKind::sent_dirty, process.low_sn);
    return {.kind = MessageKind::application,
            .sender = process.id,
            .dirty = true,
            .low_sn = process.low_sn,
            .payload = payload};
}

// A message to another component of the cluster, of the new pattern: it carries the counter as it is.
template <Application A>
[[nodiscard]] Message<A> send_to_component(const LowProcess<A>& process, const typename A::Payload& payload,
                                           Notes& notes) {
    notes.add(NoteKind::sent_in_cluster, process.low_sn);
    return {.kind = MessageKind::application,
            .sender = process.id,
            .dirty = true,
            .low_sn = process.low_sn,
            .payload = payload};
}

// Tells the other new versions the counter (rule low_sn = shared_broadcast). The payload is for the caller's use.
template <Application A>
[[nodiscard]] Message<A> announce_number(const LowProcess<A>& process, const typename A::Payload& payload) {
    return {.kind = MessageKind::low_number,
            .sender = process.id,
            .dirty = false,
            .low_sn = process.low_sn,
            .payload = payload};
}

template <Application A> void learn_number(LowProcess<A>& process, const SequenceVector& number) {
    process.low_sn = join(process.low_sn, number);
}

// An acceptance test succeeded before an external message left: the notification for all active and shadow processes.
template <Application A> [[nodiscard]] Message<A> pass_acceptance_test(LowProcess<A>& process, Notes& notes) {
    process.valid_sn = process.low_sn;
    ++process.external_sn;
    notes.add(NoteKind::at_passed, process.low_sn);
    return {.kind = MessageKind::passed_at,
            .sender = process.id,
            .dirty = false,
            .low_sn = process.low_sn,
            .external_sn = process.external_sn,
            .payload = {}};
}

template <Application A>
void receive(LowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    if (message.kind == MessageKind::low_number) {
        learn_number(process, message.low_sn);
        notes.add(NoteKind::number_advanced, process.low_sn);
    }
    if (message.kind != MessageKind::application)
        return; // notifications are for the high-confidence processes
    A::deliver(process.application, message.payload);
    process.low_sn = guards::low_sn_after_reception(process.low_sn, message.low_sn, rules);
    notes.add(NoteKind::delivered, message.low_sn);
}

} // namespace mdcd::impl
