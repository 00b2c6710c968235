// What a rank tells the others at the end of a round, and what all of them make of it together.
// Knows no transport.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/engine/state_store.hpp"
#include "checker/engine/tally.hpp"

namespace mdcd::checker::distributed {

// What ends the search of all ranks once it happens on one.
enum class Stop : std::uint8_t { none, seconds, interrupted, memory, out_of_memory, capacity };

// As in Report::limit.
[[nodiscard]] const char* name_of(Stop stop);
// Of StopWatch::reason().
[[nodiscard]] Stop stop_for(const char* reason);

// A whole sentence on what is wrong with the model, and the state in which it was seen, by its number among all.
struct Complaint {
    static constexpr std::uint64_t nowhere = ~std::uint64_t{0};
    std::uint64_t state = nowhere;
    std::string reason;
};

using ShardCounts = std::array<std::uint64_t, engine::StateStore::shard_count>;

struct RoundReport {
    Stop stop = Stop::none;  // the round has to be undone
    Stop limit = Stop::none; // no round may follow
    bool save = false;       // rank 0 says that a checkpoint is due
    bool cut = false;        // there was no time to judge all states
    std::uint64_t firings = 0;
    std::uint64_t followed = 0;
    std::uint64_t dead_ends = 0;
    std::uint64_t outside = 0;
    std::uint64_t store_bytes = 0;
    std::uint64_t held_bytes = 0;
    ShardCounts fresh{};                   // how many new states
    std::vector<engine::Finding> findings; // their states by numbers among all
    std::string nondeterminism;            // of a handler; empty: none was seen
    std::optional<Complaint> complaint;
};

// `shards`: those that the rank has; the others have no new states there.
struct ShardRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};
[[nodiscard]] ShardRange shards_of(unsigned rank, unsigned ranks);
[[nodiscard]] unsigned owner_of(std::size_t shard, unsigned ranks);

[[nodiscard]] std::string to_bytes(const RoundReport& report, ShardRange shards);
// Sums, findings in the order of states; of reasons and sentences those of the lowest rank, of complaints that of the
// first state. What one rank sent is taken from reports[rank].
[[nodiscard]] RoundReport all_together(std::span<const std::string> reports);

} // namespace mdcd::checker::distributed
