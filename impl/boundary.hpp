// The line of defence of one process of high confidence: what stands between it and a cluster of new versions that may
// send anything at any time. It overrules what they claim and hands the rest to the handlers of the protocol.
// Knows nothing of channels, devices or time, and not which messages are hostile.
#pragma once

#include <algorithm>
#include <optional>

#include "impl/boundary_rules.hpp"
#include "impl/recovery_protocol.hpp"

namespace mdcd::impl {

// An application that looks at messages before they are delivered. It may err both ways.
template <class A>
concept DetectingApplication = Application<A> &&
    requires(const typename A::State& state, const typename A::Payload& payload) {
    { A::is_intrusion(state, payload) } -> std::same_as<bool>;
};

// The entries of a vector by which messages of the cluster are counted: one for each component and each process that
// it sends to. The first entries, one for each component, stay zero: what an old version has generated is not compared
// with what its new version claims.
[[nodiscard]] constexpr std::size_t channel_entry(const BoundaryRules& rules, const Members& members,
                                                  std::uint8_t component, ProcessId receiver) {
    const std::size_t first = std::size_t{members.components} + std::size_t{component} * members.actives;
    const std::size_t entry = rules.boundary_stamp == BoundaryStamp::one_counter ? first : first + receiver.index;
    if (entry >= component_count_max)
        capacity_exceeded("the vector of numbers", component_count_max);
    return entry;
}

// What happened at the boundary, for whoever watches; the protocol never reads it.
enum class BoundaryEvent : std::uint8_t {
    sender_overruled,       // the message claimed to be from somebody else
    stamped,                // .. by the boundary, as it is received
    claim_overruled,        // .. and that was not what it claimed
    refused_test,           // a new version says that it has passed a test
    refused_recovery,       // a new version takes part in a recovery
    refused_kind,           // not a message that a new version has to send to this process
    refused_after_recovery, // the cluster is no part of the system any more
    intrusion_detected,     // by the application's detector: not delivered
    assertion_raised,       // .. and recovery begins
};
inline constexpr std::size_t boundary_event_count = static_cast<std::size_t>(BoundaryEvent::assertion_raised) + 1;
using BoundaryEvents = FixedVector<BoundaryEvent, 8>;

namespace guards {

// Why a message of the cluster goes no further than the boundary, if it does not. `recovers`: the process has halted
// for a recovery, or recovered.
[[nodiscard]] constexpr std::optional<BoundaryEvent> refusal(MessageKind kind, bool to_shadow, bool recovers,
                                                             const BoundaryRules& rules) {
    if (recovers && rules.after_recovery == AfterRecovery::refused)
        return BoundaryEvent::refused_after_recovery;
    switch (kind) {
    case MessageKind::application: // a new version and its old one have nothing to say to each other
        if (to_shadow && rules.other_kinds == OtherKinds::refused)
            return BoundaryEvent::refused_kind;
        break;
    case MessageKind::passed_at:
        if (rules.low_tests == LowTests::prove_nothing)
            return BoundaryEvent::refused_test;
        break;
    case MessageKind::recovery_announcement:
    case MessageKind::recovery_reply:
    case MessageKind::recovery_decision:
        if (rules.cluster_in_recovery == ClusterInRecovery::is_ignored)
            return BoundaryEvent::refused_recovery;
        break;
    case MessageKind::low_number: // for new versions only
        if (rules.other_kinds == OtherKinds::refused)
            return BoundaryEvent::refused_kind;
        break;
    }
    return std::nullopt;
}

// Whether a message is received under the name of the link that it came by, whatever it claims.
[[nodiscard]] constexpr bool overrules_senders(const BoundaryRules& rules) {
    switch (rules.links) {
    case Links::authenticated:
        return true;
    case Links::as_claimed:
        return false;
    }
    return true;
}

// Whether a message is received with a number of the boundary's, and marked dirty, whatever it claims.
[[nodiscard]] constexpr bool stamps(const BoundaryRules& rules) {
    switch (rules.boundary_stamp) {
    case BoundaryStamp::by_channel:
    case BoundaryStamp::one_counter:
    case BoundaryStamp::at_least_claimed:
        return true;
    case BoundaryStamp::as_claimed:
        return false;
    }
    return true;
}
// .. and with which, at its entry. `own`: the receiver's number there.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Number<L> stamp(const Number<L>& own, const Number<L>& claimed, const BoundaryRules& rules) {
    const Number<L> next = L::successor(own);
    return rules.boundary_stamp == BoundaryStamp::at_least_claimed ? L::larger(next, claimed) : next;
}

} // namespace guards

struct BoundaryState {
    SequenceVector overruled; // the last number that was claimed and overruled
    // Shadows: into which entry the message with each number counts. It may be longer than the shadow's counter, after
    // a rollback.
    FixedVector<std::uint8_t, log_entry_count_max> entry_of_number;

    friend constexpr bool operator==(const BoundaryState&, const BoundaryState&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("overruled", self.overruled);
        visit("entry_of_number", self.entry_of_number);
    }
};

// What never changes.
struct BoundaryConstants {
    Members members;
    Rules rules;
    BoundaryRules boundary_rules;
};

