// Values are renamed once for each renaming and slot; states are compared slot by slot, by content hash first.
// Knows of a renaming only what the model says.
#include "checker/engine/reducer.hpp"

#include <utility>

#include "checker/engine/content_hash.hpp"

namespace mdcd::checker::engine {

CandidateReducer::CandidateReducer(CardSpace& cards, CardMaker& maker, unsigned worker,
                                   std::atomic<std::uint64_t>& meter)
    : cards_(cards), space_(cards.space), maker_(maker), worker_(worker), meter_(meter) {
    const Layout& layout = space_.layout();
    leaves_.resize(layout.order.size());
    for (std::size_t node = 1; node < layout.nodes.size(); ++node)
        if (layout.nodes[node].is_leaf())
            leaves_[layout.nodes[node].begin] = static_cast<NodeIndex>(node);
    known_.renew(known_size);
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
        const Card& card = *maker_.card(leaves_[position], ids[position]);
        if (!card.judgable)
            return state; // it is an error as it stands
        row.push_back(card.summaries[0]);
    }
    std::vector<Renaming> candidates;
    cards_.model.candidate_renamings(worker_, row.data(), row.data() + space_.layout().nodes[left_half].end,
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
    const Layout& layout = space_.layout();
    for (std::uint16_t position = 0; position < from.size(); ++position) {
        const SlotIndex slot = layout.order[position];
        const std::uint16_t target = layout.position_of[cards_.model.renamed_slot(renaming, slot)];
        const auto [place, fresh] = renamed_.try_emplace({renaming, position, from[position]});
        if (fresh) {
            place->second = space_.intern_value(
                target, cards_.model.renamed_bytes(renaming, slot, space_.value(position, from[position])));
            constexpr std::uint64_t bytes = sizeof(*place) + 40; // and what a map's node takes
            charged_ += bytes;
            meter_ += bytes;
        }
        to[target] = place->second;
    }
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
    renamed_.clear();
    known_.renew(known_size);
    meter_ -= std::exchange(charged_, 0);
}

} // namespace mdcd::checker::engine
