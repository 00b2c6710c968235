// Lists are made once for each half, parts and joins once for each that wins. Ties are nearly always the same state
// twice; equal hashes of different content are decided by content.
// Knows no step.
#include "checker/engine/orbit_reducer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

OrbitReducer::OrbitReducer(const BoundModel& model, SlotSpace& space, std::vector<Renaming> renamings,
                           std::atomic<std::uint64_t>& meter)
    : model_(model), space_(space), renamings_(std::move(renamings)), meter_(meter), arena_(meter),
      parts_(0x7061727473206f66U, meter), joined_{MoveTable(meter), MoveTable(meter)} {
    const Layout& layout = space.layout();
    for (const Renaming renaming : renamings_) {
        const std::vector<SlotIndex> moved = moved_slots(model, renaming);
        for (const SlotIndex slot : layout.order) {
            if (renaming == renamings_.front() && moved[slot] != slot)
                throw ModelError("the first of the renamings is to change nothing, and moves slot '" +
                                 model.slots()[slot].name + "'");
            targets_.push_back(layout.position_of[moved[slot]]);
            renamed_.push_back(std::make_unique<SegmentedArray<Renamed>>());
        }
    }
    ids_.resize(layout.order.size());
    renamed_ids_.resize(layout.order.size());
    OrbitReducer::forget();
}

void OrbitReducer::forget() {
    for (SegmentedArray<std::byte*>& halves : halves_)
        halves.clear();
    for (MoveTable& table : joined_)
        table.forget();
    arena_.clear();
    meter_ -= std::exchange(charged_, 0);
    parts_.clear();
    (void)parts_.intern({}); // number 0: no part
}

Reducer::Representative OrbitReducer::canonical(State state) {
    const Share* const left = shares_of(half(left_half, state.left));
    const Share* const right = shares_of(half(right_half, state.right));
    Share best = left[0] ^ right[0];
    std::size_t winner = 0;
    bool tie = false;
    for (std::size_t renaming = 1; renaming < renamings_.size(); ++renaming) {
        const Share share = left[renaming] ^ right[renaming];
        tie = share == best || (tie && share > best);
        winner = share < best ? renaming : winner;
        best = std::min(best, share);
    }
    State smallest = rename(state, winner);
    for (std::size_t renaming = winner + 1; tie && renaming < renamings_.size(); ++renaming) {
        if ((left[renaming] ^ right[renaming]) != best)
            continue;
        const State other = rename(state, renaming);
        if (less(other, smallest))
            smallest = other;
    }
    return {.state = smallest, .hash = upper_half(best.left ^ best.right)};
}

std::byte* OrbitReducer::make_half(NodeIndex node, Id id) {
    const LayoutNode& shape = space_.layout().nodes[node];
    space_.unfold(node, id, ids_);
    std::vector<Share> shares(renamings_.size());
    for (std::size_t renaming = 0; renaming < shares.size(); ++renaming)
        for (std::uint16_t position = shape.begin; position < shape.end; ++position) {
            const bool to_left = space_.layout().nodes[left_half].covers(targets_[renaming * ids_.size() + position]);
            (to_left ? shares[renaming].left : shares[renaming].right) ^=
                renamed(renaming, position, ids_[position]).hash;
        }
    std::byte* const half = arena_.allocate(shares.size() * (sizeof(Share) + sizeof(Parts)), line_bytes);
    std::uninitialized_copy(shares.begin(), shares.end(), reinterpret_cast<Share*>(half));
    std::uninitialized_default_construct_n(parts_of(half), shares.size());
    halves_[node - left_half].make(id) = half;
    charge(sizeof(std::byte*));
    return half;
}

const OrbitReducer::Renamed& OrbitReducer::renamed(std::size_t renaming, std::uint16_t position, Id value) {
    const Layout& layout = space_.layout();
    const std::size_t at = renaming * layout.order.size() + position;
    Renamed& place = renamed_[at]->make(value);
    if (place.value == 0) {
        const std::string bytes = renamed_content(model_, renamings_[renaming], layout.order[position],
                                                  layout.order[targets_[at]], space_.value(position, value));
        if (renaming == 0 && bytes != space_.value(position, value))
            throw ModelError("the first of the renamings is to change nothing, and rewrites slot '" +
                             model_.slots()[layout.order[position]].name + "'");
        fixed_bytes_ += sizeof(Renamed);
        place.value = space_.intern_value(targets_[at], bytes) + 1;
        place.hash = table_hash(layout.order[targets_[at]], bytes);
    }
    return place;
}

State OrbitReducer::rename(State state, std::size_t renaming) {
    if (renaming == 0)
        return state;
    const Parts left = parts(left_half, state.left, renaming);
    const Parts right = parts(right_half, state.right, renaming);
    return {.left = join(left_half, left.left, right.left), .right = join(right_half, left.right, right.right)};
}

OrbitReducer::Parts OrbitReducer::parts(NodeIndex node, Id id, std::size_t renaming) {
    Parts& parts = parts_of(half(node, id))[renaming];
    if (parts.left == 0) {
        const LayoutNode& shape = space_.layout().nodes[node];
        space_.unfold(node, id, ids_);
        for (std::uint16_t position = shape.begin; position < shape.end; ++position)
            renamed_ids_[targets_[renaming * ids_.size() + position]] =
                renamed(renaming, position, ids_[position]).value - 1;
        parts = {.left = intern_part(renaming, node, left_half), .right = intern_part(renaming, node, right_half)};
    }
    return parts;
}

// The contents of renamed_ids_ that come from one half and go to one half, as an id of its own.
Id OrbitReducer::intern_part(std::size_t renaming, NodeIndex from, NodeIndex to) {
    const LayoutNode& source = space_.layout().nodes[from];
    words_ = {static_cast<Id>(renaming), static_cast<Id>(from << 16 | to)};
    for (std::uint16_t position = source.begin; position < source.end; ++position)
        if (const std::uint16_t target = targets_[renaming * ids_.size() + position];
            space_.layout().nodes[to].covers(target))
            words_.insert(words_.end(), {target, renamed_ids_[target]});
    return parts_.intern({reinterpret_cast<const char*>(words_.data()), std::span(words_).size_bytes()});
}

Id OrbitReducer::join(NodeIndex node, Id from_left, Id from_right) {
    MoveTable& table = joined_[node - left_half];
    MoveTable::Move move;
    if (table.find(from_left, from_right, move))
        return move.next;
    for (const Id part : {from_left, from_right}) {
        const std::string_view bytes = parts_.bytes(part);
        words_.resize(bytes.size() / sizeof(Id));
        std::ranges::copy(bytes, reinterpret_cast<char*>(words_.data()));
        for (std::size_t i = 2; i < words_.size(); i += 2)
            renamed_ids_[words_[i]] = words_[i + 1];
    }
    move.next = space_.fold(node, renamed_ids_);
    table.add(from_left, from_right, move);
    table.tend();
    return move.next;
}

bool OrbitReducer::less(State a, State b) const {
    return (a.left != b.left || a.right != b.right) && space_.unfold(a) < space_.unfold(b);
}

} // namespace mdcd::checker::engine
