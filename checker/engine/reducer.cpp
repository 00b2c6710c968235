// Values are renamed once for each renaming and slot; states are compared slot by slot, by content hash first.
// Knows of a renaming only what the model says.
#include "checker/engine/reducer.hpp"

#include <utility>

#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

std::vector<SlotIndex> moved_slots(const BoundModel& model, Renaming renaming) {
    const std::span<const Slot> slots = model.slots();
    std::vector<SlotIndex> targets;
    std::vector<bool> taken(slots.size());
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        const SlotIndex target = model.renamed_slot(renaming, static_cast<SlotIndex>(slot));
        const std::string what =
            "renaming " + std::to_string(renaming) + " moves slot '" + slots[slot].name + "' to slot ";
        if (target >= slots.size())
            throw ModelError(what + std::to_string(target) + ", which does not exist: the model has " +
                             std::to_string(slots.size()));
        if (taken[target])
            throw ModelError(what + "'" + slots[target].name + "', where it has moved another one to");
        if (slots[target].kind != slots[slot].kind || slots[target].capacity != slots[slot].capacity)
            throw ModelError(what + "'" + slots[target].name + "', which is of another kind or capacity");
        taken[target] = true;
        targets.push_back(target);
    }
    return targets;
}

std::string renamed_content(const BoundModel& model, Renaming renaming, SlotIndex slot, SlotIndex target,
                            std::string_view bytes) {
    std::string renamed = model.renamed_bytes(renaming, slot, bytes);
    if (const std::optional<std::string> fault = fault_in_content(model.slots()[target], renamed))
        throw ModelError("renaming " + std::to_string(renaming) + " of slot '" + model.slots()[slot].name +
                         "': channel '" + model.slots()[target].name + "' " + *fault);
    return renamed;
}

CandidateReducer::CandidateReducer(RecordSpace& records, RecordMaker& maker, unsigned worker,
                                   std::atomic<std::uint64_t>& meter)
    : records_(records), space_(records.space), maker_(maker), worker_(worker), meter_(meter) {
    const Layout& layout = space_.layout();
    leaves_.resize(layout.order.size());
    for (std::size_t node = 1; node < layout.nodes.size(); ++node)
        if (layout.nodes[node].is_leaf())
            leaves_[layout.nodes[node].begin] = static_cast<NodeIndex>(node);
    known_.renew(known_size);
    renamed_.resize(renamed_min);
}

Reducer::Representative CandidateReducer::canonical(State state) {
    Known& known = known_[mix(std::uint64_t{state.left} << 32 | state.right) & (known_size - 1)];
    if (known.used == 0 || known.state.left != state.left || known.state.right != state.right) {
        const State canonical = work_out(state);
        known = {.state = state, .canonical = {canonical, upper_half(space_.hash(canonical))}, .used = 1};
    }
    return known.canonical;
}

State CandidateReducer::work_out(State state) {
    std::vector<Id> ids(leaves_.size());
    space_.unfold(left_half, state.left, ids);
    space_.unfold(right_half, state.right, ids);
    std::vector<OpaqueSummary> row;
    for (std::size_t position = 0; position < ids.size(); ++position) {
        const Record& record = *maker_.record(leaves_[position], ids[position]);
        if (!record.judgable)
            return state; // it is an error as it stands
        row.push_back(record.summaries[0]);
    }
    std::vector<Renaming> candidates;
    records_.model.candidate_renamings(worker_, row.data(), row.data() + space_.layout().nodes[left_half].end,
                                       candidates);
    if (candidates.empty())
        return state;
    std::vector<Id> best(ids.size());
    std::vector<Id> other(ids.size());
    rename(candidates.front(), ids, best);
    for (const Renaming candidate : std::span(candidates).subspan(1)) {
        rename(candidate, ids, other);
        if (less(other, best))
            std::swap(best, other);
    }
    return space_.fold(best);
}

void CandidateReducer::rename(Renaming renaming, std::span<const Id> from, std::span<Id> to) {
    const std::uint64_t number = number_of(renaming);
    for (std::uint16_t position = 0; position < from.size(); ++position) {
        const std::uint16_t target = targets_[number * from.size() + position];
        const std::uint64_t key = number << 46 | std::uint64_t{position} << 32 | from[position];
        Renamed* place = &place_of(key);
        if (place->key != key) {
            const SlotIndex slot = space_.layout().order[position];
            const Id value = space_.intern_value(target, renamed_content(records_.model, renaming, slot,
                                                                         space_.layout().order[target],
                                                                         space_.value(position, from[position])));
            if (4 * ++renamed_count_ >= 3 * renamed_.size()) {
                make_room();
                place = &place_of(key);
            }
            *place = {.key = key, .value = value};
        }
        to[target] = place->value;
    }
}

std::uint32_t CandidateReducer::number_of(Renaming renaming) {
    if (const auto known = numbers_.find(renaming); known != numbers_.end())
        return known->second;
    if (numbers_.size() >= std::size_t{1} << number_bits) // begin anew
        forget_renamed();
    const std::vector<SlotIndex> moved = moved_slots(records_.model, renaming);
    const auto number = static_cast<std::uint32_t>(numbers_.size());
    numbers_.emplace(renaming, number);
    const Layout& layout = space_.layout();
    for (const SlotIndex slot : layout.order)
        targets_.push_back(layout.position_of[moved[slot]]);
    charge(layout.order.size() * sizeof(targets_[0]) + 64); // and what a node of the map takes
    return number;
}

// The value with this key, or the free place for it.
CandidateReducer::Renamed& CandidateReducer::place_of(std::uint64_t key) {
    const std::size_t mask = renamed_.size() - 1;
    std::size_t at = mix(key) & mask;
    while (renamed_[at].key != key && renamed_[at].key != no_key)
        at = (at + 1) & mask;
    return renamed_[at];
}

void CandidateReducer::make_room() {
    const std::vector<Renamed> before = std::exchange(renamed_, std::vector<Renamed>(2 * renamed_.size()));
    charge(before.size() * sizeof(Renamed));
    for (const Renamed& renamed : before)
        if (renamed.key != no_key)
            place_of(renamed.key) = renamed;
}

void CandidateReducer::charge(std::uint64_t bytes) {
    charged_ += bytes;
    meter_ += bytes;
}

bool CandidateReducer::less(std::span<const Id> a, std::span<const Id> b) const {
    for (std::uint16_t position = 0; position < a.size(); ++position) {
        if (a[position] == b[position])
            continue;
        const NodeIndex leaf = leaves_[position];
        const std::uint64_t hash_a = space_.hash(leaf, a[position]);
        const std::uint64_t hash_b = space_.hash(leaf, b[position]);
        return hash_a != hash_b ? hash_a < hash_b
                                : space_.value(position, a[position]) < space_.value(position, b[position]);
    }
    return false;
}

void CandidateReducer::forget() {
    known_.renew(known_size);
    forget_renamed();
}

void CandidateReducer::forget_renamed() {
    numbers_.clear();
    targets_.clear();
    renamed_.assign(renamed_min, {});
    renamed_.shrink_to_fit();
    renamed_count_ = 0;
    meter_ -= std::exchange(charged_, 0);
}

} // namespace mdcd::checker::engine
