// Work in parts, for machines that each do one: which pieces are whose. What is parted is for others to say.
// Knows no scope and no search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mdcd::model {

// The I-th of N parts, "2/3"; counted from 1.
struct Shard {
    unsigned index = 1;
    unsigned count = 1;
};

// Throws RequestError where it is not I/N with 1 <= I <= N <= 1000.
[[nodiscard]] Shard shard_from(const std::string& text);

// The positions of the pieces that are this part's, in order. Every piece is in one part; the piece that costs most
// goes first, to the part that has least. Equal costs are always parted in the same way.
[[nodiscard]] std::vector<std::size_t> part_by_cost(std::span<const std::uint64_t> costs, const Shard& shard);

} // namespace mdcd::model
