// The guards of the protocol, each in one text: when a checkpoint is taken and when it can go, what is logged,
// replayed, sent again and suppressed. The handlers ask them about values; a proof asks about formulas, so they are
// written over a logic. Pure: they know no state, no channel and no note. One that looks at rules alone is a plain
// function.
#pragma once

#include <concepts>

#include "impl/rules.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::impl {

// What guards are written over. Operators may compute both of their operands. `constant` gets some truth of the same
// formula, since a formula may have to know where it belongs.
template <class L>
concept GuardLogic = requires(typename L::Truth truth, typename L::Number number, typename L::Vector vector) {
    { L::constant(truth, true) } -> std::same_as<typename L::Truth>;
    { !truth } -> std::same_as<typename L::Truth>;
    { truth&& truth } -> std::same_as<typename L::Truth>;
    { truth || truth } -> std::same_as<typename L::Truth>;
    { number <= number } -> std::same_as<typename L::Truth>;
    { L::successor(number) } -> std::same_as<typename L::Number>;
    { L::predecessor(number) } -> std::same_as<typename L::Number>; // of a number above 0
    { L::larger(number, number) } -> std::same_as<typename L::Number>;
    { L::covers(vector, vector) } -> std::same_as<typename L::Truth>;
    { L::join(vector, vector) } -> std::same_as<typename L::Vector>;
};

// The logic of the running protocol.
struct Values {
    using Truth = bool;
    using Number = SequenceNumber;
    using Vector = SequenceVector;

    static constexpr bool constant(bool, bool truth) { return truth; }
    static constexpr Number successor(Number number) { return number + 1; }
    static constexpr Number predecessor(Number number) { return number - 1; }
    static constexpr Number larger(Number one, Number other) { return std::max(one, other); }
    static constexpr bool covers(const Vector& larger, const Vector& smaller) { return impl::covers(larger, smaller); }
    static constexpr Vector join(const Vector& one, const Vector& other) { return impl::join(one, other); }
};
static_assert(GuardLogic<Values>);

namespace guards {

template <class L> using Truth = typename L::Truth;
template <class L> using Number = typename L::Number;
template <class L> using Vector = typename L::Vector;

// --- Before a message is delivered ---

// Whether the number of a dirty message can contaminate a state further (the comparison in figures 3 and 4).
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_news(const Vector<L>& low_sn, const Vector<L>& valid_sn, const Vector<L>& number,
                                         const Rules& rules) {
    switch (rules.validated_register) {
    case ValidatedRegister::shadow_only:
        return !L::covers(low_sn, number);
    case ValidatedRegister::everywhere:
        return !L::covers(L::join(low_sn, valid_sn), number);
    }
    return !L::covers(low_sn, number);
}

// Whether a message contaminates the state that gets it. `dirty`: that state is contaminated already.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> contaminates(const Truth<L>& message_dirty, const Truth<L>& dirty,
                                              const Truth<L>& news, const Rules& rules) {
    switch (rules.first_checkpoint) {
    case FirstCheckpoint::dirty_and_newer:
        return message_dirty && news;
    case FirstCheckpoint::dirty_only:
        return message_dirty && (news || !dirty);
    }
    return message_dirty;
}

// Whether an active process keeps its state before it is contaminated (S1, S2 of section 3.1). Shadows always do.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_worth_keeping(const Truth<L>& dirty, const Truth<L>& propagating,
                                                  const Rules& rules) {
    switch (rules.checkpoint_trigger) {
    case CheckpointTrigger::published:
        return !dirty || propagating;
    case CheckpointTrigger::every_new_sn:
        return L::constant(dirty, true);
    }
    return L::constant(dirty, true);
}

template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> checkpoint_index(const Vector<L>& message_sn, const Vector<L>& low_sn,
                                                   const Rules& rules) {
    switch (rules.checkpoint_index) {
    case CheckpointIndex::message_sn:
        return message_sn;
    case CheckpointIndex::local_sn:
        return low_sn;
    }
    return message_sn;
}

// Confidence-driven receiver-side logging (end of section 3.1). `dirty`: by now; `checkpointed`: by this message. A
// message that caused a checkpoint is not part of it: with while_dirty it can be replayed once it is validated.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_logged(const Truth<L>& dirty, const Truth<L>& checkpointed,
                                           const Truth<L>& message_dirty, const Rules& rules) {
    switch (rules.receiver_log) {
    case ReceiverLog::clean_only:
        return dirty && !checkpointed && !message_dirty;
    case ReceiverLog::while_dirty:
        return dirty;
    }
    return dirty;
}

