// What effects make of halves of a state, remembered for all workers: (id, effect) to the id that comes of it.
// Without locks: an entry is written once and stays as it is until the table is tended, when nobody looks.
// Knows nothing of what ids and effects stand for.
#pragma once

#include <atomic>
#include <cstdint>

#include "checker/engine/page_array.hpp"
#include "checker/engine/value_table.hpp"

namespace mdcd::checker::engine {

class MoveTable {
public:
    struct Move {
        Id next = 0;            // no_id: there is no room for what is sent
        std::uint32_t hash = 0; // the upper half of that of `next`
    };

    // `meter` is told of memory taken, in bytes.
    explicit MoveTable(std::atomic<std::uint64_t>& meter);
    ~MoveTable() { meter_ -= bytes(); }
    MoveTable(const MoveTable&) = delete;
    MoveTable& operator=(const MoveTable&) = delete;

    void prefetch(Id id, Id effect) const { __builtin_prefetch(&words_[2 * home_of(key_of(id, effect))]); }

    // `effect` is not the empty one. True if it is known.
    [[nodiscard]] bool find(Id id, Id effect, Move& move) const {
        const std::uint64_t key = key_of(id, effect);
        std::uint64_t at = home_of(key);
        for (unsigned probe = 0; probe < probes_max; ++probe, at = (at + 1) & (size_ - 1)) {
            const std::uint64_t found = std::atomic_ref(words_[2 * at]).load(std::memory_order_acquire);
            if (found == key) {
                const std::uint64_t word = std::atomic_ref(words_[2 * at + 1]).load(std::memory_order_relaxed);
                move = {.next = static_cast<Id>(word >> 32), .hash = static_cast<std::uint32_t>(word)};
                return true;
            }
            if (found == 0)
                return false;
        }
        return false;
    }

    // Remembers it, if there is a place near its home.
    void add(Id id, Id effect, Move move);

    // Grows if it is half full; begins anew if it is as large as it may get and too much finds no place.
    // Nobody may be looking.
    void tend();
    void forget();

private:
    static constexpr unsigned probes_max = 8;
    static constexpr std::uint64_t size_min = std::uint64_t{1} << 9; // powers of two
    static constexpr std::uint64_t size_max = std::uint64_t{1} << 21;
    static constexpr std::uint64_t busy = ~std::uint64_t{0}; // the key of an entry that is being written

    static std::uint64_t key_of(Id id, Id effect) { return std::uint64_t{id} << 32 | effect; }
    [[nodiscard]] std::uint64_t home_of(std::uint64_t key) const {
        const std::uint64_t spread = key * 0x9e3779b97f4a7c15U;
        return (spread ^ spread >> 32) & (size_ - 1);
    }
    [[nodiscard]] std::uint64_t bytes() const { return 2 * size_ * sizeof(std::uint64_t); }
    void renew(std::uint64_t size);

    std::atomic<std::uint64_t>& meter_;
    PageArray<std::uint64_t> words_; // for each entry its key (0: free), then next and hash
    std::uint64_t size_ = 0;         // entries
    std::atomic<std::uint64_t> added_ = 0;
    std::atomic<std::uint64_t> refused_ = 0; // found no place
};

} // namespace mdcd::checker::engine
