// The door to a distributed search: as engine/explore.hpp, on all ranks of a world together. Any model of the engine.
// Knows no transport.
#pragma once

#include <stdexcept>

#include "checker/distributed/world.hpp"
#include "checker/engine/bound_model.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::distributed {

// What a distributed search does not do.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// As many as the engine's store has shards.
inline constexpr unsigned ranks_max = 64;

// Every rank calls it with the same model and options, but for what only one rank is told (progress, `decided`, and the
// folder of checkpoints, which nobody else needs: rank 0). All return the same report: that of one process, but for
// effort (calls, bytes: sums over the ranks) and time; a limit on memory is one for each rank. A checkpoint is that of
// one process: any number of ranks goes on from it. Throws Refused; LostRank if a rank is gone, or has another model;
// and, of checkpoints, what a search of one process throws.
[[nodiscard]] Report explore(engine::BoundModel& model, const SearchOptions& options, World& world);

// As long as it lives, all searches of this process are distributed.
class Distributed {
public:
    explicit Distributed(World& world);
    ~Distributed();
    Distributed(const Distributed&) = delete;
    Distributed& operator=(const Distributed&) = delete;
};

// Null: they are not.
[[nodiscard]] World* world_of_searches();

} // namespace mdcd::checker::distributed
