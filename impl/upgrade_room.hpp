// What has a fixed size in a seat, and when a message has to wait because of it. A message that waits stays where it
// came from (the link keeps it), so nothing of what a step does can exceed a capacity.
// Knows no link: what may go past a message that waits is said here, who does it is the caller's.
#pragma once

#include <algorithm>

#include "impl/upgrade_rules.hpp"
#include "impl/upgrade_state.hpp"

namespace mdcd::impl {

// How much of impl/limits.hpp a seat may use. Less is for scopes that are to reach it.
struct Capacities {
    std::size_t checkpoints = checkpoint_count_max;
    std::size_t log_entries = log_entry_count_max; // in each log
    std::size_t held = held_count_max;
    std::size_t endings = recovery_count_max;

    // What is held is received at once when the seat resumes, so it must have room in what is empty then.
    [[nodiscard]] constexpr std::size_t queue() const { return std::min({held, checkpoints, log_entries}); }
    friend constexpr bool operator==(const Capacities&, const Capacities&) = default;
};

enum class Shortage : std::uint8_t {
    none,
    queue,        // the queue of a halted seat is full
    checkpoints,  // the checkpoint array is full: a test that succeeds will empty it
    receiver_log, // the receiver log is full: a test that succeeds will empty it
    endings,      // the list of recoveries is full (recovery_room.hpp)
};

template <Application A> [[nodiscard]] Shortage shortage_of(const Guarded<A>& guarded, const Capacities& capacities) {
    if (guarded.checkpoints.size() >= capacities.checkpoints)
        return Shortage::checkpoints;
    return guarded.input_log.size() >= capacities.log_entries ? Shortage::receiver_log : Shortage::none;
}

// Whether a seat that does not run would keep the message for later.
template <Application A>
[[nodiscard]] bool would_hold(const ChangeMessage<A>& message, const UpgradeState<A>& state, SeatId self) {
    const bool is_newer = message.message.incarnation > state.incarnation;
    switch (message.kind) {
    case ChangeKind::ordinary: {
        const bool is_old_seat = (self.seat == 1) == state.second_seat.contains(self.component);
        const bool forks = state.phase != ChangePhase::starting && state.intent == Intent::begin &&
                           state.components.contains(self.component) && is_old_seat;
        return !forks || message.message.incarnation >= state.incarnation; // older ones: both versions begin with them
    }
    case ChangeKind::announcement:
    case ChangeKind::marker:
        return is_newer;
    case ChangeKind::start:
        return is_newer || state.phase == ChangePhase::halted;
    case ChangeKind::reply:
    case ChangeKind::decision:
        break;
    }
    return false;
}

// Why the seat cannot take that message now.
template <Application A>
[[nodiscard]] Shortage shortage_for(const ChangeMessage<A>& message, const SeatedProcess<A>& process,
                                    const UpgradeState<A>& state, SeatId self, const Capacities& capacities) {
    if (state.phase != ChangePhase::running)
        return would_hold(message, state, self) && state.held.size() >= capacities.queue() ? Shortage::queue
                                                                                           : Shortage::none;
    if (message.kind != ChangeKind::ordinary || message.message.kind != MessageKind::application)
        return Shortage::none;
    if (const auto* active = std::get_if<ActiveProcess<A>>(&process))
        return shortage_of(active->guarded, capacities);
    if (const auto* shadow = std::get_if<ShadowProcess<A>>(&process))
        return shortage_of(shadow->guarded, capacities);
    return Shortage::none;
}

// The application may send: what a shadow logs has room.
template <Application A>
[[nodiscard]] bool has_room_to_send(const ShadowProcess<A>& shadow, const Capacities& capacities) {
    return shadow.output_log.size() < capacities.log_entries && shadow.external_log.size() < capacities.log_entries;
}
template <Application A>
[[nodiscard]] bool has_room_to_send(const SeatedProcess<A>& process, const Capacities& capacities) {
    const auto* shadow = std::get_if<ShadowProcess<A>>(&process);
    return shadow == nullptr || has_room_to_send(*shadow, capacities);
}

// Messages that wait may be what keeps others back that would make room: a validation, or a change of the system. These
// say nothing that depends on what they go past. A marker does: it says that nothing is left behind it.
template <Application A> [[nodiscard]] bool may_go_past(const Message<A>& message) {
    return message.kind != MessageKind::application;
}
template <Application A> [[nodiscard]] bool may_go_past(const ChangeMessage<A>& message) {
    switch (message.kind) {
    case ChangeKind::ordinary:
        return may_go_past(message.message);
    case ChangeKind::announcement:
    case ChangeKind::reply:
    case ChangeKind::decision:
    case ChangeKind::start:
        return true;
    case ChangeKind::marker:
        break;
    }
    return false;
}

// Whether a seat takes a message that has arrived. `waits_before`: an earlier one of the same sender waits.
template <Application A>
[[nodiscard]] bool may_take(const ChangeMessage<A>& message, bool waits_before, const SeatedProcess<A>& process,
                            const UpgradeState<A>& state, SeatId self, const Capacities& capacities,
                            const UpgradeRules& rules) {
    if (rules.when_full == WhenFull::stop)
        return true;
    if (shortage_for(message, process, state, self, capacities) != Shortage::none)
        return false;
    return !waits_before || (rules.when_full == WhenFull::go_past && may_go_past(message));
}
template <Application A>
[[nodiscard]] bool may_send(const SeatedProcess<A>& process, const Capacities& capacities, const UpgradeRules& rules) {
    return rules.when_full == WhenFull::stop || has_room_to_send(process, capacities);
}

} // namespace mdcd::impl
