// A checkpoint of several ranks: the file of one process, with all states in the order of their numbers, which rank 0
// writes alone. So any number of ranks goes on from it (shared_loading.hpp), one process included, and only rank 0
// needs the folder. States go to rank 0 in stretches; nobody holds them twice. Knows no property.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/distributed/halves.hpp"
#include "checker/distributed/numbering.hpp"
#include "checker/distributed/world.hpp"
#include "checker/engine/checkpoint.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/state_store.hpp"

namespace mdcd::checker::distributed {

class SharedSaving {
public:
    // All of this rank.
    SharedSaving(engine::SlotSpace& space, const engine::StateStore& store, const Numbering& numbering, World& world)
        : space_(space), store_(store), numbering_(numbering), world_(world), sender_(space),
          receivers_(world.rank() == 0 ? world.size() : 0, HalfReceiver(space)) {}

    // On all ranks, between rounds: the first `states` states. Rank 0 says what is written; `standing.position.next` is
    // the same on all. Returns the same on all: why there is no new checkpoint, or nothing.
    [[nodiscard]] std::string save(const std::string& path, const std::string& identity,
                                   const engine::Standing& standing, std::uint64_t states);

    [[nodiscard]] std::uint64_t bytes() const;

private:
    enum class Pass { halves, states, parents, labels };
    struct Stretch;

    [[nodiscard]] bool leads() const { return world_.rank() == 0; }
    template <class Action> void attempt(Action action);
    void write_all(const std::string& path, const std::string& identity, const engine::Standing& standing,
                   std::uint64_t states);
    [[nodiscard]] bool collect(Pass pass, std::uint64_t begin, std::uint64_t end, engine::CheckedWriter* file);
    [[nodiscard]] std::string pack(Pass pass, std::uint64_t begin, std::uint64_t end);
    void unpack(Pass pass, Stretch& stretch, const std::vector<std::string>& received);

    engine::SlotSpace& space_;
    const engine::StateStore& store_;
    const Numbering& numbering_;
    World& world_;
    HalfSender sender_;                   // to rank 0
    std::vector<HalfReceiver> receivers_; // of rank 0
    std::uint64_t told_ = 0;              // rank 0 knows the halves of the states before this one
    std::string failure_;                 // of rank 0, for this checkpoint
    std::string for_good_;                // a rank had no memory for it: what it sent or got is not complete
};

} // namespace mdcd::checker::distributed
