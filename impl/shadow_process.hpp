// Figure 4: an old version of a component, running in the background with its outputs suppressed and logged.
// Knows nothing of channels, devices or time: handlers take a state and give back what to send.
#pragma once

#include <algorithm>
#include <optional>

#include "impl/checkpoint.hpp"
#include "impl/cluster_counter.hpp"
#include "impl/process_states.hpp"

namespace mdcd::impl {

template <Application A>
[[nodiscard]] SequenceVector index_of_output(const ShadowProcess<A>& process, const Rules& rules) {
    const SequenceVector own = numbered(rules, process.id, process.shadow_sn);
    return guards::shadow_output_index(process.guarded.low_sn, own, rules);
}

// The application has an internal message for an active process: it is numbered, logged and not sent. With one
// counter for all shadows (rule shadow_sn = shared) the caller tells the others at once (learn_number).
template <Application A>
void suppress(ShadowProcess<A>& process, ProcessId receiver, const typename A::Payload& payload, const Rules& rules,
              Notes& notes) {
    ++process.shadow_sn;
    const SequenceVector index = index_of_output(process, rules);
    process.output_log.push_back({index, process.shadow_sn, receiver, payload}, "the log of suppressed messages");
    notes.add(NoteKind::logged_output, index);
}

template <Application A> void learn_number(ShadowProcess<A>& process, SequenceNumber number) {
    process.shadow_sn = std::max(process.shadow_sn, number);
}

// What ext_msg_log takes in: an external message, or (rule shadow_internal = literal) one to another shadow.
template <Application A>
void log_external(ShadowProcess<A>& process, ProcessId receiver, SequenceNumber number,
                  const typename A::Payload& payload, const Rules& rules, Notes& notes) {
    const SequenceVector index = index_of_output(process, rules);
    process.external_log.push_back({index, number, receiver, payload}, "the log of suppressed external messages");
    notes.add(NoteKind::logged_external, index);
}

// The application has an external message: it is counted, logged and not output.
template <Application A>
void suppress_external(ShadowProcess<A>& process, const typename A::Payload& payload, const Rules& rules,
                       Notes& notes) {
    ++process.external_sn;
    log_external(process, device, process.external_sn, payload, rules, notes);
}

// A message of the old pattern to another component's old version. As figure 4 has it, nothing is sent: it is logged.
template <Application A>
[[nodiscard]] std::optional<Message<A>> send_to_component(ShadowProcess<A>& process, ProcessId receiver,
                                                          const typename A::Payload& payload, const Rules& rules,
                                                          Notes& notes) {
    if (rules.shadow_internal == ShadowInternal::literal) {
        log_external(process, receiver, process.external_sn, payload, rules, notes);
        return std::nullopt;
    }
    notes.add(NoteKind::sent_in_cluster, process.guarded.low_sn);
    return Message<A>{.kind = MessageKind::application,
                      .sender = process.id,
                      .dirty = process.guarded.dirty,
                      .low_sn = process.guarded.low_sn,
                      .payload = payload};
}

// memory_reclamation for everything a shadow keeps.
template <Application A>
void reclaim(ShadowProcess<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    reclaim(process.guarded, validated, rules, notes);
    const auto unvalidated = [&](const OutputEntry<A>& entry, std::size_t) {
        return guards::keeps_output(validated, entry.index);
    };
    const auto not_output = [&](const OutputEntry<A>& entry, std::size_t position) {
        return guards::counts_outputs(rules) && entry.receiver == device
                   ? guards::keeps_counted_output(process.valid_external, entry.number)
                   : unvalidated(entry, position);
    };
    if (process.output_log.keep_if(unvalidated) + process.external_log.keep_if(not_output) > 0)
        notes.add(NoteKind::outputs_purged, validated);
}

template <Application A>
void receive_notification(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    notes.add(NoteKind::validated, message.low_sn);
    if (message.sender == ProcessId{Group::low, process.id.index})
        process.valid_external = std::max(process.valid_external, message.external_sn);
    reclaim(process, guards::reclaimed_by(process.guarded.valid_sn, message.low_sn, rules), rules, notes);
    process.guarded.valid_sn = join(process.guarded.valid_sn, message.low_sn);
}

// Figure 4 checkpoints before every dirty message with a larger number: prgt_bit plays no role here.
template <Application A>
bool checkpoint_before(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    if (!contaminates(guarded, message, rules, notes))
        return false;
    const NoteKind why = guarded.dirty ? NoteKind::checkpoint_new_sn : NoteKind::checkpoint_first;
    take_checkpoint(guarded, message, {process.shadow_sn, process.external_sn}, why, rules, notes);
    return true;
}

template <Application A>
void receive_application(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    const bool checkpointed = checkpoint_before(process, message, rules, notes);
    const SequenceVector own = numbered(rules, process.id, process.shadow_sn);
    log_input(guarded, message, checkpointed, guards::shadow_input_index(guarded.low_sn, own, rules), rules, notes);
    A::deliver(guarded.application, message.payload);
    notes.add(NoteKind::delivered, message.low_sn);
    guarded.low_sn = join(guarded.low_sn, message.low_sn);
}

template <Application A>
void receive(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    if (message.kind == MessageKind::passed_at)
        receive_notification(process, message, rules, notes);
    else
        receive_application(process, message, rules, notes);
}

} // namespace mdcd::impl
