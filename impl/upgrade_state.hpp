// What a process keeps of the life of upgrades: which components have two versions, in which incarnation it is, what
// change of the system is under way, and how earlier incarnations ended. And what travels for that.
// Knows no handler and no channel.
#pragma once

#include <array>
#include <cstdint>
#include <variant>

#include "impl/process_states.hpp"
#include "impl/recovery_state.hpp"

namespace mdcd::impl {

inline constexpr std::size_t system_component_max = component_count_max + active_count_max;

// A place where one version of a component runs. A component that can be upgraded has two; between upgrades nobody is
// in one of them. A seat keeps its id for good, whereas a ProcessId says what is in it.
struct SeatId {
    std::uint8_t component = 0;
    std::uint8_t seat = 0; // 0 or 1

    friend constexpr auto operator<=>(const SeatId&, const SeatId&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("seat", self.seat);
    }
};

struct ComponentSet {
    std::uint16_t bits = 0;

    [[nodiscard]] constexpr bool contains(std::uint8_t component) const { return (bits >> component & 1U) != 0; }
    constexpr void insert(std::uint8_t component) { bits = static_cast<std::uint16_t>(bits | 1U << component); }
    [[nodiscard]] constexpr bool empty() const { return bits == 0; }
    [[nodiscard]] constexpr std::size_t size() const {
        std::size_t count = 0;
        for (std::uint8_t component = 0; component < system_component_max; ++component)
            count += contains(component) ? 1 : 0;
        return count;
    }
    friend constexpr bool operator==(const ComponentSet&, const ComponentSet&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("bits", self.bits);
    }
};
static_assert(system_component_max <= 16);

// The place of a component among those that are upgraded with it: the index of its versions.
[[nodiscard]] constexpr std::uint8_t cluster_index(ComponentSet cluster, std::uint8_t component) {
    std::uint8_t index = 0;
    for (std::uint8_t other = 0; other < component; ++other)
        if (cluster.contains(other))
            ++index;
    return index;
}

struct SeatSet {
    std::uint32_t bits = 0;

    [[nodiscard]] static constexpr std::uint32_t bit_of(SeatId seat) {
        return std::uint32_t{1} << (2U * seat.component + seat.seat);
    }
    [[nodiscard]] constexpr bool contains(SeatId seat) const { return (bits & bit_of(seat)) != 0; }
    constexpr void insert(SeatId seat) { bits |= bit_of(seat); }
    friend constexpr bool operator==(const SeatSet&, const SeatSet&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("bits", self.bits);
    }
};

// All seats of a system.
struct Seats {
    std::uint8_t components = 1;
    ComponentSet upgradable; // with a second seat

    template <class Visit> constexpr void for_each(Visit visit) const {
        for (std::uint8_t component = 0; component < components; ++component) {
            visit(SeatId{component, 0});
            if (upgradable.contains(component))
                visit(SeatId{component, 1});
        }
    }
};

// What one process of the system wants of all.
enum class Intent : std::uint8_t { begin, commit, abort, recover };

// What becomes of it; and how an incarnation ended.
enum class Outcome : std::uint8_t {
    begun,     // components have two versions
    unchanged, // a begin was not possible
    committed, // the new versions are in service, everything is valid
    recovered, // the old versions are in service, what is not validated is undone
};

enum class ChangePhase : std::uint8_t {
    running,      // the application gets its messages
    halted,       // has joined a change, waits for its decision
    coordinating, // has announced a change, waits for replies
    starting,     // a new version that waits for its application's state
};

struct Ending {
    Outcome outcome = Outcome::unchanged;
    SequenceVector validated; // of `recovered`

    friend constexpr bool operator==(const Ending&, const Ending&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("outcome", self.outcome);
        visit("validated", self.validated);
    }
};

// An old version that has taken over and has not come as far as its new version: what it generates up to these numbers
// was sent. What it says to components that were upgraded with it has no number: the versions may differ in that.
struct CatchUp {
    ComponentSet cluster;
    SequenceNumber shadow_sn = 0;
    SequenceNumber external_sn = 0;
    SequenceNumber through = 0;
    SequenceNumber external_through = 0;