// Under which index a shadow logs what it receives. `own`: its own number, as a number of the cluster.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> shadow_input_index(const Vector<L>& low_sn, const Vector<L>& own,
                                                     const Rules& rules) {
    switch (rules.shadow_input_index) {
    case ShadowInputIndex::low_sn:
        return low_sn;
    case ShadowInputIndex::shadow_sn:
        return own;
    }
    return low_sn;
}

// Whether the application of an active process does not get the message.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_withheld(const Truth<L>& checkpointed, const Rules& rules) {
    switch (rules.dirty_delivery) {
    case DirtyDelivery::deliver:
        return L::constant(checkpointed, false);
    case DirtyDelivery::literal:
        return checkpointed;
    }
    return checkpointed;
}

// The number of a new version after a reception: with a counter for each component it is that of what it depends on.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> low_sn_after_reception(const Vector<L>& low_sn, const Vector<L>& message_sn,
                                                         const Rules& rules) {
    switch (rules.low_sn) {
    case LowSn::shared_atomic:
    case LowSn::shared_broadcast:
        return low_sn;
    case LowSn::vector:
        return L::join(low_sn, message_sn);
    }
    return low_sn;
}

// --- Sending ---

// Whether an internal message sets prgt_bit of the active process that sends it ("propagating out").
[[nodiscard]] constexpr bool marks_propagation(bool to_active, const Rules& rules) {
    switch (rules.propagation_mark) {
    case PropagationMark::active_only:
        return to_active;
    case PropagationMark::any_internal:
        return true;
    }
    return to_active;
}

// Under which index a shadow logs what it suppresses. `own`: its own number, as a number of the cluster.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> shadow_output_index(const Vector<L>& low_sn, const Vector<L>& own,
                                                      const Rules& rules) {
    switch (rules.shadow_output_index) {
    case ShadowOutputIndex::shadow_sn:
        return own;
    case ShadowOutputIndex::low_sn:
        return low_sn;
    }
    return own;
}

// --- More is known to be validated ---

// The number of an active process that has been told that everything up to `number` is validated.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> low_sn_after_notification(const Vector<L>& low_sn, const Vector<L>& number,
                                                            const Rules& rules) {
    switch (rules.notification_sn) {
    case NotificationSn::advance:
        return L::join(low_sn, number);
    case NotificationSn::keep:
        return low_sn;
    }
    return low_sn;
}

// Up to where a process reclaims that learns that everything up to `number` is validated. Of two numbers of one counter
// the larger says all. With a counter for each component neither may cover the other, and what is known besides counts.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> reclaimed_by(const Vector<L>& valid_sn, const Vector<L>& number, const Rules& rules) {
    switch (rules.low_sn) {
    case LowSn::shared_atomic:
    case LowSn::shared_broadcast:
        return number;
    case LowSn::vector:
        return L::join(valid_sn, number);
    }
    return number;
}

// What must be validated for a checkpoint to go. `absorbed`: the number of the state that holds all that came before
// the next checkpoint, or before now.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> cover(const Vector<L>& index, const Vector<L>& absorbed, const Rules& rules) {
    switch (rules.reclamation) {
    case Reclamation::by_index:
        return index;
    case Reclamation::by_cover:
        return absorbed;
    }
    return index;
}
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_reclaimable(const Vector<L>& validated, const Vector<L>& index,
                                                const Vector<L>& absorbed, const Rules& rules) {
    return L::covers(validated, cover<L>(index, absorbed, rules));
}

// The receiver log is purged by the index of its entries, as the paper has it, or by their position in it.
[[nodiscard]] constexpr bool purges_by_position(const Rules& rules) {
    switch (rules.receiver_log) {
    case ReceiverLog::clean_only:
        return false;
    case ReceiverLog::while_dirty:
        return true;
    }
    return true;
}
// Whether a logged input stays: by index, or if the oldest checkpoint kept does not contain it.
// `in_oldest`: it does, or none is kept.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> keeps_input(const Truth<L>& index_validated, const Truth<L>& in_oldest,
                                             const Rules& rules) {
    return purges_by_position(rules) ? !in_oldest : !index_validated;
}

// The dirty bit after a reclamation.
template <GuardLogic L = Values> [[nodiscard]] constexpr Truth<L> is_dirty(const Truth<L>& keeps_a_checkpoint) {
    return keeps_a_checkpoint;
}

