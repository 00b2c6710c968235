// Renamings: of all states that are the same but for names, one stands for all. One reducer for each worker.
// It takes the model's word that this is sound; the path of every finding is checked by hand in original names.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "checker/engine/card.hpp"
#include "checker/engine/page_array.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

class Reducer {
public:
    Reducer(CardSpace& cards, CardMaker& maker, unsigned worker, std::atomic<std::uint64_t>& meter);
    ~Reducer() { forget(); }
    Reducer(const Reducer&) = delete;
    Reducer& operator=(const Reducer&) = delete;

    // The candidate that is smallest by content. The same for equal content, whatever the ids.
    [[nodiscard]] State canonical(State state);

    void forget();

private:
    struct Known { // what stands for `state`
        State state;
        State canonical;
        std::uint64_t used = 0; // 0: free
    };
    static constexpr std::size_t known_size = std::size_t{1} << 15; // a power of two

    [[nodiscard]] State work_out(State state);
    void rename(Renaming renaming, std::span<const Id> from, std::span<Id> to);
    [[nodiscard]] bool less(std::span<const Id> a, std::span<const Id> b) const;

    CardSpace& cards_;
    SlotSpace& space_;
    CardMaker& maker_;
    unsigned worker_;
    std::atomic<std::uint64_t>& meter_;
    std::vector<NodeIndex> leaves_; // by position
    PageArray<Known> known_;
    std::map<std::tuple<Renaming, std::uint16_t, Id>, Id> renamed_; // (renaming, position, value): value elsewhere
    std::uint64_t charged_ = 0;
};

} // namespace mdcd::checker::engine
