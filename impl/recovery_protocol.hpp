// Recovery by messages: a process whose acceptance test has failed coordinates. It announces the recovery; the others
// halt and reply with the largest validated numbers they know; it decides by them and tells; then each recovers by
// itself (recovery.hpp) and resumes in a new incarnation. Messages of an older one are judged by rule in_transit.
// Knows nothing of channels, devices or time: handlers take states and a message, and give back what to send.
#pragma once

#include <array>

#include "impl/recovery.hpp"
#include "impl/recovery_guards.hpp"
#include "impl/recovery_state.hpp"

namespace mdcd::impl {

// Two processes may detect at once. They then announce the same incarnation, and the one with the lower id wins: a
// process replies to it even if it has replied to the other, and a coordinator that hears of it gives way. A
// coordinator decides only when everyone has replied, the other coordinator included, so only one can.

// The largest validated numbers that a process knows.
template <Application A> [[nodiscard]] SequenceVector validated_by(const LowProcess<A>& process) {
    return process.valid_sn;
}
template <Application A> [[nodiscard]] SequenceVector validated_by(const ActiveProcess<A>& process) {
    return process.guarded.valid_sn;
}
template <Application A> [[nodiscard]] SequenceVector validated_by(const ShadowProcess<A>& process) {
    return process.guarded.valid_sn;
}

// How many external messages of its component are known to be output.
template <Application A> [[nodiscard]] SequenceNumber output_by(const LowProcess<A>& process) {
    return process.external_sn;
}
template <Application A> [[nodiscard]] SequenceNumber output_by(const ActiveProcess<A>&) {
    return 0; // it belongs to no component
}
template <Application A> [[nodiscard]] SequenceNumber output_by(const ShadowProcess<A>& process) {
    return process.valid_external;
}

// Whether a process takes part in the recovery that `coordinator` has announced. New versions take part in the first
// one, after which they are gone; with stop_low=detector_only nobody tells them.
[[nodiscard]] constexpr bool takes_part(ProcessId process, ProcessId coordinator, Incarnation incarnation,
                                        const Rules& rules) {
    if (process == coordinator)
        return false;
    return process.group != Group::low || (incarnation == 1 && rules.stop_low == StopLow::all_first);
}

// A shadow has taken over.
template <Application A> [[nodiscard]] bool is_in_service(const RecoveryState<A>& state) {
    return is_running(state) && state.incarnation > 0;
}

// Every message that leaves a process carries its incarnation.
template <Application A> [[nodiscard]] Message<A> stamped(const RecoveryState<A>& state, Message<A> message) {
    message.incarnation = state.incarnation;
    return message;
}

// Whether a process still sends to the new versions of the cluster: after a recovery only the old ones are there.
template <Application A> [[nodiscard]] bool reaches(const RecoveryState<A>& state, ProcessId receiver) {
    return receiver.group != Group::low || state.incarnation == 0;
}

// One process with all that a handler may touch. `Process` is one of LowProcess, ShadowProcess, ActiveProcess.
template <class Process, Application A> class RecoveryHandler {
public:
    RecoveryHandler(Process& process, RecoveryState<A>& state, const Members& members, const Rules& rules,
                    Outbox<A>& outbox, Notes& notes)
        : process_(process), state_(state), members_(members), rules_(rules), outbox_(outbox), notes_(notes) {}

    // An acceptance test failed and compensation is not feasible. The process must be running.
    void fail_acceptance_test() {
        ++state_.incarnation;
        state_.phase = RecoveryPhase::coordinating;
        state_.coordinator = process_.id;
        state_.known = validated_by(process_);
        learn_output(process_.id, output_by(process_));
        notes_.add(NoteKind::recovery_started, shared_number(state_.incarnation));
        tell_everyone(MessageKind::recovery_announcement, {});
    }

    // A message has arrived, whatever its kind and whatever the process is doing.
    void receive(const Message<A>& message) {
        switch (message.kind) {
        case MessageKind::recovery_announcement:
            return receive_announcement(message);
        case MessageKind::recovery_reply:
            return receive_reply(message);
        case MessageKind::recovery_decision:
            return receive_decision(message);
        case MessageKind::application:
        case MessageKind::passed_at:
        case MessageKind::low_number:
            return receive_ordinary(message);
        }
    }

private:
    static constexpr bool is_low = std::is_same_v<Process, LowProcess<A>>;
    static constexpr bool is_shadow = std::is_same_v<Process, ShadowProcess<A>>;

    void send(ProcessId receiver, MessageKind kind, Incarnation incarnation, const SequenceVector& numbers) {
        Message<A> message;
        message.kind = kind;
        message.sender = process_.id;
        message.low_sn = numbers;
        message.incarnation = incarnation;
        if (kind == MessageKind::recovery_reply)
            message.external_sn = output_by(process_);
        else if (kind == MessageKind::recovery_decision && receiver.group == Group::shadow)
            message.external_sn = state_.known_external[receiver.index];
        outbox_.push_back({receiver, message}, "the list of messages to send");
    }

    void learn_output(ProcessId from, SequenceNumber count) {
        if (from.group == Group::active)
            return;
        SequenceNumber& known = state_.known_external[from.index];
        known = std::max(known, count);
    }

    void tell_everyone(MessageKind kind, const SequenceVector& numbers) {
        members_.for_each([&](ProcessId each) {
            if (takes_part(each, process_.id, state_.incarnation, rules_))
                send(each, kind, state_.incarnation, numbers);
        });
    }

    void receive_announcement(const Message<A>& message) {
        const bool is_next = message.incarnation > state_.incarnation;
        const guards::Heard<> heard{.is_next = is_next,
                                    .is_this = message.incarnation == state_.incarnation,
                                    .has_ended = message.incarnation <= state_.decided.size(),
                                    .has_decided = !state_.decided.empty(),
                                    .running = is_running(state_),
                                    .stopped = state_.phase == RecoveryPhase::stopped,
                                    .goes_first = guards::goes_first(message.sender, state_.coordinator)};
        if (guards::joins(heard)) {
            if (state_.phase == RecoveryPhase::coordinating)
                notes_.add(NoteKind::yielded, shared_number(message.incarnation));
            join_recovery(message);
        } else if (guards::only_replies(heard)) {
            send(message.sender, MessageKind::recovery_reply, message.incarnation, validated_by(process_));
        } else if (guards::holds_announcement(heard)) {
            hold(message);
        } else if (guards::is_told_the_end(heard, guards::answers_late(rules_))) {
            tell_the_end(message);
        } else if (state_.phase != RecoveryPhase::stopped && !is_running(state_) && heard.is_this) {
            notes_.add(NoteKind::rival_ignored, shared_number(message.incarnation));
        }
    }

    void tell_the_end(const Message<A>& announcement) {
        const SequenceVector& decided = state_.decided[announcement.incarnation - 1];
        notes_.add(NoteKind::answered_late, decided);
        send(announcement.sender, MessageKind::recovery_decision, announcement.incarnation, decided);
    }

    void join_recovery(const Message<A>& announcement) {
        state_.incarnation = announcement.incarnation;
        state_.coordinator = announcement.sender;
        state_.replied = {};
        state_.known = {};
        state_.known_external = {};
        send(announcement.sender, MessageKind::recovery_reply, announcement.incarnation, validated_by(process_));
        if constexpr (is_low) {
            stop();
        } else {
            state_.phase = RecoveryPhase::halted;
            notes_.add(NoteKind::halted, shared_number(announcement.incarnation));
        }
    }

    void receive_reply(const Message<A>& message) {
        if (!guards::counts_reply(message.incarnation == state_.incarnation,
                                  state_.phase == RecoveryPhase::coordinating))
            return; // for a coordinator that has given way
        state_.replied.insert(message.sender);
        const std::array told{state_.known, message.low_sn};
        state_.known = agreed_validated(told);
        learn_output(message.sender, message.external_sn);
        bool complete = true;
        members_.for_each([&](ProcessId each) {
            complete &= !guards::is_missing(takes_part(each, process_.id, state_.incarnation, rules_),
                                            state_.replied.contains(each));
        });
        if (!complete)
            return;
        notes_.add(NoteKind::recovery_decided, state_.known);
        tell_everyone(MessageKind::recovery_decision, state_.known);
        recover(SequenceVector(state_.known), 0);
    }

    void receive_decision(const Message<A>& message) {
        const bool is_this = message.incarnation == state_.incarnation;
        if (guards::follows(is_this, state_.phase == RecoveryPhase::halted, message.sender == state_.coordinator))
            return recover(message.low_sn, message.external_sn);
        if (guards::hands_on(is_this, state_.phase == RecoveryPhase::coordinating)) {
            tell_everyone(MessageKind::recovery_decision, message.low_sn);
            return recover(message.low_sn, message.external_sn);
        }
    }

    // Rolls back if need be, resumes in the new incarnation, and goes through what was held.
    void recover(const SequenceVector& agreed, SequenceNumber agreed_external) {
        const bool local = guards::recovers_by_itself(rules_);
        const SequenceVector validated = guards::recovers_by(validated_by(process_), agreed, rules_);
        state_.decided.push_back(validated, "the list of recoveries");
        state_.coordinator = {};
        state_.replied = {};
        state_.known = {};
        state_.known_external = {};
        if constexpr (is_shadow)
            if (!local)
                process_.valid_external = std::max(process_.valid_external, agreed_external);
        if constexpr (is_low) {
            stop();
        } else {
            state_.phase = RecoveryPhase::running;
            notes_.add(NoteKind::resumed, shared_number(state_.incarnation));
            if constexpr (is_shadow)
                take_over(impl::recover(process_, validated, rules_, notes_));
            else
                impl::recover(process_, validated, rules_, notes_);
            const auto held = state_.held;
            state_.held.clear();
            for (const Message<A>& message : held)
                receive(message); // one of them may halt the process again
        }
    }

    void take_over(const TakeOver<A>& take_over) requires is_shadow {
        state_.suppress_through = take_over.suppress_through;
        state_.suppress_external_through = take_over.suppress_external_through;
        for (const OutputEntry<A>& entry : take_over.resent)
            outbox_.push_back({entry.receiver, stamped(state_, send_in_service(process_, entry.payload))},
                              "the list of messages to send");
        for (const OutputEntry<A>& entry : take_over.resent_external)
            outbox_.push_back({entry.receiver, stamped(state_, send_in_service(process_, entry.payload))},
                              "the list of messages to send");
        process_.external_log.clear();
        process_.output_log.clear(); // nobody is there any more from whom to take over
    }

    void stop() requires is_low {
        state_.phase = RecoveryPhase::stopped;
        notes_.add(NoteKind::stopped, process_.low_sn);
    }

    void hold(const Message<A>& message) {
        state_.held.push_back(message, "the queue of a halted process");
        notes_.add(NoteKind::held, message.low_sn);
    }

    void receive_ordinary(const Message<A>& message) {
        if constexpr (is_low) {
            if (is_running(state_))
                impl::receive(process_, message, rules_, notes_);
        } else if (!is_running(state_)) {
            hold(message);
        } else if (is_accepted(message)) {
            impl::receive(process_, message, rules_, notes_);
        }
    }

    bool is_accepted(const Message<A>& message) {
        if (message.incarnation >= state_.incarnation)
            return true;
        const SequenceVector& validated = state_.decided[message.incarnation];
        if (message.kind == MessageKind::application) {
            if (survives_recovery(message, validated, rules_))
                return true;
            notes_.add(NoteKind::discarded_message, message.low_sn);
            return false;
        }
        // A notification that says more than was decided is from a new version that nobody has stopped, or the
        // decision was no common one (recovery_line=local).
        if (!covers(validated, message.low_sn) && rules_.in_transit == InTransit::deliver)
            return true;
        notes_.add(NoteKind::discarded_notification, message.low_sn);
        return false;
    }

    Process& process_;
    RecoveryState<A>& state_;
    const Members& members_;
    const Rules& rules_;
    Outbox<A>& outbox_;
    Notes& notes_;
};

// An internal message of a shadow to an active process: logged while it runs in the background, sent once it has taken
// over, unless the same message of the new version is known to be valid.
template <Application A>
void generate(ShadowProcess<A>& process, const RecoveryState<A>& state, ProcessId receiver,
              const typename A::Payload& payload, const Rules& rules, Outbox<A>& outbox, Notes& notes) {
    if (!is_in_service(state))
        return suppress(process, receiver, payload, rules, notes);
    ++process.shadow_sn;
    const SequenceVector number = numbered(rules, process.id, process.shadow_sn);
    if (suppresses_internal({process.shadow_sn, process.external_sn}, state.suppress_through)) {
        notes.add(NoteKind::suppressed_in_service, number);
        return;
    }
    notes.add(NoteKind::sent_by_shadow, number);
    outbox.push_back({receiver, stamped(state, send_in_service(process, payload))}, "the list of messages to send");
}

// The same for an external message, which goes to the device.
template <Application A>
void generate_external(ShadowProcess<A>& process, const RecoveryState<A>& state, const typename A::Payload& payload,
                       const Rules& rules, Outbox<A>& outbox, Notes& notes) {
    if (!is_in_service(state))
        return suppress_external(process, payload, rules, notes);
    ++process.external_sn;
    const bool suppressed = suppresses_external({process.shadow_sn, process.external_sn}, state.suppress_through,
                                                state.suppress_external_through, rules);
    notes.add(suppressed ? NoteKind::suppressed_in_service : NoteKind::sent_by_shadow,
              shared_number(process.external_sn));
    if (!suppressed)
        outbox.push_back({device, stamped(state, send_in_service(process, payload))}, "the list of messages to send");
}

} // namespace mdcd::impl
