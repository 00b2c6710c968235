// A search that is under way, as a file: all values, tree nodes and states, where the search stands, and
// what it has found. Whatever can be worked out again is not in it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/expander.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/state_store.hpp"

namespace mdcd::checker::engine {

// Where a search stands between two rounds.
struct Standing {
    std::uint64_t initial_count = 0;
    std::uint64_t next = 0;
    std::uint64_t level_end = 0;
    std::uint64_t depth = 0;
    std::uint64_t firings = 0;
    std::uint64_t followed = 0;
    std::uint64_t dead_ends = 0;
    std::uint64_t outside = 0;
    std::uint64_t handler_calls = 0;
    double seconds = 0;
    std::vector<std::uint64_t> coverage; // by coverage point
    std::vector<Finding> findings;       // those that settled something, in order
};

// What a checkpoint must agree with, a line for each thing: the caller's identity, and the model's own shape.
[[nodiscard]] std::string search_identity(const BoundModel& model, const Layout& layout, const std::string& identity);

// Both throw CheckpointError.
void write_checkpoint(const std::string& path, const std::string& identity, const Standing& standing,
                      const SlotSpace& space, const StateStore& store);
// Fills `space` and `store`, which must be empty. The states must be entered after that. `look_at_clock` is called now
// and then, and may throw: then both are worth nothing.
[[nodiscard]] Standing read_checkpoint(const std::string& path, const std::string& identity, SlotSpace& space,
                                       StateStore& store, const std::function<void()>& look_at_clock);

} // namespace mdcd::checker::engine
