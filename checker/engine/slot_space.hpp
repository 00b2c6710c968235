// All slot values and the tree nodes above them: a state, or a part of one, as one id, and back. Also what
// an operation does to an id. Knows steps and handlers not at all.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/effect.hpp"
#include "checker/engine/layout.hpp"
#include "checker/engine/pair_table.hpp"
#include "checker/engine/state.hpp"
#include "checker/engine/value_table.hpp"
#include "checker/model.hpp"

namespace mdcd::checker::engine {

// Tables of states and records keep half of each hash.
[[nodiscard]] constexpr std::uint32_t upper_half(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32);
}

class SlotSpace {
public:
    SlotSpace(std::span<const Slot> slots, Layout layout, std::atomic<std::uint64_t>& meter);

    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] const Slot& slot_at(std::uint16_t position) const { return slots_[layout_.order[position]]; }

    // The value tables are indexed by position in the layout.
    [[nodiscard]] Id intern_value(std::uint16_t position, std::string_view bytes) {
        return values_[position].intern(bytes);
    }
    [[nodiscard]] std::string_view value(std::uint16_t position, Id id) const { return values_[position].bytes(id); }
    [[nodiscard]] Id intern_message(std::string_view message) { return messages_.intern(message); }
    [[nodiscard]] std::string_view message(Id id) const { return messages_.bytes(id); }

    // The id at an inner node whose children have these ids (not for the root).
    [[nodiscard]] Id join(NodeIndex node, IdPair children);
    [[nodiscard]] IdPair children(NodeIndex node, Id id) const { return pairs_[node].pair(id); }
    [[nodiscard]] std::uint64_t hash(NodeIndex node, Id id) const {
        const LayoutNode& shape = layout_.nodes[node];
        if (shape.is_empty())
            return 0;
        return shape.is_leaf() ? values_[shape.begin].hash(id) : pairs_[node].hash(id);
    }
    [[nodiscard]] std::uint64_t hash(State state) const {
        return hash(left_half, state.left) ^ hash(right_half, state.right);
    }

    // Writes the value id of each slot under `node` to ids[position].
    void unfold(NodeIndex node, Id id, std::span<Id> ids) const;
    [[nodiscard]] GlobalState unfold(State state) const;
    // The state whose value ids these are, by position.
    [[nodiscard]] State fold(std::span<const Id> ids);
    // The same for what is under `node`.
    [[nodiscard]] Id fold(NodeIndex node, std::span<const Id> ids);
    // `state` has one entry for each slot.
    [[nodiscard]] State fold(const GlobalState& state);

    // What `operations`, all under `node`, make of `id`. no_id if a channel has no room for what is sent.
    [[nodiscard]] Id apply(NodeIndex node, Id id, std::span<const Operation> operations);

    // Whether the channel at `position` has room for what `operations`, on any slots, send to it.
    [[nodiscard]] bool has_room(std::uint16_t position, Id id, std::span<const Operation> operations);

    // Whether `id` has been given at `node`.
    [[nodiscard]] bool knows(NodeIndex node, Id id) const;

    // How many messages a channel holds.
    [[nodiscard]] std::size_t message_count(std::uint16_t position, Id id) const;

    // For checkpoints: all tables, to be filled again in the order of their numbers.
    [[nodiscard]] const ValueTable& value_table(std::uint16_t position) const { return values_[position]; }
    [[nodiscard]] const PairTable& pair_table(NodeIndex node) const { return pairs_[node]; }

private:
    [[nodiscard]] Id apply_to_slot(std::uint16_t position, Id id, std::span<const Operation> operations);

    std::vector<Slot> slots_;
    Layout layout_;
    std::deque<ValueTable> values_; // by position
    std::deque<PairTable> pairs_;   // by node; unused for leaves and the root
    ValueTable messages_;
};

} // namespace mdcd::checker::engine
