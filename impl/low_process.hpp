// Figure 2: a new version of a component, in service, with low confidence. Its dirty bit is always 1.
// Knows nothing of channels, devices or time: handlers take a state and give back what to send.
#pragma once

#include "impl/message.hpp"
#include "impl/notes.hpp"

namespace mdcd::impl {

template <Application A> struct LowProcess {
    ProcessId id;
    SequenceNumber low_sn = 0;   // int_mSN_Glow: the number of the last message of the cluster
    SequenceNumber valid_sn = 0; // what its own acceptance tests have proved
    typename A::State application{};

    friend constexpr bool operator==(const LowProcess&, const LowProcess&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("application", self.application);
    }
};

// An internal message to an active process: the counter is advanced and goes with it.
template <Application A>
[[nodiscard]] Message<A> send_to_active(LowProcess<A>& process, const typename A::Payload& payload, Notes& notes) {
    ++process.low_sn;
    const SequenceVector number = shared_number(process.low_sn);
    notes.add(NoteKind::sent_dirty, number);
    return {
        .kind = MessageKind::application, .sender = process.id, .dirty = true, .low_sn = number, .payload = payload};
}

// An acceptance test succeeded before an external message left: the notification for all active and shadow processes.
template <Application A> [[nodiscard]] Message<A> pass_acceptance_test(LowProcess<A>& process, Notes& notes) {
    process.valid_sn = process.low_sn;
    const SequenceVector number = shared_number(process.low_sn);
    notes.add(NoteKind::at_passed, number);
    return {.kind = MessageKind::passed_at, .sender = process.id, .dirty = false, .low_sn = number, .payload = {}};
}

template <Application A> void receive(LowProcess<A>& process, const Message<A>& message, Notes& notes) {
    if (message.kind != MessageKind::application)
        return; // notifications are for the high-confidence processes
    A::deliver(process.application, message.payload);
    notes.add(NoteKind::delivered, message.low_sn);
}

} // namespace mdcd::impl
