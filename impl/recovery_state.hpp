// What a process keeps of recovery as a protocol: its incarnation, whether it runs, whom it waits for. It stands
// beside the state of the process (figures 2 to 4), which knows nothing of it.
// Knows no handler and no channel.
#pragma once

#include <array>
#include <cstdint>

#include "impl/fixed_vector.hpp"
#include "impl/message.hpp"
#include "impl/process_id.hpp"

namespace mdcd::impl {

enum class RecoveryPhase : std::uint8_t {
    running,      // the application gets its messages
    halted,       // has replied to a coordinator, waits for its decision
    coordinating, // has announced a recovery, waits for replies
    stopped,      // new versions: for good
};

struct ProcessSet {
    std::uint32_t bits = 0;

    [[nodiscard]] static constexpr std::uint32_t bit_of(ProcessId process) {
        return std::uint32_t{1} << (8U * static_cast<unsigned>(process.group) + process.index);
    }
    [[nodiscard]] constexpr bool contains(ProcessId process) const { return (bits & bit_of(process)) != 0; }
    constexpr void insert(ProcessId process) { bits |= bit_of(process); }
    friend constexpr bool operator==(const ProcessSet&, const ProcessSet&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("bits", self.bits);
    }
};
static_assert(component_count_max <= 8 && active_count_max <= 8, "eight bits for each group");

// Who belongs to the system.
struct Members {
    std::uint8_t components = 1; // p: as many new versions as old ones
    std::uint8_t actives = 1;    // q

    template <class Visit> constexpr void for_each(Visit visit) const {
        for (std::uint8_t index = 0; index < components; ++index)
            visit(ProcessId{Group::low, index});
        for (std::uint8_t index = 0; index < components; ++index)
            visit(ProcessId{Group::shadow, index});
        for (std::uint8_t index = 0; index < actives; ++index)
            visit(ProcessId{Group::active, index});
    }
};

template <Application A> struct RecoveryState {
    Incarnation incarnation = 0; // in which it runs, or for which it has halted
    RecoveryPhase phase = RecoveryPhase::running;
    ProcessId coordinator; // while it is halted or coordinating
    ProcessSet replied;    // coordinating: who has halted
    SequenceVector known;  // coordinating: the largest validated numbers that anyone has told
    std::array<SequenceNumber, component_count_max> known_external{}; // .. and external messages of each component
    // Entry n: the validated numbers that incarnation n + 1 of this process began with. Messages of incarnation n are
    // judged by them, however late they come.
    FixedVector<SequenceVector, recovery_count_max> decided;
    FixedVector<Message<A>, held_count_max> held; // what came while it was not running, in order of arrival
    // Shadows in service: what they generate up to these numbers is not sent.
    SequenceNumber suppress_through = 0;
    SequenceNumber suppress_external_through = 0;

    friend constexpr bool operator==(const RecoveryState&, const RecoveryState&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("incarnation", self.incarnation);
        visit("phase", self.phase);
        visit("coordinator", self.coordinator);
        visit("replied", self.replied);
        visit("known", self.known);
        visit("known_external", self.known_external);
        visit("decided", self.decided);
        visit("held", self.held);
        visit("suppress_through", self.suppress_through);
        visit("suppress_external_through", self.suppress_external_through);
    }
};

template <Application A> struct Outgoing {
    ProcessId receiver; // or the device
    Message<A> message;

    friend constexpr bool operator==(const Outgoing&, const Outgoing&) = default;
};

// What a handler has to send, in this order.
template <Application A> using Outbox = FixedVector<Outgoing<A>, 2 * process_count_max + log_entry_count_max>;

// The application may send, and takes what arrives.
template <Application A> [[nodiscard]] bool is_running(const RecoveryState<A>& state) {
    return state.phase == RecoveryPhase::running;
}

} // namespace mdcd::impl
