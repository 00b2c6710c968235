// The application that the model runs under the protocol: nothing but ghost state. What a state truly depends
// on and which messages its history contains rides along as the application's own state and payload, so
// checkpoints, logs and replays carry it exactly as they would carry a real application. The protocol cannot see it.
#pragma once

#include <bit>
#include <cstdint>

#include "impl/application.hpp"
#include "impl/limits.hpp"
#include "impl/sequence_number.hpp"
#include "model/inputs/limits.hpp"
#include "model/state/numbers.hpp"

namespace mdcd::model {

// Who numbers its messages: a cluster of one component (source 0); an active process (from source 1); a component of a
// larger cluster, for what leaves the cluster (from source 5); a component's old version, for what it sends to other
// old versions (from source 8).
inline constexpr std::uint8_t first_active_source = 1;
inline constexpr std::uint8_t first_component_source = 5;
inline constexpr std::uint8_t first_shadow_source = 8;
inline constexpr unsigned source_count = 11;

// A set of application messages: some bits for each source, those of the cluster first.
using MessageSet = std::uint64_t;

struct SourceBits {
    unsigned first; // bit
    unsigned count;
};
[[nodiscard]] constexpr SourceBits bits_of(unsigned source) {
    constexpr unsigned components = cluster_message_count_max;
    constexpr unsigned actives = components + scope_components_max * component_message_count_max;
    constexpr unsigned shadows = actives + scope_actives_max * active_message_count_max;
    static_assert(shadows + scope_components_max * shadow_message_count_max <= 64);
    if (source == 0)
        return {0, cluster_message_count_max};
    if (source < first_component_source)
        return {actives + (source - first_active_source) * active_message_count_max, active_message_count_max};
    if (source < first_shadow_source)
        return {components + (source - first_component_source) * component_message_count_max,
                component_message_count_max};
    return {shadows + (source - first_shadow_source) * shadow_message_count_max, shadow_message_count_max};
}

inline constexpr unsigned cluster_bit_count = bits_of(first_active_source).first; // whatever leaves the cluster
inline constexpr MessageSet cluster_messages = (MessageSet{1} << cluster_bit_count) - 1;

// Who an application message is: the number-th in the history of its source. Old and new version of a message that
// leaves the cluster are the same message (section 3.1 of the paper).
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
    return ((MessageSet{1} << count) - 1) << bits_of(source).first;
}

[[nodiscard]] constexpr MessageSet as_set(MessageId id) {
    return id.number == 0 ? MessageSet{0} // nobody's
                          : first_messages(id.source, id.number) & ~first_messages(id.source, id.number - 1U);
}

[[nodiscard]] constexpr MessageId message_at(unsigned bit) {
    for (std::uint8_t source = 0; source < source_count; ++source) {
        const SourceBits bits = bits_of(source);
        if (bit >= bits.first && bit < bits.first + bits.count)
            return {source, static_cast<std::uint8_t>(bit - bits.first + 1)};
    }
    return {};
}

// A state of the application, by its history.
struct History {
    impl::SequenceVector depends; // the largest cluster message in its causal past
    MessageSet received = 0;
    MessageSet duplicated = 0;    // received more than once
    std::uint8_t sent = 0;        // messages of its own: to other processes (active), out of the cluster (low, shadow)
    std::uint8_t sent_inside = 0; // messages to other components of the cluster (shadow)
    std::uint32_t drawn = 0;      // the numbers that its messages carried, bit by bit (low; unless they are vectors)

    // Only while a step or a recovery runs, and no part of a state (ADR 42): which checkpoint this is, from 1; whether
    // a message came after a later one of its sender; the cluster's messages delivered so far, by who sent them.
    std::uint8_t origin = 0;
    bool reordered = false;
    std::uint32_t from_new = 0;
    std::uint32_t from_old = 0;
    static constexpr std::size_t fields_outside_state = 4;

    friend constexpr bool operator==(const History&, const History&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("depends", self.depends);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("sent", self.sent);
        visit("sent_inside", self.sent_inside);
        visit("drawn", self.drawn);
    }
};

// Who sends the messages of a source, as far as that is looked at: told to a payload while a step runs.
enum class SenderKind : std::uint8_t { unknown, only_one, new_version, old_version };

struct Payload {
    MessageId id;
    impl::SequenceVector depends;            // of the state that sent it, itself included
    SenderKind sender = SenderKind::unknown; // only while a step or a recovery runs, and no part of a state
    static constexpr std::size_t fields_outside_state = 1;

    friend constexpr bool operator==(const Payload&, const Payload&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("depends", self.depends);
    }
};

// The messages of a source after the one with this number.
[[nodiscard]] constexpr MessageSet later_messages(MessageId id) {
    return first_messages(id.source, bits_of(id.source).count) & ~first_messages(id.source, id.number);
}

// An external message of the model is nothing but the outcome of its acceptance test, and whether it can be corrected.
struct TestOutcome {
    bool passes = true;
    bool correctable = false;
};

struct GhostApplication {
    using State = History;
    using Payload = model::Payload;
    using Output = TestOutcome;

    static constexpr bool acceptance_test(const State&, const Output& output) { return output.passes; }
    static constexpr bool compensate(const State&, const Output& output) { return output.correctable; }

    static constexpr void deliver(State& state, const Payload& payload) {
        const MessageSet message = as_set(payload.id);
        note_order(state, payload, message);
        state.duplicated |= state.received & message;
        state.received |= message;
        state.depends = together(state.depends, payload.depends);
    }

private:
    // What comes twice is judged as a duplicate.
    static constexpr void note_order(State& state, const Payload& payload, MessageSet message) {
        MessageSet before = 0;
        if (payload.sender == SenderKind::only_one) {
            before = state.received;
        } else if (payload.sender != SenderKind::unknown) {
            std::uint32_t& delivered = payload.sender == SenderKind::new_version ? state.from_new : state.from_old;
            before = delivered;
            delivered |= static_cast<std::uint32_t>(message & cluster_messages);
        }
        state.reordered |= (before & later_messages(payload.id)) != 0 && (state.received & message) == 0;
    }
};
static_assert(impl::TestedApplication<GhostApplication>);
static_assert(cluster_bit_count <= 32, "History::from_new has a bit for each");

} // namespace mdcd::model