// Whether a message that a shadow has suppressed stays in its log.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> keeps_output(const Vector<L>& validated, const Vector<L>& index) {
    return !L::covers(validated, index);
}
// .. if external messages have a count of their own: one to a device, when its new version is known to have output so
// many.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> keeps_counted_output(const Number<L>& output, const Number<L>& count) {
    return !(count <= output);
}
[[nodiscard]] constexpr bool counts_outputs(const Rules& rules) {
    switch (rules.external_index) {
    case ExternalIndex::internal_sn:
        return false;
    case ExternalIndex::own_counter:
        return true;
    }
    return false;
}

// --- Recovery ---

// By which validated number a process recovers that knows `own`, when all together know `agreed`.
[[nodiscard]] constexpr bool recovers_by_itself(const Rules& rules) {
    switch (rules.recovery_line) {
    case RecoveryLine::agreed:
        return false;
    case RecoveryLine::local:
        return true;
    }
    return false;
}
template <GuardLogic L = Values>
[[nodiscard]] constexpr Vector<L> recovers_by(const Vector<L>& own, const Vector<L>& agreed, const Rules& rules) {
    return recovers_by_itself(rules) ? own : agreed;
}

// Whether a rollback restores what the protocol keeps, and not the application alone.
[[nodiscard]] constexpr bool restores_protocol_state(const Rules& rules) {
    switch (rules.rollback_scope) {
    case RollbackScope::all_protocol_state:
        return true;
    case RollbackScope::application_only:
        return false;
    }
    return true;
}

// Whether a logged message is passed to the application again after a rollback.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_replayed(const Truth<L>& message_dirty, const Truth<L>& message_validated,
                                             const Rules& rules) {
    switch (rules.receiver_log) {
    case ReceiverLog::clean_only: // no other is there
        return L::constant(message_dirty, true);
    case ReceiverLog::while_dirty:
        return !message_dirty || message_validated;
    }
    return message_validated;
}

// Whether an application message that was sent before the recovery is still delivered after it.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> survives_recovery(const Truth<L>& message_dirty, const Truth<L>& message_validated,
                                                   const Rules& rules) {
    switch (rules.in_transit) {
    case InTransit::discard_unvalidated:
        return !message_dirty || message_validated;
    case InTransit::deliver:
        return L::constant(message_dirty, true);
    }
    return message_validated;
}

// Whether a shadow had suppressed a message when it took the checkpoint that had counted so many.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_in_checkpoint(const Number<L>& count, const Number<L>& counted) {
    return count <= counted;
}

// A message in the log of a shadow that takes over, and the checkpoint that it went back to, if it did.
template <GuardLogic L = Values> struct Suppressed {
    Truth<L> rolled_back;
    Vector<L> checkpoint_index;
    Number<L> checkpoint_count; // so many it had suppressed then
    Vector<L> index;
    Number<L> count;
    Vector<L> number; // as a number of the cluster
};

// Whether such a message is sent again.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_resent(const Suppressed<L>& entry, const Vector<L>& validated, const Rules& rules) {
    switch (rules.resend) {
    case Resend::all_in_log:
        return L::constant(entry.rolled_back, true);
    case Resend::from_checkpoint_index:
        return !entry.rolled_back || L::covers(entry.index, entry.checkpoint_index);
    case Resend::before_checkpoint_above_validated:
        return (!entry.rolled_back || is_in_checkpoint<L>(entry.count, entry.checkpoint_count)) &&
               !L::covers(validated, entry.number);
    }
    return L::constant(entry.rolled_back, true);
}
// Of internal messages, and of others without a count of their own: only if it has suppressed more than is validated.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> resends(const Number<L>& shadow_sn, const Number<L>& validated) {
    return !(shadow_sn <= validated);
}

// Up to which number a shadow that takes over suppresses what it generates later, if more is validated than it has
// suppressed so far.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_behind(const Number<L>& counted, const Number<L>& validated) {
    return !(validated <= counted);
}
template <GuardLogic L = Values>
[[nodiscard]] constexpr Number<L> suppressed_through(const Number<L>& validated, const Rules& rules) {
    switch (rules.suppress_until) {
    case SuppressUntil::inclusive:
        return validated;
    case SuppressUntil::exclusive:
        return L::predecessor(validated);
    }
    return validated;
}
// Whether it suppresses the message with that count.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_suppressed(const Number<L>& count, const Number<L>& through) {
    return count <= through;
}

} // namespace guards
} // namespace mdcd::impl
