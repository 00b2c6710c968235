// A half is sent as the values under it, not as a tree of pairs: the other rank has most of its inner nodes.
// Knows no state and no transport.
#include "checker/distributed/halves.hpp"

#include <algorithm>

namespace mdcd::checker::distributed {

using engine::Id;
using engine::LayoutNode;
using engine::NodeIndex;

bool HalfSender::Numbers::enter(Id id, std::uint32_t& number) {
    if (id >= numbers_.size())
        numbers_.resize(std::max<std::size_t>(id + std::size_t{1}, numbers_.size() + numbers_.size() / 2));
    const bool is_new = numbers_[id] == 0;
    if (is_new)
        numbers_[id] = ++count_;
    number = numbers_[id] - 1;
    return is_new;
}

void HalfSender::write(NodeIndex node, Id id, Writer& out) {
    std::uint32_t number = 0;
    const bool is_new = halves_[node - engine::left_half].enter(id, number);
    out.number(number);
    if (!is_new)
        return;
    ids_.resize(values_.size());
    space_.unfold(node, id, ids_);
    const LayoutNode& shape = space_.layout().nodes[node];
    for (std::uint16_t position = shape.begin; position < shape.end; ++position) {
        const bool brings_bytes = values_[position].enter(ids_[position], number);
        out.number(number);
        if (brings_bytes)
            out.text(space_.value(position, ids_[position]));
    }
}

std::uint64_t HalfSender::bytes() const {
    std::uint64_t bytes = halves_[0].bytes() + halves_[1].bytes();
    for (const Numbers& each : values_)
        bytes += each.bytes();
    return bytes;
}

HalfReceiver::Half HalfReceiver::read(NodeIndex node, Reader& in) {
    std::vector<Half>& known = halves_[node - engine::left_half];
    const std::uint64_t number = in.number();
    if (number < known.size())
        return known[number];
    invariant(number == known.size(), "halves are numbered as they are first sent");
    ids_.resize(values_.size());
    const LayoutNode& shape = space_.layout().nodes[node];
    for (std::uint16_t position = shape.begin; position < shape.end; ++position) {
        std::vector<Id>& values = values_[position];
        const std::uint64_t value = in.number();
        invariant(value <= values.size(), "values are numbered as they are first sent");
        if (value == values.size())
            values.push_back(space_.intern_value(position, in.text()));
        ids_[position] = values[value];
    }
    const Id id = space_.fold(node, ids_);
    known.push_back({.id = id, .hash = engine::upper_half(space_.hash(node, id))});
    return known.back();
}

std::uint64_t HalfReceiver::bytes() const {
    std::uint64_t bytes = (halves_[0].capacity() + halves_[1].capacity()) * sizeof(Half);
    for (const std::vector<Id>& each : values_)
        bytes += each.capacity() * sizeof(Id);
    return bytes;
}

} // namespace mdcd::checker::distributed
