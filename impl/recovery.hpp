// Error recovery (end of section 3.2): who rolls back, to where, what is replayed, and what the shadows
// send or suppress when they take over from the cluster's new versions, which have all stopped.
//
// These are the local parts. Who decides `validated`, and how it reaches everyone, is the caller's.
#pragma once

#include <optional>
#include <span>

#include "impl/active_process.hpp"
#include "impl/low_process.hpp"
#include "impl/shadow_process.hpp"

namespace mdcd::impl {

// The checkpoint with the smallest index if the process must roll back, after everything up to `validated` was
// reclaimed. Checkpoints stand in the order in which they were taken, and their indices ascend.
template <Application A> [[nodiscard]] std::optional<Checkpoint<A>> rollback_target(const Guarded<A>& process) {
    if (!process.dirty)
        return std::nullopt;
    return process.checkpoints[0];
}

// Passes the logged messages to the application again, as far as they are clean or validated, and forgets the log.
template <Application A>
void replay(Guarded<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    for (const InputEntry<A>& entry : process.input_log) {
        if (!guards::is_replayed(entry.message.dirty, covers(validated, entry.message.low_sn), rules)) {
            notes.add(NoteKind::not_replayed, entry.message.low_sn);
            continue;
        }
        A::deliver(process.application, entry.message.payload);
        process.low_sn = join(process.low_sn, entry.message.low_sn);
        notes.add(NoteKind::replayed, entry.message.low_sn);
    }
    process.input_log.clear();
}

template <Application A>
void roll_back(Guarded<A>& process, const Checkpoint<A>& target, const SequenceVector& validated, const Rules& rules,
               Notes& notes) {
    notes.add(NoteKind::rolled_back, target.index);
    restore<A>(process.application, target.application);
    if (guards::restores_protocol_state(rules)) {
        process.low_sn = target.low_sn;
        process.propagating = target.propagating;
        process.checkpoints.clear(); // nothing older was left
        process.dirty = false;
    }
    replay(process, validated, rules, notes);
}

// An active process recovers.
template <Application A>
void recover(ActiveProcess<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    guarded.valid_sn = join(guarded.valid_sn, validated);
    reclaim(guarded, validated, rules, notes);
    if (const std::optional<Checkpoint<A>> target = rollback_target(guarded))
        roll_back(guarded, *target, validated, rules, notes);
    else
        notes.add(NoteKind::not_rolled_back, guarded.low_sn);
}

// What a shadow does when it takes over.
template <Application A> struct TakeOver {
    OutputLog<A> resent;                          // internal messages to be sent now, in this order
    OutputLog<A> resent_external;                 // external messages to be output now, in this order
    SequenceNumber suppress_through = 0;          // what the application generates up to this number is suppressed,
    SequenceNumber suppress_external_through = 0; // and external messages up to this one (rule external_index)
};

// `before`: the entry's own counter when the checkpoint was taken that the shadow rolled back to, if it did.
// `number`: the entry's number as a number of the cluster.
template <Application A>
[[nodiscard]] bool is_resent(const OutputEntry<A>& entry, const std::optional<Checkpoint<A>>& target,
                             SequenceNumber before, const SequenceVector& number, const SequenceVector& validated,
                             const Rules& rules) {
    return guards::is_resent({.rolled_back = target.has_value(),
                              .checkpoint_index = target ? target->index : SequenceVector{},
                              .checkpoint_count = before,
                              .index = entry.index,
                              .count = entry.number,
                              .number = number},
                             validated, rules);
}

// What the shadow's logs hold and must go out now. With a counter of their own, external messages are re-sent iff the
// new version is not known to have output them; else they go by the same rule as internal ones.
template <Application A>
void note_resent(const ShadowProcess<A>& process, const std::optional<Checkpoint<A>>& target, TakeOver<A>& take_over,
                 const Rules& rules, Notes& notes) {
    const SequenceVector& validated = process.guarded.valid_sn;
    const bool resends = guards::resends(process.shadow_sn, validated[counter_entry(rules, process.id)]);
    for (const OutputEntry<A>& entry : process.output_log) {
        const SequenceVector number = numbered(rules, process.id, entry.number);
        if (!resends || !is_resent(entry, target, target ? target->shadow_sn : 0, number, validated, rules))
            continue;
        take_over.resent.push_back(entry, "the list of messages to re-send");
        notes.add(NoteKind::resent, number);
    }
    for (const OutputEntry<A>& entry : process.external_log) {
        const bool resent =
            guards::counts_outputs(rules) && entry.receiver == device
                ? guards::keeps_counted_output(process.valid_external, entry.number)
                : resends && is_resent(entry, target, target ? target->external_sn : 0, entry.index, validated, rules);
        if (!resent)
            continue;
        take_over.resent_external.push_back(entry, "the list of external messages to re-send");
        notes.add(NoteKind::resent, entry.index);
    }
}

// What the shadow suppresses of what it generates from now on.
template <Application A>
void note_suppressed(const ShadowProcess<A>& process, TakeOver<A>& take_over, const Rules& rules, Notes& notes) {
    const SequenceNumber valid = process.guarded.valid_sn[counter_entry(rules, process.id)];
    if (guards::is_behind(process.shadow_sn, valid)) {
        take_over.suppress_through = guards::suppressed_through(valid, rules);
        notes.add(NoteKind::suppressing, numbered(rules, process.id, take_over.suppress_through));
    }
    if (guards::counts_outputs(rules) && guards::is_behind(process.external_sn, process.valid_external))
        take_over.suppress_external_through = process.valid_external;
}

// What a shadow restores besides its state when it rolls back.
template <Application A>
void restore_outputs(ShadowProcess<A>& process, const Checkpoint<A>& target, const Rules& rules) {
    if (!guards::restores_protocol_state(rules))
        return;
    process.shadow_sn = target.shadow_sn;
    process.external_sn = target.external_sn;
    process.output_log.keep_if([&](const OutputEntry<A>& entry, std::size_t) {
        return guards::is_in_checkpoint(entry.number, target.shadow_sn);
    });
    process.external_log.keep_if([&](const OutputEntry<A>& entry, std::size_t) {
        return guards::is_in_checkpoint(entry.number, target.external_sn);
    });
}

// A shadow recovers and takes over.
template <Application A>
[[nodiscard]] TakeOver<A> recover(ShadowProcess<A>& process, const SequenceVector& validated, const Rules& rules,
                                  Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    guarded.valid_sn = join(guarded.valid_sn, validated);
    reclaim(process, validated, rules, notes);
    const std::optional<Checkpoint<A>> target = rollback_target(guarded);
    if (target) {
        roll_back(guarded, *target, validated, rules, notes);
        restore_outputs(process, *target, rules);
    } else {
        notes.add(NoteKind::not_rolled_back, guarded.low_sn);
    }

    TakeOver<A> take_over;
    note_resent(process, target, take_over, rules, notes);
    note_suppressed(process, take_over, rules, notes);
    return take_over;
}

// A message of a shadow that has taken over: marked and numbered by what its state depends on, as an active process
// does it. The old version is correct, so its messages have no number of their own.
template <Application A>
[[nodiscard]] Message<A> send_in_service(const ShadowProcess<A>& process, const typename A::Payload& payload) {
    return {.kind = MessageKind::application,
            .sender = process.id,
            .dirty = process.guarded.dirty,
            .low_sn = process.guarded.low_sn,
            .payload = payload};
}

// Whether a message that a shadow generates after it took over is still suppressed: the internal one with the shadow's
// number as it is now, the external one with its count as it is now. `through`: of its take-over.
[[nodiscard]] constexpr bool suppresses_internal(const OutputCounters& now, SequenceNumber through) {
    return guards::is_suppressed(now.shadow_sn, through);
}
[[nodiscard]] constexpr bool suppresses_external(const OutputCounters& now, SequenceNumber through,
                                                 SequenceNumber external_through, const Rules& rules) {
    return guards::counts_outputs(rules) ? guards::is_suppressed(now.external_sn, external_through)
                                         : now.shadow_sn < through; // "until the counter matches"
}

// Whether an application message that was sent before the recovery is still delivered after it.
template <Application A>
[[nodiscard]] bool survives_recovery(const Message<A>& message, const SequenceVector& validated, const Rules& rules) {
    return guards::survives_recovery(message.dirty, covers(validated, message.low_sn), rules);
}

// The largest validated number that any of these knows (rule recovery_line = agreed).
[[nodiscard]] constexpr SequenceVector agreed_validated(std::span<const SequenceVector> known) {
    SequenceVector result;
    for (const SequenceVector& one : known)
        result = join(result, one);
    return result;
}

} // namespace mdcd::impl
