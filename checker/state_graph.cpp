// Numbering states, and the way back from a state to the beginning. A state is looked up by the ids of its
// halves, which are exact: nothing is compared by hash alone.
#include "checker/state_graph.hpp"

#include <algorithm>

#include "checker/engine/table_hash.hpp"
#include "checker/invariant.hpp"

namespace mdcd::checker {

std::span<const StateGraph::Edge> StateGraph::edges_of(StateNumber state) const {
    invariant(state < expanded(), "the edges of a state that was not expanded");
    return std::span(edges).subspan(first_edge[state], first_edge[state + 1] - first_edge[state]);
}

Path StateGraph::path_to(StateNumber state) const {
    Path path;
    for (; origins[state].parent != nowhere; state = origins[state].parent)
        path.firings.push_back(firings[origins[state].label]);
    std::ranges::reverse(path.firings);
    path.initial = origins[state].label;
    return path;
}

StateNumbers::StateNumbers() : table_(std::size_t{1} << 12) {}

std::size_t StateNumbers::home_of(engine::State state) const {
    return engine::mix(std::uint64_t{state.left} << 32 | state.right) & (table_.size() - 1);
}

std::pair<StateNumber, bool> StateNumbers::number_of(engine::State state) {
    std::size_t at = home_of(state);
    for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
        const engine::State& known = states_[table_[at] - 1];
        if (known.left == state.left && known.right == state.right)
            return {table_[at] - 1, false};
    }
    invariant(states_.size() + 1 < StateGraph::nowhere, "a graph of fewer than 2^32 - 2 states");
    states_.push_back(state);
    table_[at] = static_cast<StateNumber>(states_.size());
    if (states_.size() * 4 > table_.size() * 3)
        grow();
    return {static_cast<StateNumber>(states_.size() - 1), true};
}

void StateNumbers::grow() {
    table_ = std::vector<StateNumber>(2 * table_.size());
    for (StateNumber number = 0; number < states_.size(); ++number) {
        std::size_t at = home_of(states_[number]);
        while (table_[at] != 0)
            at = (at + 1) & (table_.size() - 1);
        table_[at] = number + 1;
    }
}

std::uint64_t StateNumbers::bytes() const {
    return states_.capacity() * sizeof(engine::State) + table_.size() * sizeof(StateNumber);
}

} // namespace mdcd::checker
