// Renamings that are the same in every state. The hash of each half of a renamed state is the exclusive or of what the
// halves add to it, so the smallest one is found from a short list for each half; only the winner is built, from parts
// of the renamed halves that are remembered too. Knows of a renaming only what the model says.
#pragma once

#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
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

    // The renamed state whose left half has the smallest hash, then its right half, then the smallest content. The left
    // half first: so that the representatives have few left halves, and much is known of each.
    [[nodiscard]] Representative canonical(State state) override;
    void prefetch(State state) const override {
        for (const auto& [node, id] : {std::pair(left_half, state.left), std::pair(right_half, state.right)})
            if (std::byte** const half = halves_[node - left_half].find(id); half != nullptr)
                __builtin_prefetch(*half);
    }
    void forget() override;
    [[nodiscard]] std::uint64_t fixed_bytes() const override { return fixed_bytes_; }

private:
    // What a half becomes under one renaming: one part in each half of the renamed state, interned, from 1 on.
    struct Parts {
        Id left = 0; // 0: not worked out
        Id right = 0;
    };
    struct Share { // what a half adds to the hashes of the halves of the renamed state
        std::uint64_t left = 0;
        std::uint64_t right = 0;
        friend auto operator<=>(const Share&, const Share&) = default;
        friend Share operator^(Share a, Share b) { return {a.left ^ b.left, a.right ^ b.right}; }
    };
    struct Renamed { // a slot's value elsewhere
        std::uint64_t hash = 0;
        Id value = 0; // plus 1; 0: not worked out
    };

    // What is known of a half: its shares under every renaming, then its parts under every renaming.
    [[nodiscard]] std::byte* half(NodeIndex node, Id id) {
        std::byte** const known = halves_[node - left_half].find(id);
        return known != nullptr && *known != nullptr ? *known : make_half(node, id);
    }
    std::byte* make_half(NodeIndex node, Id id);
    [[nodiscard]] static const Share* shares_of(const std::byte* half) { return reinterpret_cast<const Share*>(half); }
    [[nodiscard]] Parts* parts_of(std::byte* half) const {
        return reinterpret_cast<Parts*>(half + renamings_.size() * sizeof(Share));
    }
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
    void charge(std::uint64_t bytes) {
        meter_ += bytes;
        charged_ += bytes;
    }

    std::atomic<std::uint64_t>& meter_;
    std::uint64_t charged_ = 0;
    std::uint64_t fixed_bytes_ = 0;
    Arena arena_;
    std::array<SegmentedArray<std::byte*>, 2> halves_;              // by id
    std::vector<std::unique_ptr<SegmentedArray<Renamed>>> renamed_; // by renaming and position, then by value
    ValueTable parts_;
    std::array<MoveTable, 2> joined_; // (part of the left half, part of the right half) to a half
    std::vector<Id> ids_;             // scratch, by position
    std::vector<Id> renamed_ids_;     // scratch, by position after renaming
    std::vector<Id> words_;           // scratch
};

} // namespace mdcd::checker::engine
