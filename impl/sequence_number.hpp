// Numbers of cluster messages: what a state depends on, and up to where the cluster is validated.
//
// One entry for each component, compared entry by entry. With one shared counter (the paper's
// int_mSN_Glow) only entry 0 is used, and the comparison is that of plain numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "impl/limits.hpp"

namespace mdcd::impl {

using SequenceNumber = std::uint32_t; // 0: none yet; the first message is number 1

struct SequenceVector {
    std::array<SequenceNumber, component_count_max> entries{};

    [[nodiscard]] constexpr SequenceNumber& operator[](std::size_t component) { return entries[component]; }
    [[nodiscard]] constexpr SequenceNumber operator[](std::size_t component) const { return entries[component]; }
    friend constexpr bool operator==(const SequenceVector&, const SequenceVector&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("entries", self.entries);
    }
};

[[nodiscard]] constexpr SequenceVector shared_number(SequenceNumber number) {
    SequenceVector vector;
    vector[0] = number;
    return vector;
}

// Every entry of `smaller` is at most that of `larger`.
[[nodiscard]] constexpr bool covers(const SequenceVector& larger, const SequenceVector& smaller) {
    for (std::size_t component = 0; component < component_count_max; ++component)
        if (smaller[component] > larger[component])
            return false;
    return true;
}

// The entry-wise maximum.
[[nodiscard]] constexpr SequenceVector join(const SequenceVector& one, const SequenceVector& other) {
    SequenceVector result;
    for (std::size_t component = 0; component < component_count_max; ++component)
        result[component] = std::max(one[component], other[component]);
    return result;
}

} // namespace mdcd::impl
