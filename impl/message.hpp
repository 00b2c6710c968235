// What travels between processes, with everything the protocol piggybacks on it (figures 2 to 4).
// Knows no channel.
#pragma once

#include <cstdint>

#include "impl/application.hpp"
#include "impl/process_id.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::impl {

// Counts the recoveries that a process has been through.
using Incarnation = std::uint32_t;

enum class MessageKind : std::uint8_t {
    application,           // for the receiver's application
    passed_at,             // "passed_AT": an acceptance test succeeded in a state that depends on numbers up to low_sn
    recovery_announcement, // the sender coordinates the recovery that starts the message's incarnation
    recovery_reply,        // the sender has halted for that recovery; low_sn: the largest validated numbers it knows
    recovery_decision,     // that recovery is by the validated numbers low_sn
    low_number,            // the cluster's counter, told to its other new versions (rule low_sn = shared_broadcast)
};

template <Application A> struct Message {
    MessageKind kind = MessageKind::application;
    ProcessId sender;
    bool dirty = false;             // the sender's dirty bit when it sent this
    SequenceVector low_sn;          // int_mSN_Glow of the sender when it sent this
    SequenceNumber external_sn = 0; // passed_AT of a new version: external messages it has output, this one included
    typename A::Payload payload{};  // application messages only
    Incarnation incarnation = 0;    // of the sender; of a message of a recovery: the one that it starts

    friend constexpr bool operator==(const Message&, const Message&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("sender", self.sender);
        visit("dirty", self.dirty);
        visit("low_sn", self.low_sn);
        visit("external_sn", self.external_sn);
        visit("payload", self.payload);
        visit("incarnation", self.incarnation);
    }
};

} // namespace mdcd::impl