    [[nodiscard]] constexpr bool is_over() const { return shadow_sn >= through && external_sn >= external_through; }
    friend constexpr bool operator==(const CatchUp&, const CatchUp&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("cluster", self.cluster);
        visit("shadow_sn", self.shadow_sn);
        visit("external_sn", self.external_sn);
        visit("through", self.through);
        visit("external_through", self.external_through);
    }
};

enum class ChangeKind : std::uint8_t {
    ordinary,     // of the application, or a notification: `message`
    announcement, // the sender coordinates a change to the message's incarnation
    reply,        // .. it has halted for it; low_sn: the largest validated numbers it knows; external_sn: its outputs
    marker,       // nothing of an older incarnation comes after this from that sender
    decision,     // that change has this outcome
    start,        // the state of the application, for the new version
};

// What travels. The fields that a kind does not speak of are value-initialised.
template <Application A> struct ChangeMessage {
    ChangeKind kind = ChangeKind::ordinary;
    Intent intent = Intent::begin;        // of an announcement
    Outcome outcome = Outcome::unchanged; // of a decision
    ComponentSet components = {};         // of a begin
    bool objects = false;                 // of a reply: a test has failed, or a begin is not possible
    Message<A> message = {};              // and the incarnation
    typename A::State application{};      // of a start

    friend constexpr bool operator==(const ChangeMessage&, const ChangeMessage&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("intent", self.intent);
        visit("outcome", self.outcome);
        visit("components", self.components);
        visit("objects", self.objects);
        visit("message", self.message);
        visit("application", self.application);
    }
};

template <Application A> struct HeldMessage {
    SeatId from;
    ChangeMessage<A> message;

    friend constexpr bool operator==(const HeldMessage&, const HeldMessage&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("message", self.message);
    }
};

template <Application A> struct UpgradeState {
    Incarnation incarnation = 0; // in which it runs, or for which it has halted
    ChangePhase phase = ChangePhase::running;
    ComponentSet second_seat; // components of which seat 1 is in service, or was before the upgrade
    ComponentSet upgraded;    // components that have two versions
    Incarnation born = 0;     // older messages are for a version that was in this seat before
    bool failed = false;      // a test has failed here, and the upgrade is not over
    CatchUp catch_up;
    // Entry n: how incarnation n ended. Messages of incarnation n are judged by it, however late they come.
    FixedVector<Ending, recovery_count_max> endings;

    // Of the change that is under way:
    Intent intent = Intent::begin;
    ComponentSet components;
    SeatId coordinator;
    SeatSet markers;       // who has sent one
    SeatSet replied;       // coordinating: who has
    bool objected = false; // coordinating: somebody has
    SequenceVector known;  // coordinating: the largest validated numbers that anyone has told
    std::array<SequenceNumber, component_count_max> known_external{}; // .. and external messages of each new version
    FixedVector<HeldMessage<A>, held_count_max> held; // what came while it was not running, in order of arrival

    friend constexpr bool operator==(const UpgradeState&, const UpgradeState&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("incarnation", self.incarnation);
        visit("phase", self.phase);
        visit("second_seat", self.second_seat);
        visit("upgraded", self.upgraded);
        visit("born", self.born);
        visit("failed", self.failed);
        visit("catch_up", self.catch_up);
        visit("endings", self.endings);
        visit("intent", self.intent);
        visit("components", self.components);
        visit("coordinator", self.coordinator);
        visit("markers", self.markers);
        visit("replied", self.replied);
        visit("objected", self.objected);
        visit("known", self.known);
        visit("known_external", self.known_external);
        visit("held", self.held);
    }
};

// Nobody is in the seat.
struct NoProcess {
    friend constexpr bool operator==(const NoProcess&, const NoProcess&) = default;
};

template <Application A>
using SeatedProcess = std::variant<NoProcess, ActiveProcess<A>, LowProcess<A>, ShadowProcess<A>>;

template <Application A> struct ChangeOutgoing {
    SeatId receiver;
    bool to_device = false; // then the message is an output, of its payload
    ChangeMessage<A> message;

    friend constexpr bool operator==(const ChangeOutgoing&, const ChangeOutgoing&) = default;
};

// What a handler has to send, in this order: to each seat an announcement or a decision, a marker and what a version
// that takes over sends again.
template <Application A>
using ChangeOutbox = FixedVector<ChangeOutgoing<A>, 8 * system_component_max + 2 * log_entry_count_max>;

} // namespace mdcd::impl
