// The guards of recovery by messages, each in one text: who joins, gives way, replies, waits, decides and follows.
// The handlers ask them about values, the proof about formulas (guards.hpp says how). Pure: they know no process and no
// message.
#pragma once

#include "impl/guards.hpp"

namespace mdcd::impl::guards {

// An announcement of a recovery, and the process that hears of it.
template <GuardLogic L = Values> struct Heard {
    Truth<L> is_next;     // the process has not come to that recovery
    Truth<L> is_this;     // it is at it
    Truth<L> has_ended;   // it has ended it
    Truth<L> has_decided; // it has ended that one or another
    Truth<L> running;     // it takes part in no recovery now
    Truth<L> stopped;     // a new version that is gone; if neither, the process coordinates or waits
    Truth<L> goes_first;  // who announces goes before the one for whom the process waits, itself perhaps
};

// Of two that coordinate one recovery the one with the smaller id wins.
template <class Id> [[nodiscard]] constexpr auto goes_first(const Id& announcer, const Id& coordinator) {
    return announcer < coordinator;
}

// It halts and replies. A coordinator gives way.
template <GuardLogic L = Values> [[nodiscard]] constexpr Truth<L> joins(const Heard<L>& heard) {
    return (heard.running && heard.is_next) || (!heard.running && !heard.stopped && heard.is_this && heard.goes_first);
}
// It has stopped, and still tells what it knows, unless it has decided: then it takes part in no other recovery.
template <GuardLogic L = Values> [[nodiscard]] constexpr Truth<L> only_replies(const Heard<L>& heard) {
    return heard.stopped && !heard.has_decided;
}
// From one who has resumed already: the decision for which this one waits is on its way.
template <GuardLogic L = Values> [[nodiscard]] constexpr Truth<L> holds_announcement(const Heard<L>& heard) {
    return !heard.running && !heard.stopped && heard.is_next;
}
// That recovery is over here. Where new versions do not take part (detector_only), one that announced it may still wait
// for it, and others with it; nobody else tells them.
[[nodiscard]] constexpr bool answers_late(const Rules& rules) {
    switch (rules.stop_low) {
    case StopLow::all_first:
        return false;
    case StopLow::detector_only:
        return true;
    }
    return false;
}
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_told_the_end(const Heard<L>& heard, const Truth<L>& answers_late) {
    return !heard.stopped && heard.has_ended && answers_late;
}

// A reply, or a decision. `is_this`: of the recovery at which the process is.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> counts_reply(const Truth<L>& is_this, const Truth<L>& coordinating) {
    return coordinating && is_this;
}
// Whether a coordinator cannot decide without one of the others.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> is_missing(const Truth<L>& takes_part, const Truth<L>& has_replied) {
    return takes_part && !has_replied;
}
// It ends the recovery with what its coordinator has decided.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> follows(const Truth<L>& is_this, const Truth<L>& halted,
                                         const Truth<L>& from_coordinator) {
    return is_this && halted && from_coordinator;
}
// That recovery is over; who waits for this coordinator must know.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> hands_on(const Truth<L>& is_this, const Truth<L>& coordinating) {
    return is_this && coordinating;
}

} // namespace mdcd::impl::guards
