// The guards of the life of an upgrade, each in one text: who may want a change, joins it, gives way, objects, and what
// is decided. The handlers ask them about values, the proof about formulas (guards.hpp says how). Who counts a reply,
// who is missing and who follows a decision is as in a recovery (recovery_guards.hpp). Pure: they know no seat and no
// message.
#pragma once

#include "impl/recovery_guards.hpp"
#include "impl/upgrade_rules.hpp"

namespace mdcd::impl::guards {

// A begin if no upgrade is under way, what ends one if one is.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> may_be_wanted(const Truth<L>& wants_begin, const Truth<L>& under_way) {
    return (wants_begin && !under_way) || (!wants_begin && under_way);
}

// Two changes of one incarnation: whether the one that is announced goes before the one for which a seat waits.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> wins(const Truth<L>& goes_first, const Truth<L>& wants_commit,
                                      const Truth<L>& other_wants_commit, const UpgradeRules& rules) {
    if (rules.rivals == Rivals::first_come)
        return L::constant(goes_first, false);
    if (rules.commit_against_failure == CommitAgainstFailure::commit_wins)
        return (wants_commit && !other_wants_commit) || (goes_first && (wants_commit || !other_wants_commit));
    return goes_first;
}

// An announcement of a change, and the seat that hears of it.
template <GuardLogic L = Values> struct HeardChange {
    Truth<L> is_next; // of a later incarnation than the seat's
    Truth<L> is_this; // .. of the seat's own
    Truth<L> running;
    Truth<L> waits; // it coordinates, or waits for a decision; if neither, for the state of its application
    Truth<L> wins;  // who announces goes before the one for whom it waits, itself perhaps
};
// It halts and will reply. A coordinator gives way.
template <GuardLogic L = Values> [[nodiscard]] constexpr Truth<L> joins_change(const HeardChange<L>& heard) {
    return (heard.running && heard.is_next) || (heard.waits && heard.is_this && heard.wins);
}
// From one who has resumed: what this seat waits for is on its way.
template <GuardLogic L = Values> [[nodiscard]] constexpr Truth<L> holds_change(const HeardChange<L>& heard) {
    return !heard.running && heard.is_next;
}

// What a seat says against a change: a test has failed here; or the old version still catches up.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> objects(const Truth<L>& wants_begin, const Truth<L>& failed,
                                         const Truth<L>& catching_up, const UpgradeRules& rules) {
    switch (rules.begin_while_catching_up) {
    case BeginWhileCatchingUp::refuse:
        return (!wants_begin && failed) || (wants_begin && catching_up);
    case BeginWhileCatchingUp::allow:
        break;
    }
    return !wants_begin && failed;
}

// What a seat does whose test fails after it has replied: whether the coordinator is told.
[[nodiscard]] constexpr bool tells_coordinator(const UpgradeRules& rules) {
    return rules.late_failure == LateFailure::objects;
}

// Whether a begin begins, and a commit commits; what is neither recovers.
template <GuardLogic L = Values>
[[nodiscard]] constexpr Truth<L> grants(const Truth<L>& wants_begin, const Truth<L>& wants_commit,
                                        const Truth<L>& objected, const UpgradeRules& rules) {
    switch (rules.commit_against_failure) {
    case CommitAgainstFailure::failure_wins:
        return (wants_begin || wants_commit) && !objected;
    case CommitAgainstFailure::lower_id_wins:
    case CommitAgainstFailure::commit_wins:
        break;
    }
    return (wants_begin && !objected) || wants_commit;
}

} // namespace mdcd::impl::guards
