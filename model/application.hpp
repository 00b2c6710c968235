// The application that the model runs under the protocol: nothing but ghost state. What a state truly depends
// on and which messages its history contains rides along as the application's own state and payload, so
// checkpoints, logs and replays carry it exactly as they would carry a real application. The protocol cannot see it.
#pragma once

#include <bit>
#include <cstdint>

#include "impl/application.hpp"
#include "impl/limits.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::model {

// A set of application messages. Bits 0 to 15 are cluster messages 1 to 16; from bit 16 on, each active process
// has 8 bits for the messages of its current history.
using MessageSet = std::uint64_t;
inline constexpr unsigned cluster_message_count_max = 16;
inline constexpr unsigned active_message_count_max = 8; // sent by one active process
static_assert(cluster_message_count_max + impl::active_count_max * active_message_count_max <= 64);

inline constexpr MessageSet cluster_messages = (MessageSet{1} << cluster_message_count_max) - 1;

// Who an application message is: number `number` of the cluster (source 0), or the number-th message in the history
// of active process source - 1. Old and new version of a cluster message are the same message (section 3.1).
struct MessageId {
    std::uint8_t source = 0;
    std::uint8_t number = 0; // from 1

    friend constexpr bool operator==(const MessageId&, const MessageId&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("source", self.source);
        visit("number", self.number);
    }
};

// The first `count` messages of one source.
[[nodiscard]] constexpr MessageSet first_messages(std::uint8_t source, unsigned count) {
    const MessageSet ones = (MessageSet{1} << count) - 1;
    return source == 0 ? ones : ones << (cluster_message_count_max + (source - 1U) * active_message_count_max);
}

[[nodiscard]] constexpr MessageSet as_set(MessageId id) {
    return first_messages(id.source, id.number) & ~first_messages(id.source, id.number - 1U);
}

[[nodiscard]] constexpr MessageId message_at(unsigned bit) {
    if (bit < cluster_message_count_max)
        return {0, static_cast<std::uint8_t>(bit + 1)};
    const unsigned offset = bit - cluster_message_count_max;
    return {static_cast<std::uint8_t>(1 + offset / active_message_count_max),
            static_cast<std::uint8_t>(1 + offset % active_message_count_max)};
}

// A state of the application, by its history.
struct History {
    impl::SequenceVector depends; // the largest cluster message in its causal past
    MessageSet received = 0;
    MessageSet duplicated = 0; // received more than once
    std::uint8_t sent = 0;     // messages of its own: to other processes (active), out of the cluster (low, shadow)

    friend constexpr bool operator==(const History&, const History&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("depends", self.depends);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("sent", self.sent);
    }
};

struct Payload {
    MessageId id;
    impl::SequenceVector depends; // of the state that sent it, itself included

    friend constexpr bool operator==(const Payload&, const Payload&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("depends", self.depends);
    }
};

struct GhostApplication {
    using State = History;
    using Payload = model::Payload;

    static constexpr void deliver(State& state, const Payload& payload) {
        const MessageSet message = as_set(payload.id);
        state.duplicated |= state.received & message;
        state.received |= message;
        state.depends = impl::join(state.depends, payload.depends);
    }
};
static_assert(impl::Application<GhostApplication>);

} // namespace mdcd::model
