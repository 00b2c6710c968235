// Edges that need not be followed. If firings t and u are independent (neither changes a slot that the other looks at
// or changes), then t u and u t lead to the same state, and one of the two ways is enough: of a state that t has led
// to, no firing u of an earlier step is followed that is independent of t. These are sleep sets (Godefroid), of one
// step each. Why no state is missed, nor found later, is in docs/adr/0024. Knows no value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/engine/bound_model.hpp"

namespace mdcd::checker::engine {

// A firing's step, plus 1. 0: it is not known to be independent of any other. A state has the label of the firing that
// it was first reached by; 0: there is none.
using SleepLabel = std::uint8_t;

class SleepSets {
public:
    // `changes`: for each step, slots that it may change. They need not be all (see label_of). `on`: otherwise nothing
    // sleeps.
    SleepSets(std::span<const Step> steps, std::span<const std::vector<SlotIndex>> changes, bool on);

    // Of a firing that changes these slots: 0 if the step was not known to.
    [[nodiscard]] SleepLabel label_of(StepIndex step, std::span<const SlotIndex> changed) const;

    // Whether a firing need not be followed from a state.
    [[nodiscard]] bool sleeps(SleepLabel state, SleepLabel firing) const {
        return (awake_[state][firing / 64] >> (firing % 64) & 1) == 0;
    }
    static constexpr std::size_t label_count = 256;
    using Row = std::array<std::uint64_t, label_count / 64>; // a bit for each label
    // Those that have to be followed from a state.
    [[nodiscard]] const Row& awake(SleepLabel state) const { return awake_[state]; }

private:
    std::vector<Row> awake_;                      // by the state's label
    std::vector<std::vector<SlotIndex>> changes_; // sorted
};

} // namespace mdcd::checker::engine
