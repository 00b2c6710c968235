// The choices of the life of an upgrade (begin, commit, abort, again): each one a rule, with the mistakes that somebody
// could make in its place. They are no readings of the paper, so they stand apart from Rules.
// Knows no state and no handler.
#pragma once

#include <cstdint>

namespace mdcd::impl {

// What is waited for before a component gets a second version, so that nothing is under way to it.
enum class BeginDrain : std::uint8_t {
    every_seat, // a marker from every seat, those that no version is in included
    in_service, // .. from every seat in service
    none,
};
// What a seat holds that learns only from a rival, the second to announce, that it is to get a second version.
enum class HeldBeforeFork : std::uint8_t { receive, keep };
// A test has failed in one process, another one has announced a commit.
enum class CommitAgainstFailure : std::uint8_t {
    failure_wins,  // whoever coordinates: the failure is told with the reply
    lower_id_wins, // the one who coordinates wants what it wanted
    commit_wins,   // .. and who commits coordinates
};
// A test fails in a process that has halted for a change and replied.
enum class LateFailure : std::uint8_t {
    objects,        // it tells the coordinator, who may have decided
    recovers_alone, // it announces a recovery
};
// Two announce a change of the same incarnation.
enum class Rivals : std::uint8_t { lower_id_wins, first_come };
// Messages that were sent before a commit and arrive after it.
enum class InTransitAtCommit : std::uint8_t { deliver, discard };
// What a commit declares valid: everything, or what is known to be validated.
enum class CommitDeclares : std::uint8_t { everything, what_is_validated };
// When the old version of a component stops for a commit.
enum class ShadowStops : std::uint8_t { when_decided, when_it_replies };
// The numbers of the cluster's messages in the next upgrade: they mean something within one incarnation only, or go on
// from what each process knows.
enum class UpgradeNumbers : std::uint8_t { anew, go_on };
// Notifications of an earlier incarnation.
enum class StaleNotifications : std::uint8_t { drop, by_number };
// Messages to a version that was in the same seat before.
enum class EarlierVersion : std::uint8_t { drop, deliver };
// A begin while an old version that has taken over still suppresses what its new version has sent.
enum class BeginWhileCatchingUp : std::uint8_t { refuse, allow };
// What a message does for which there is no room: it waits in the link, and what could make room goes past it; or
// nothing of that sender goes past it; or it is taken, and the process stops because a capacity is exceeded.
enum class WhenFull : std::uint8_t { go_past, wait, stop };

// The first value of each is right; docs/upgrades.md says what the others cost.
struct UpgradeRules {
    BeginDrain begin_drain = BeginDrain::every_seat;
    HeldBeforeFork held_before_fork = HeldBeforeFork::receive;
    CommitAgainstFailure commit_against_failure = CommitAgainstFailure::failure_wins;
    LateFailure late_failure = LateFailure::objects;
    Rivals rivals = Rivals::lower_id_wins;
    InTransitAtCommit in_transit_at_commit = InTransitAtCommit::deliver;
    CommitDeclares commit_declares = CommitDeclares::everything;
    ShadowStops shadow_stops = ShadowStops::when_decided;
    UpgradeNumbers numbers = UpgradeNumbers::anew;
    StaleNotifications stale_notifications = StaleNotifications::drop;
    EarlierVersion earlier_version = EarlierVersion::drop;
    BeginWhileCatchingUp begin_while_catching_up = BeginWhileCatchingUp::refuse;
    WhenFull when_full = WhenFull::go_past; // for whoever takes messages from links; handlers do not look at it

    friend constexpr bool operator==(const UpgradeRules&, const UpgradeRules&) = default;
};

} // namespace mdcd::impl
