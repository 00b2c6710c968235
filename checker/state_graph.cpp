// Numbering states, and the way back from a state to the beginning. A state is looked up by the ids of its
// slots' values, which are exact: nothing is compared by hash alone.
#include "checker/state_graph.hpp"

#include <algorithm>
#include <cstring>

#include "checker/invariant.hpp"

namespace mdcd::checker {

std::span<const StateGraph::Edge> StateGraph::edges_of(StateNumber state) const {
    invariant(state < expanded(), "the edges of a state that was not expanded");
    return std::span(edges).subspan(first_edge[state], first_edge[state + 1] - first_edge[state]);
}

Path StateGraph::path_to(StateNumber state) const {
    Path path;
    for (; origins[state].parent != nowhere; state = origins[state].parent)
        path.firings.push_back(origins[state].firing);
    std::ranges::reverse(path.firings);
    path.initial = origins[state].initial;
    return path;
}

std::uint32_t StateNumbers::id_of(std::size_t slot, const std::string& bytes) {
    const auto [entry, is_new] = ids_[slot].try_emplace(bytes, static_cast<std::uint32_t>(values_[slot].size()));
    if (is_new) {
        values_[slot].push_back(&entry->first);
        bytes_ += 2 * sizeof(*entry) + bytes.size();
    }
    return entry->second;
}

std::pair<StateNumber, bool> StateNumbers::number_of(const GlobalState& state) {
    invariant(state.size() == ids_.size(), "a state to be numbered has another number of slots");
    std::string key;
    for (std::size_t slot = 0; slot < state.size(); ++slot) {
        const std::uint32_t id = id_of(slot, state[slot]);
        char bytes[sizeof id];
        std::memcpy(bytes, &id, sizeof id);
        key.append(bytes, sizeof id);
    }
    const auto [entry, is_new] = numbers_.try_emplace(key, static_cast<StateNumber>(keys_.size()));
    if (is_new) {
        invariant(keys_.size() < StateGraph::nowhere, "a graph of more than 2^32 - 1 states");
        keys_.push_back(&entry->first);
        bytes_ += 2 * sizeof(*entry) + key.size() + sizeof(StateGraph::Origin) + sizeof(PropertyBits);
    }
    return {entry->second, is_new};
}

GlobalState StateNumbers::state(StateNumber number) const {
    GlobalState state;
    const std::string& key = *keys_[number];
    for (std::size_t slot = 0; slot < values_.size(); ++slot) {
        std::uint32_t id = 0;
        std::memcpy(&id, key.data() + slot * sizeof id, sizeof id);
        state.push_back(*values_[slot][id]);
    }
    return state;
}

} // namespace mdcd::checker
