// The values of the slots that only asynchronous scopes have: what each process keeps of recovery, with ghost state
// for the claims about recoveries that really happened, and which acceptance tests have failed.
// Knows no step.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "impl/recovery_protocol.hpp"
#include "model/inputs/limits.hpp"
#include "model/state/local.hpp"
#include "model/state/numbers.hpp"

namespace mdcd::model {

using RecoveryState = impl::RecoveryState<GhostApplication>;
using Outbox = impl::Outbox<GhostApplication>;

// Of the recovery that started the current incarnation. The protocol never sees it.
struct RecoveryGhost {
    std::uint8_t rollbacks = 0; // 2: more than once
    // Shadows: the last cluster message that it re-sent when it took over.
    std::uint8_t resent_through = 0;
    // The last message from each component's shadow since then, and whether an earlier one came after a later one.
    std::array<std::uint8_t, impl::component_count_max> last_from_shadow{};
    bool out_of_order = false;

    friend constexpr bool operator==(const RecoveryGhost&, const RecoveryGhost&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("rollbacks", self.rollbacks);
        visit("resent_through", self.resent_through);
        visit("last_from_shadow", self.last_from_shadow);
        visit("out_of_order", self.out_of_order);
    }
};

struct RecoveryLocal {
    RecoveryState state;
    RecoveryGhost ghost;

    friend constexpr bool operator==(const RecoveryLocal&, const RecoveryLocal&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("state", self.state);
        visit("ghost", self.ghost);
    }
};

// Acceptance tests that failed: how many more may, and what the states depended on in which they did. A test that fails
// is right: one of the messages that the state depends on is erroneous.
struct Detections {
    std::uint8_t left = 0;
    impl::FixedVector<impl::SequenceVector, detection_count_max> failed; // in ascending order

    friend constexpr bool operator==(const Detections&, const Detections&) = default;

    // Whether it can be that everything up to these numbers is correct.
    [[nodiscard]] constexpr bool allow(const impl::SequenceVector& correct) const {
        return std::ranges::none_of(failed, [&](const auto& depends) { return is_within(depends, correct); });
    }
    constexpr void add(const impl::SequenceVector& depends) {
        failed.push_back(depends, "the failed tests");
        for (std::size_t i = failed.size() - 1; i > 0 && failed[i].entries < failed[i - 1].entries; --i)
            std::swap(failed[i], failed[i - 1]);
    }

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("left", self.left);
        visit("failed", self.failed);
    }
};

} // namespace mdcd::model
