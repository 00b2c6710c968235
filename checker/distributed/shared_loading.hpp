// Taking up a checkpoint on any number of ranks: rank 0 reads the file, of one process or of several ranks
// (shared_saving.hpp), and gives each rank the states that it owns.
// Knows no property.
#pragma once

#include <cstdint>
#include <string>

#include "checker/distributed/numbering.hpp"
#include "checker/distributed/round_report.hpp"
#include "checker/distributed/world.hpp"
#include "checker/engine/checkpoint.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/state_store.hpp"
#include "checker/engine/stop_watch.hpp"

namespace mdcd::checker::distributed {

struct Saved {
    engine::Standing standing;
    std::uint64_t states = 0;              // on all ranks together
    std::uint64_t complete_levels_end = 0; // all that the states before this one lead to is there
    Stop stop = Stop::none;                // there was no time or room for all: what has come is worth nothing
};

// What a rank fills, all empty before.
struct RankStates {
    engine::SlotSpace& space;
    engine::StateStore& store;
    Numbering& numbering;
    ShardRange shards;
};

// On all ranks; returns the same on all. The states are to be entered in the store's table afterwards. Rank 0 alone
// throws CheckpointError for what is wrong with the file.
[[nodiscard]] Saved load_shared(const std::string& path, const std::string& identity, RankStates mine, World& world,
                                engine::StopWatch& watch);

} // namespace mdcd::checker::distributed