// One process with all that a step may touch. `Process` is ShadowProcess or ActiveProcess.
template <class Process, DetectingApplication A> class BoundaryHandler {
public:
    BoundaryHandler(const BoundaryConstants& constants, Process& process, RecoveryState<A>& recovery,
                    BoundaryState& state, Outbox<A>& outbox, Notes& notes, BoundaryEvents& events)
        : members_(constants.members), rules_(constants.rules), boundary_rules_(constants.boundary_rules),
          process_(process), recovery_(recovery), state_(state), outbox_(outbox), notes_(notes), events_(events) {}

    // A message has arrived on the link from `peer`, whatever it is and whatever the process is doing.
    void receive(ProcessId peer, Message<A> message) {
        if (guards::overrules_senders(boundary_rules_) && message.sender != peer) {
            note(BoundaryEvent::sender_overruled);
            message.sender = peer;
        }
        if (message.sender.group == Group::low)
            receive_from_cluster(message);
        else
            hand_over(message, rules_);
        if (boundary_rules_.overruled_claim == OverruledClaim::forgotten_at_recovery && recovery_.incarnation > 0)
            state_.overruled = {};
    }

    // An acceptance test failed for good.
    void fail_acceptance_test() {
        RecoveryHandler<Process, A>(process_, recovery_, members_, rules_, outbox_, notes_).fail_acceptance_test();
    }

private:
    static constexpr bool is_shadow = std::is_same_v<Process, ShadowProcess<A>>;

    void note(BoundaryEvent event) { events_.push_back(event, "the list of events"); }

    void hand_over(const Message<A>& message, const Rules& rules) {
        RecoveryHandler<Process, A>(process_, recovery_, members_, rules, outbox_, notes_).receive(message);
    }

    void receive_from_cluster(const Message<A>& message) {
        const bool recovers = recovery_.incarnation > 0;
        if (const auto refused = guards::refusal(message.kind, is_shadow, recovers, boundary_rules_))
            return note(*refused);
        if (message.kind == MessageKind::application)
            return receive_application(message);
        hand_over(message, rules_);
    }

    void receive_application(const Message<A>& message) {
        if (boundary_rules_.detector == Detector::before_delivery &&
            A::is_intrusion(process_.guarded.application, message.payload)) {
            note(BoundaryEvent::intrusion_detected);
            if (boundary_rules_.assertion == Assertion::starts_recovery && is_running(recovery_)) {
                note(BoundaryEvent::assertion_raised);
                fail_acceptance_test();
            }
            return;
        }
        const Message<A> received = stamped_here(message);
        Rules rules = rules_;
        switch (boundary_rules_.boundary_checkpoint) {
        case BoundaryCheckpoint::every_message: // with a stamp that is always news
            rules.checkpoint_trigger = CheckpointTrigger::every_new_sn;
            break;
        case BoundaryCheckpoint::by_confidence:
            if (boundary_rules_.boundary_stamp != BoundaryStamp::as_claimed)
                rules.checkpoint_trigger = CheckpointTrigger::published;
            break;
        case BoundaryCheckpoint::none: // no news
            process_.guarded.low_sn = join(process_.guarded.low_sn, received.low_sn);
            break;
        }
        hand_over(received, rules);
    }

    // The message as it is received here.
    Message<A> stamped_here(const Message<A>& claimed) {
        if (!guards::stamps(boundary_rules_))
            return claimed;
        const std::size_t entry =
            channel_entry(boundary_rules_, members_, claimed.sender.index, ProcessId(process_.id));
        const SequenceNumber number =
            guards::stamp(process_.guarded.low_sn[entry], claimed.low_sn[entry], boundary_rules_);
        Message<A> received;
        received.kind = MessageKind::application;
        received.sender = claimed.sender;
        received.dirty = true;
        received.low_sn[entry] = number;
        received.payload = claimed.payload;
        note(BoundaryEvent::stamped);
        if (received != claimed) {
            note(BoundaryEvent::claim_overruled);
            state_.overruled = claimed.low_sn;
        }
        return received;
    }

    const Members& members_;
    const Rules& rules_;
    const BoundaryRules& boundary_rules_;
    Process& process_;
    RecoveryState<A>& recovery_;
    BoundaryState& state_;
    Outbox<A>& outbox_;
    Notes& notes_;
    BoundaryEvents& events_;
};

// An internal message of a shadow, with the line of defence: numbered by its channel, as the receiver numbers those of
// the new version. Logged in the background; in service sent, unless the new version's is known to be valid.
template <Application A>
void generate(ShadowProcess<A>& process, const RecoveryState<A>& recovery, BoundaryState& state,
              const BoundaryConstants& constants, ProcessId receiver, const typename A::Payload& payload,
              Outbox<A>& outbox, Notes& notes) {
    if (!guards::stamps(constants.boundary_rules))
        return generate(process, recovery, receiver, payload, constants.rules, outbox, notes);
    const std::size_t entry = channel_entry(constants.boundary_rules, constants.members, process.id.index, receiver);
    state.entry_of_number.truncate(process.shadow_sn);
    state.entry_of_number.push_back(static_cast<std::uint8_t>(entry), "the list of channels");
    ++process.shadow_sn;
    SequenceVector number;
    number[entry] = static_cast<SequenceNumber>(
        std::count(state.entry_of_number.begin(), state.entry_of_number.end(), static_cast<std::uint8_t>(entry)));
    if (!is_in_service(recovery)) {
        process.output_log.push_back({number, process.shadow_sn, receiver, payload}, "the log of suppressed messages");
        notes.add(NoteKind::logged_output, number);
    } else if (covers(process.guarded.valid_sn, number)) {
        notes.add(NoteKind::suppressed_in_service, number);
    } else {
        notes.add(NoteKind::sent_by_shadow, number);
        outbox.push_back({receiver, stamped(recovery, send_in_service(process, payload))},
                         "the list of messages to send");
    }
}

} // namespace mdcd::impl
