// Figure 4: an old version of a component, running in the background with its outputs suppressed and logged.
// Knows nothing of channels, devices or time: handlers take a state and give back what to send.
#pragma once

#include "impl/checkpoint.hpp"

namespace mdcd::impl {

// A message that was suppressed and may have to be sent after all (sender-side logging, section 3.1).
template <Application A> struct OutputEntry {
    SequenceVector index;      // rule shadow_output_index
    SequenceNumber number = 0; // int_mSN_Ghighsdw when it was generated
    ProcessId receiver;
    typename A::Payload payload{};

    friend constexpr bool operator==(const OutputEntry&, const OutputEntry&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("number", self.number);
        visit("receiver", self.receiver);
        visit("payload", self.payload);
    }
};

template <Application A> using OutputLog = FixedVector<OutputEntry<A>, log_entry_count_max>;

template <Application A> struct ShadowProcess {
    ProcessId id;
    SequenceNumber shadow_sn = 0; // int_mSN_Ghighsdw: the number of the last suppressed message
    Guarded<A> guarded;
    OutputLog<A> output_log;

    friend constexpr bool operator==(const ShadowProcess&, const ShadowProcess&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("shadow_sn", self.shadow_sn);
        visit("guarded", self.guarded);
        visit("output_log", self.output_log);
    }
};

// The application has an internal message for an active process: it is numbered, logged and not sent.
template <Application A>
void suppress(ShadowProcess<A>& process, ProcessId receiver, const typename A::Payload& payload, const Rules& rules,
              Notes& notes) {
    ++process.shadow_sn;
    const SequenceVector index = rules.shadow_output_index == ShadowOutputIndex::shadow_sn
                                     ? shared_number(process.shadow_sn)
                                     : process.guarded.low_sn;
    process.output_log.push_back({index, process.shadow_sn, receiver, payload}, "the log of suppressed messages");
    notes.add(NoteKind::logged_output, index);
}

// memory_reclamation for everything a shadow keeps.
template <Application A>
void reclaim(ShadowProcess<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    reclaim(process.guarded, validated, rules, notes);
    const auto unvalidated = [&](const OutputEntry<A>& entry, std::size_t) { return !covers(validated, entry.index); };
    if (process.output_log.keep_if(unvalidated) > 0)
        notes.add(NoteKind::outputs_purged, validated);
}

template <Application A>
void receive_notification(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    notes.add(NoteKind::validated, message.low_sn);
    reclaim(process, message.low_sn, rules, notes);
    process.guarded.valid_sn = join(process.guarded.valid_sn, message.low_sn);
}

// Figure 4 checkpoints before every dirty message with a larger number: prgt_bit plays no role here.
template <Application A>
bool checkpoint_before(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    if (!message.dirty)
        return false;
    const bool unconditional = !guarded.dirty && rules.first_checkpoint == FirstCheckpoint::dirty_only;
    if (!unconditional && !is_news(guarded, message, rules, notes))
        return false;
    const NoteKind why = guarded.dirty ? NoteKind::checkpoint_new_sn : NoteKind::checkpoint_first;
    take_checkpoint(guarded, message, process.shadow_sn, why, rules, notes);
    return true;
}

template <Application A>
void receive_application(ShadowProcess<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    const bool checkpointed = checkpoint_before(process, message, rules, notes);
    const SequenceVector index =
        rules.shadow_input_index == ShadowInputIndex::low_sn ? guarded.low_sn : shared_number(process.shadow_sn);
    if (!checkpointed || rules.receiver_log == ReceiverLog::while_dirty)
        log_input(guarded, message, index, rules, notes);
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
