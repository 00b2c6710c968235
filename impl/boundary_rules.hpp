// The line of defence against new versions that may send anything: each choice is a rule, with what somebody could
// think sufficient in its place. They are no readings of the paper, so they stand apart from Rules.
// Knows no state and no handler.
#pragma once

#include <cstdint>

namespace mdcd::impl {

// Who a message is from.
enum class Links : std::uint8_t {
    authenticated, // the process at the other end of the link
    as_claimed,    // whoever the message says
};
// By which dirty bit, number and incarnation a message of the cluster is received.
enum class BoundaryStamp : std::uint8_t {
    by_channel,       // dirty; how many have come from that component to this process; incarnation 0
    one_counter,      // .. the same, but a component has one entry, into which all its receivers count
    at_least_claimed, // .. by channel, but a larger number that is claimed is believed
    as_claimed,
};
// Which messages of the cluster a checkpoint is taken before.
enum class BoundaryCheckpoint : std::uint8_t {
    every_message,
    by_confidence, // S1 and S2 of the paper's section 3.1
    none,
};
// Whether each message of the cluster is looked at before it is delivered.
enum class Detector : std::uint8_t { before_delivery, none };
// What a detected intrusion does, besides not being delivered.
enum class Assertion : std::uint8_t { starts_recovery, none };
// What it means when a new version says that it has passed an acceptance test.
enum class LowTests : std::uint8_t { prove_nothing, prove };
// What new versions say in a recovery.
enum class ClusterInRecovery : std::uint8_t { is_ignored, is_believed };
// Kinds of messages that no new version has to send to this process.
enum class OtherKinds : std::uint8_t { refused, received };
// Messages of the cluster in a process that has halted for a recovery, or has recovered.
enum class AfterRecovery : std::uint8_t { refused, by_incarnation };
// The last claim that was overruled, kept for whoever looks for the reasons of a recovery.
enum class OverruledClaim : std::uint8_t { forgotten_at_recovery, kept };

// The first value of each is right; docs/trust.md says what the others cost.
struct BoundaryRules {
    Links links = Links::authenticated;
    BoundaryStamp boundary_stamp = BoundaryStamp::by_channel;
    BoundaryCheckpoint boundary_checkpoint = BoundaryCheckpoint::every_message;
    Detector detector = Detector::before_delivery;
    Assertion assertion = Assertion::starts_recovery;
    LowTests low_tests = LowTests::prove_nothing;
    ClusterInRecovery cluster_in_recovery = ClusterInRecovery::is_ignored;
    OtherKinds other_kinds = OtherKinds::refused;
    AfterRecovery after_recovery = AfterRecovery::refused;
    OverruledClaim overruled_claim = OverruledClaim::forgotten_at_recovery;

    friend constexpr bool operator==(const BoundaryRules&, const BoundaryRules&) = default;
};

// No line of defence: every message is received as the protocol of the paper receives it. `links` says what the
// network gives.
[[nodiscard]] constexpr BoundaryRules no_boundary(Links links) {
    return {.links = links,
            .boundary_stamp = BoundaryStamp::as_claimed,
            .boundary_checkpoint = BoundaryCheckpoint::by_confidence,
            .detector = Detector::none,
            .assertion = Assertion::none,
            .low_tests = LowTests::prove,
            .cluster_in_recovery = ClusterInRecovery::is_believed,
            .other_kinds = OtherKinds::received,
            .after_recovery = AfterRecovery::by_incarnation,
            .overruled_claim = OverruledClaim::kept};
}

} // namespace mdcd::impl
