// How the slots of a state are folded into a binary tree: which slots go to which side. A good tree keeps
// the slots of a step together and both halves of a state few. It changes speed and memory, no result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker::engine {

using NodeIndex = std::uint16_t;

// A node covers the slots order[begin] to order[end - 1]: one slot for a leaf; none for the right half of
// a system of one slot.
struct LayoutNode {
    std::uint16_t begin = 0;
    std::uint16_t end = 0;
    NodeIndex left = 0; // inner nodes only
    NodeIndex right = 0;
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end - begin); }
    [[nodiscard]] bool is_leaf() const { return end - begin == 1; }
    [[nodiscard]] bool is_empty() const { return end == begin; }
    [[nodiscard]] bool covers(std::uint16_t position) const { return begin <= position && position < end; }
};

// Node 0 is the whole state, nodes 1 and 2 are its halves.
inline constexpr NodeIndex root_node = 0;
inline constexpr NodeIndex left_half = 1;
inline constexpr NodeIndex right_half = 2;

struct Layout {
    std::vector<SlotIndex> order;           // a permutation of the slots
    std::vector<std::uint16_t> position_of; // its inverse
    std::vector<LayoutNode> nodes;

    // The lowest node that covers all `slots`; the leaf of order[0] if there are none.
    [[nodiscard]] NodeIndex home_of(std::span<const SlotIndex> slots) const;
};

// Slots that are close because a firing looks at them or changes them together; `weight` says how often.
struct Affinity {
    std::vector<SlotIndex> slots;
    double weight = 1;
};

// A state met on a first look: for each slot, a hash of its value.
using Sample = std::vector<std::uint64_t>;

// At least one slot. `samples`: distinct states. Deterministic, unless `enough` says that there is no time for a good
// one: then it is any one.
[[nodiscard]] Layout choose_layout(
    std::size_t slot_count, std::span<const Affinity> affinities, std::span<const Sample> samples,
    const std::function<bool()>& enough = [] { return false; });

} // namespace mdcd::checker::engine
