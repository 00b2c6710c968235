// All ways in which actors that are alike can change places. Knows actors by their numbers only.
// Knows no state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/actors/id.hpp"

namespace mdcd::checker::actors {

// Each by an actor's index: the index that it gets. The one that changes nothing is the first.
using Places = std::vector<std::uint16_t>;

inline constexpr std::size_t renamings_max = 40320; // eight that are alike

// Refuses what has more renamings than that.
[[nodiscard]] std::vector<Places> all_renamings(std::size_t actors, const std::vector<std::vector<Id>>& alike);

} // namespace mdcd::checker::actors
