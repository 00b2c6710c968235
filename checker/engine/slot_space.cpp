// The hash of a part of a state is the exclusive or of its slots' content hashes: the same whatever the
// tree, and a change of one slot changes it by that slot's share only (Zobrist, 1970).
#include "checker/engine/slot_space.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/invariant.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t message_seed = 0x6d65737361676573U;

} // namespace

SlotSpace::SlotSpace(std::span<const Slot> slots, Layout layout, std::atomic<std::uint64_t>& meter)
    : slots_(slots.begin(), slots.end()), layout_(std::move(layout)), messages_(message_seed, meter) {
    for (const SlotIndex slot : layout_.order)
        values_.emplace_back(slot, meter);
    for (std::size_t node = 0; node < layout_.nodes.size(); ++node)
        pairs_.emplace_back(meter);
}

Id SlotSpace::join(NodeIndex node, IdPair children) {
    const LayoutNode& shape = layout_.nodes[node];
    return pairs_[node].intern(children, hash(shape.left, children.left) ^ hash(shape.right, children.right));
}

void SlotSpace::unfold(NodeIndex node, Id id, std::span<Id> ids) const {
    const LayoutNode& shape = layout_.nodes[node];
    if (shape.is_empty())
        return;
    if (shape.is_leaf()) {
        ids[shape.begin] = id;
        return;
    }
    const IdPair pair = pairs_[node].pair(id);
    unfold(shape.left, pair.left, ids);
    unfold(shape.right, pair.right, ids);
}

GlobalState SlotSpace::unfold(State state) const {
    std::vector<Id> ids(slots_.size());
    unfold(left_half, state.left, ids);
    unfold(right_half, state.right, ids);
    GlobalState bytes(slots_.size());
    for (std::uint16_t position = 0; position < ids.size(); ++position)
        bytes[layout_.order[position]] = value(position, ids[position]);
    return bytes;
}

State SlotSpace::fold(const GlobalState& state) {
    invariant(state.size() == slots_.size(), "a state has one entry for each slot");
    std::vector<Id> ids;
    for (std::uint16_t position = 0; position < state.size(); ++position)
        ids.push_back(intern_value(position, state[layout_.order[position]]));
    return fold(ids);
}

State SlotSpace::fold(std::span<const Id> ids) {
    return {.left = fold(left_half, ids), .right = fold(right_half, ids)};
}

Id SlotSpace::fold(NodeIndex node, std::span<const Id> ids) {
    const LayoutNode& shape = layout_.nodes[node];
    if (shape.is_empty())
        return 0;
    if (shape.is_leaf())
        return ids[shape.begin];
    const Id left = fold(shape.left, ids);
    return join(node, {.left = left, .right = fold(shape.right, ids)});
}

Id SlotSpace::apply(NodeIndex node, Id id, std::span<const Operation> operations) {
    if (operations.empty())
        return id;
    const LayoutNode& shape = layout_.nodes[node];
    if (shape.is_leaf())
        return apply_to_slot(shape.begin, id, operations);
    const std::uint16_t middle = layout_.nodes[shape.left].end;
    const auto right_begin =
        std::ranges::find_if(operations, [&](const Operation& operation) { return operation.position >= middle; });
    const auto left_count = static_cast<std::size_t>(right_begin - operations.begin());
    IdPair pair = pairs_[node].pair(id);
    pair.left = apply(shape.left, pair.left, operations.first(left_count));
    pair.right = apply(shape.right, pair.right, operations.subspan(left_count));
    return pair.left == no_id || pair.right == no_id ? no_id : join(node, pair);
}

Id SlotSpace::apply_to_slot(std::uint16_t position, Id id, std::span<const Operation> operations) {
    const Slot& slot = slot_at(position);
    if (slot.kind == SlotKind::value)
        return operations.back().operand;
    std::string channel(value(position, id));
    for (const Operation& operation : operations) {
        const std::string_view text = message(operation.operand);
        const std::vector<std::string_view> present = messages_of(channel);
        if (operation.kind == OperationKind::take) {
            const auto found = std::ranges::find(present, text);
            invariant(found != present.end(), "a step takes a message that is there");
            remove_message(channel, static_cast<std::size_t>(found - present.begin()));
        } else if (slot.kind == SlotKind::set && std::ranges::binary_search(present, text)) {
            continue;
        } else if (present.size() >= slot.capacity) {
            return no_id;
        } else if (slot.kind == SlotKind::fifo) {
            append_message(channel, text);
        } else {
            insert_message(channel, text);
        }
    }
    return intern_value(position, channel);
}

bool SlotSpace::has_room(std::uint16_t position, Id id, std::span<const Operation> operations) {
    const auto first = std::ranges::lower_bound(operations, position, {}, &Operation::position);
    const auto last = std::ranges::upper_bound(first, operations.end(), position, {}, &Operation::position);
    return first == last || apply_to_slot(position, id, std::span(first, last)) != no_id;
}

bool SlotSpace::knows(NodeIndex node, Id id) const {
    const LayoutNode& shape = layout_.nodes[node];
    if (shape.is_empty())
        return id == 0;
    return id < (shape.is_leaf() ? values_[shape.begin].size() : pairs_[node].size());
}

std::size_t SlotSpace::message_count(std::uint16_t position, Id id) const {
    return messages_of(value(position, id)).size();
}

} // namespace mdcd::checker::engine
