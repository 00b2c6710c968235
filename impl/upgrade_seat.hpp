// One seat with all that a handler may touch, and what happened in it for whoever watches.
// Knows no agreement and no application.
#pragma once

#include "impl/upgrade_room.hpp"
#include "impl/upgrade_rules.hpp"
#include "impl/upgrade_state.hpp"

namespace mdcd::impl {

enum class CommandResult : std::uint8_t {
    accepted,           // and announced
    busy,               // another change is under way
    no_upgrade,         // there is nothing to commit or abort
    upgrade_under_way,  // one at a time
    not_upgradable,     // a component that has no second seat, or no components, or too many of them
    not_by_these_rules, // several components need a counter for each of them
    history_full,       // endings could not hold the outcome: raise recovery_count_max
};

// What happened, for whoever watches; the protocol never reads it.
enum class ChangeEvent : std::uint8_t {
    announced,
    joined,
    yielded,
    rival_ignored,
    stale_dropped, // an announcement, a reply, a marker or a decision that is over
    drained,       // received while halted: it was under way when a begin was announced
    held,
    objected,           // a failed test, or a begin that is not possible
    decided_to_recover, // .. though a commit was wanted
    begun,
    started,
    unchanged,
    committed,
    recovered,
    delivered_late,       // a message of an older incarnation is received
    discarded_message,    // it depends on what was not validated
    earlier_version,      // .. it was for a version that was in the seat before
    nobody_here,          // no version is in the seat
    dropped_notification, // of an older incarnation
    suppressed,           // a version that took over generates what was sent
    caught_up,
};
inline constexpr std::size_t change_event_count = static_cast<std::size_t>(ChangeEvent::caught_up) + 1;
using ChangeEvents = FixedVector<ChangeEvent, 4 * (held_count_max + log_entry_count_max)>;

// What never changes.
struct UpgradeConstants {
    SeatId self;
    Seats seats;
    Rules rules;
    UpgradeRules upgrade_rules;
    Capacities capacities = {};
};

// A step of one seat: what it reads and writes.
template <Application A> struct SeatStep {
    const UpgradeConstants& constants;
    SeatedProcess<A>& process;
    UpgradeState<A>& state;
    ChangeOutbox<A>& outbox;
    Notes& notes;
    ChangeEvents& events;

    void note(ChangeEvent event) { events.push_back(event, "the list of events"); }

    void send(SeatId receiver, ChangeMessage<A> message) {
        message.message.incarnation = state.incarnation;
        outbox.push_back({receiver, false, message}, "the list of messages to send");
    }

    // Where the component was before the upgrade, or is; and where its new version is.
    [[nodiscard]] SeatId old_seat(std::uint8_t component) const {
        return {component, static_cast<std::uint8_t>(state.second_seat.contains(component) ? 1 : 0)};
    }
    [[nodiscard]] SeatId other_seat(std::uint8_t component) const {
        return {component, static_cast<std::uint8_t>(state.second_seat.contains(component) ? 0 : 1)};
    }
    [[nodiscard]] bool is_in_service(SeatId seat) const { return seat == old_seat(seat.component); }

    template <class Visit> void for_each_other(Visit visit) const {
        constants.seats.for_each([&](SeatId each) {
            if (each != constants.self)
                visit(each);
        });
    }
};

} // namespace mdcd::impl
