// The plain interpreter: runs the same actors on ordinary containers, one event after the other, and searches
// breadth-first over whole states. It knows no slot, no step and no byte, and nothing of how the engine does it; what
// networks, crashes and timers mean is written here a second time. Short enough to be checked by reading.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "tests/differential/actors/plain_runs.hpp"
#include "tests/differential/actors/random_actors.hpp"

namespace mdcd::tests {

struct PlainState {
    struct Node {
        std::optional<RandomActor::State> up; // none: it is down
        RandomActor::Durable kept;            // of one that is down
        std::vector<std::uint8_t> timers;     // the one that was set first in front; sorted if that does not matter
        friend auto operator<=>(const Node&, const Node&) = default;
    };
    using Pair = std::pair<std::size_t, std::size_t>;
    std::vector<Node> nodes;
    std::map<Pair, std::vector<Word>> channels; // never empty ones; sorted if order does not matter
    std::set<Pair> cuts;                        // the smaller index first
    std::uint16_t crashes_left = 0;
    std::uint16_t cuts_left = 0;
    friend auto operator<=>(const PlainState&, const PlainState&) = default;
};

struct PlainResult {
    bool finished = false; // within the limit on states
    std::size_t states = 0;
    std::uint64_t transitions = 0;
    std::size_t depth = 0;
    std::size_t dead_ends = 0;
    std::size_t outside = 0;
    std::size_t orbits = 0;                // states that are not another one with actors that are alike in other places
    std::optional<std::size_t> not_common; // the distance of the nearest state of each kind
    std::optional<std::size_t> rare;
    std::optional<std::size_t> deadlock;
    PlainRuns runs;
};

[[nodiscard]] PlainResult interpret(const RandomSystem& system, bool with_boundary, std::size_t states_max);

} // namespace mdcd::tests
