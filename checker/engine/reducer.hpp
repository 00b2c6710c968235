// Renamings: of all states that are the same but for names, one stands for all. One reducer for each worker.
// It takes the model's word that this is sound; the path of every finding is checked by hand in original names.
// Here: the interface, and renamings that may differ from state to state. Fixed ones: orbit_reducer.hpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checker/engine/page_array.hpp"
#include "checker/engine/record.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

class Reducer {
public:
    struct Representative {
        State state;
        std::uint32_t hash = 0; // the upper half
    };
    virtual ~Reducer() = default;

    // The candidate that is smallest by content. The same for equal content, whatever the ids.
    [[nodiscard]] virtual Representative canonical(State state) = 0;
    // Fetches what canonical() will look at.
    virtual void prefetch(State) const {}
    // Of what it holds for good.
    [[nodiscard]] virtual std::uint64_t fixed_bytes() const { return 0; }
    virtual void forget() = 0;
};

// Where a renaming moves the content of each slot, by slot. Throws ModelError that names the renaming and the slot
// unless that is a permutation of the slots that keeps kinds and capacities.
[[nodiscard]] std::vector<SlotIndex> moved_slots(const BoundModel& model, Renaming renaming);

// The renamed content of a slot. Throws ModelError if the slot that it moves to, `target`, cannot hold that.
[[nodiscard]] std::string renamed_content(const BoundModel& model, Renaming renaming, SlotIndex slot, SlotIndex target,
                                          std::string_view bytes);

class CandidateReducer final : public Reducer {
public:
    CandidateReducer(RecordSpace& records, RecordMaker& maker, unsigned worker, std::atomic<std::uint64_t>& meter);
    ~CandidateReducer() override { CandidateReducer::forget(); }
    CandidateReducer(const CandidateReducer&) = delete;
    CandidateReducer& operator=(const CandidateReducer&) = delete;

    [[nodiscard]] Representative canonical(State state) override;
    void forget() override;
    [[nodiscard]] std::uint64_t fixed_bytes() const override { return known_size * sizeof(Known); }

private:
    struct Known { // what stands for `state`
        State state;
        Representative canonical;
        std::uint64_t used = 0; // 0: free
    };
    static constexpr std::size_t known_size = std::size_t{1} << 15; // a power of two

    struct Renamed { // a value elsewhere
        std::uint64_t key = no_key;
        Id value = 0;
    };
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};
    static constexpr unsigned number_bits = 18; // of a renaming; then 14 bits of a position, 32 of a value
    static constexpr std::size_t renamed_min = std::size_t{1} << 12; // a power of two

    [[nodiscard]] State work_out(State state);
    [[nodiscard]] std::uint32_t number_of(Renaming renaming);
    [[nodiscard]] Renamed& place_of(std::uint64_t key);
    void make_room();
    void forget_renamed();
    void charge(std::uint64_t bytes);
    void rename(Renaming renaming, std::span<const Id> from, std::span<Id> to);
    [[nodiscard]] bool less(std::span<const Id> a, std::span<const Id> b) const;

    RecordSpace& records_;
    SlotSpace& space_;
    RecordMaker& maker_;
    unsigned worker_;
    std::atomic<std::uint64_t>& meter_;
    std::vector<NodeIndex> leaves_; // by position
    PageArray<Known> known_;
    std::unordered_map<Renaming, std::uint32_t> numbers_; // of the renamings met so far
    std::vector<std::uint16_t> targets_;                  // by number and position: where that slot's content goes
    std::vector<Renamed> renamed_;                        // open addressing by key
    std::size_t renamed_count_ = 0;
    std::uint64_t charged_ = 0;
};

} // namespace mdcd::checker::engine
