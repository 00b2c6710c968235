// What travels between processes, with everything the protocol piggybacks on it (figures 2 to 4).
// Knows no channel.
#pragma once

#include <cstdint>

#include "impl/application.hpp"
#include "impl/process_id.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::impl {

enum class MessageKind : std::uint8_t {
    application, // for the receiver's application
    passed_at,   // "passed_AT": an acceptance test succeeded in a state that depends on numbers up to low_sn
};

template <Application A> struct Message {
    MessageKind kind = MessageKind::application;
    ProcessId sender;
    bool dirty = false;            // the sender's dirty bit when it sent this
    SequenceVector low_sn;         // int_mSN_Glow of the sender when it sent this
    typename A::Payload payload{}; // application messages only

    friend constexpr bool operator==(const Message&, const Message&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("sender", self.sender);
        visit("dirty", self.dirty);
        visit("low_sn", self.low_sn);
        visit("payload", self.payload);
    }
};

} // namespace mdcd::impl
