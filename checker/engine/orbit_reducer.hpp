// Renamings that are the same in every state. The hash of a renamed state is the exclusive or of what its halves add
// to it, so the smallest one is found from a short list for each half; only the winner is built, from parts of the
// renamed halves that are remembered too. Knows of a renaming only what the model says.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/engine/arena.hpp"
#include "checker/engine/bound_model.hpp"
#include "checker/engine/move_table.hpp"
#include "checker/engine/reducer.hpp"
#include "checker/engine/segmented_array.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

class OrbitReducer final : public Reducer {
public:
    // `renamings`: as in OffersFixedRenamings.
    OrbitReducer(const BoundModel& model, SlotSpace& space, std::vector<Renaming> renamings,
                 std::atomic<std::uint64_t>& meter);

    // The renamed state with the smallest hash of its content; among equal hashes the one with the smallest content.
    [[nodiscard]] Representative canonical(State state) override;
    void forget() override;

private:
    // What a half becomes under one renaming: one part in each half of the renamed state, interned, from 1 on.
    struct Parts {
        Id left = 0; // 0: not worked out
        Id right = 0;
    };
    struct Half { // of a state, under every renaming
        const std::uint64_t* hashes = nullptr;
        Parts* parts = nullptr;
    };
    struct Renamed { // a slot's value elsewhere
        std::uint64_t hash = 0;
        Id value = 0; // plus 1; 0: not worked out
    };

    [[nodiscard]] const Half& half(NodeIndex node, Id id) {
        const Half* const known = halves_[node - left_half].find(id);
        return known != nullptr && known->hashes != nullptr ? *known : make_half(node, id);
    }
    const Half& make_half(NodeIndex node, Id id);
    [[nodiscard]] const Renamed& renamed(std::size_t renaming, std::uint16_t position, Id value);
    [[nodiscard]] Parts parts(NodeIndex node, Id id, std::size_t renaming);
    [[nodiscard]] Id intern_part(std::size_t renaming, NodeIndex from, NodeIndex to);
    [[nodiscard]] Id join(NodeIndex node, Id from_left, Id from_right);
    [[nodiscard]] State rename(State state, std::size_t renaming);
    [[nodiscard]] bool less(State a, State b) const;

    const BoundModel& model_;
    SlotSpace& space_;
    std::vector<Renaming> renamings_;
    std::vector<std::uint16_t> targets_; // by renaming and position: where that slot's content goes
    std::atomic<std::uint64_t>& meter_;
    Arena arena_;
    std::array<SegmentedArray<Half>, 2> halves_;                    // by id
    std::vector<std::unique_ptr<SegmentedArray<Renamed>>> renamed_; // by renaming and position, then by value
    ValueTable parts_;
    std::array<MoveTable, 2> joined_; // (part of the left half, part of the right half) to a half
    std::vector<Id> ids_;             // scratch, by position
    std::vector<Id> renamed_ids_;     // scratch, by position after renaming
    std::vector<Id> words_;           // scratch
};

} // namespace mdcd::checker::engine
