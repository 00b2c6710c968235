// Passes on to the tables, and translates positions in their layout into slots.
// Decides nothing.
#include "checker/engine/graph_moves.hpp"

#include <algorithm>

#include "checker/engine/labelled_moves.hpp"

namespace mdcd::checker::engine {
namespace {

NodeIndex node_of(unsigned half) {
    return half == 0 ? left_half : right_half;
}

} // namespace

GraphMoves::GraphMoves(const BoundModel& model, std::uint64_t cache_bytes_max, const std::function<bool()>& enough)
    : moves_(std::make_unique<LabelledMoves>(model, cache_bytes_max, enough)) {}

GraphMoves::~GraphMoves() = default;

bool GraphMoves::find(State state, std::vector<LabelledMove>& moves) {
    return moves_->find(state, moves);
}

const std::vector<Firing>& GraphMoves::labels() const {
    return moves_->labels();
}

Label GraphMoves::label_of(const Firing& firing) {
    return moves_->label_of(firing);
}

std::uint64_t GraphMoves::bytes() const {
    return moves_->bytes();
}

void GraphMoves::check_samples(const std::function<void()>& look_at_clock) {
    moves_->check_samples(look_at_clock);
}

std::optional<std::string> GraphMoves::nondeterminism() const {
    return moves_->nondeterminism();
}

State GraphMoves::fold(const GlobalState& state) {
    return moves_->space().fold(state);
}

GlobalState GraphMoves::unfold(State state) const {
    return moves_->space().unfold(state);
}

std::span<const SlotIndex> GraphMoves::slots_of(unsigned half) const {
    const Layout& layout = moves_->space().layout();
    const LayoutNode& node = layout.nodes[node_of(half)];
    return std::span(layout.order).subspan(node.begin, node.size());
}

void GraphMoves::values_of(unsigned half, Id id, std::span<Id> values) {
    const Layout& layout = moves_->space().layout();
    by_position_.resize(layout.order.size());
    moves_->space().unfold(node_of(half), id, by_position_);
    const LayoutNode& node = layout.nodes[node_of(half)];
    std::copy_n(by_position_.begin() + node.begin, node.size(), values.begin());
}

std::string_view GraphMoves::value(SlotIndex slot, Id value) const {
    const SlotSpace& space = moves_->space();
    return space.value(space.layout().position_of[slot], value);
}

} // namespace mdcd::checker::engine
