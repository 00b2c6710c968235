// How many states a round expands. States are numbered round by round, so whoever searches in this order must cut it in
// the same way. Knows no state.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace mdcd::checker::engine {

inline constexpr std::uint64_t round_length_max = 1U << 14;  // so much that the candidates of a round stay in
inline constexpr std::uint64_t round_firings_aim = 1U << 18; // a core's own cache, and barriers are rare

// Initial states are entered in stretches.
inline constexpr std::size_t initial_stretch = std::size_t{1} << 16;

// After so many states have been expanded and had so many firings.
[[nodiscard]] constexpr std::uint64_t round_length(std::uint64_t expanded, std::uint64_t firings) {
    const std::uint64_t each = expanded == 0 ? 16 : std::max<std::uint64_t>(1, firings / expanded);
    return std::clamp<std::uint64_t>(round_firings_aim / each, 64, round_length_max);
}

} // namespace mdcd::checker::engine
