// What claims about recoveries that really happen need to know of one slot (asynchronous scopes): the process as it is,
// what its receiver would take of a channel, how far a process is in a recovery.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "impl/recovery_state.hpp"
#include "model/claims/summary.hpp"
#include "model/state/recovery_local.hpp"

namespace mdcd::model {

// The messages of one incarnation in a channel.
struct StampedChannel {
    RecoveredChannel all; // for a receiver in that incarnation
    std::vector<RecoveredChannel>
        taken; // for one in a later incarnation, by ValidatedIndex of the recovery that ended it
};

struct RecoverySummary {
    // What a process keeps of recovery:
    impl::Incarnation incarnation = 0;
    impl::RecoveryPhase phase = impl::RecoveryPhase::running;
    std::vector<Numbers> decided; // entry n: ended incarnation n
    bool holds_in_vain = false;   // it runs, and keeps a message that waited for that
    std::uint8_t suppress_through = 0;
    std::uint8_t suppress_external_through = 0;
    RecoveryGhost ghost;
    // A process: where it is, as if recovery had just put it there.
    RecoveredProcess current;
    // A channel, by incarnation:
    std::array<StampedChannel, detection_count_max + 1> stamped;
    bool marked_dirty = false; // a message sent after a recovery is
};

// Empty for slots that say nothing about recoveries.
[[nodiscard]] std::shared_ptr<const RecoverySummary> summarise_recovery(const Scope& scope, const impl::Rules& rules,
                                                                        const SlotPlace& place, std::string_view bytes);

// How far the whole system is.
enum class RecoveryStage : std::uint8_t {
    none,      // no recovery has begun
    under_way, // some process of high confidence is not yet in the latest incarnation
    completed, // all of them run in one later incarnation
};

} // namespace mdcd::model
