// A round's candidates, in blocks by whoever has expanded, and what becomes of them: the part that is the same for
// every store. Workers take whole shards of the table, and blocks are looked up one after the other, so that nothing
// depends on who did what. Knows neither states nor candidates.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/engine/state_space.hpp"
#include "checker/engine/state_table.hpp"

namespace mdcd::checker::engine {

// Store: insert(shard, lists), assign_numbers(first_parent), place(shard), fits(sizes), grow(), next_wave().
// Buffers: of_shard(shard), count_of_shard(shard), bytes(), clear().
template <class Store, class Buffers> class Rounds {
public:
    Rounds(Store& store, std::size_t blocks) : store_(store), blocks_(blocks) {}

    [[nodiscard]] std::size_t blocks_max() const { return blocks_.size(); }
    void begin(std::size_t blocks) { used_ = blocks; }
    [[nodiscard]] Buffers& block(std::size_t number) { return blocks_[number]; }

    // Of the round, when all have run. Before what follows.
    [[nodiscard]] std::uint64_t count() {
        sizes_.fill(0);
        for (std::size_t block = 0; block < used_; ++block)
            for (std::size_t shard = 0; shard < sizes_.size(); ++shard)
                sizes_[shard] += blocks_[block].count_of_shard(shard);
        count_ = 0;
        busy_count_ = 0;
        for (std::size_t shard = 0; shard < sizes_.size(); ++shard) {
            count_ += sizes_[shard];
            if (sizes_[shard] > 0)
                busy_[busy_count_++] = static_cast<std::uint8_t>(shard);
        }
        return count_;
    }
    [[nodiscard]] bool fits() const { return store_.fits(sizes_); }

    // `move(shard)` moves a shard of the store.
    template <class Move> [[nodiscard]] bool grow(const Together& together, StopWatch& watch, Move move) {
        store_.grow();
        for (StateTable::Wave wave = store_.next_wave(); wave.begin < wave.end; wave = store_.next_wave()) {
            std::atomic<std::size_t> next = wave.begin;
            together((wave.end - wave.begin) * store_.size() / StateTable::shard_count, [&](unsigned) {
                for (std::size_t shard = next++; shard < wave.end && !watch.time_to_stop(); shard = next++)
                    move(shard);
            });
            if (watch.reason() != nullptr)
                return false;
        }
        return true;
    }

    void insert(const Together& together) {
        using List = decltype(blocks_.front().of_shard(0));
        std::atomic<std::size_t> next = 0;
        together(count_, [&](unsigned) {
            std::vector<List> lists(used_);
            for (std::size_t at = next++; at < busy_count_; at = next++) {
                for (std::size_t block = 0; block < used_; ++block)
                    lists[block] = blocks_[block].of_shard(busy_[at]);
                store_.insert(busy_[at], lists);
            }
        });
    }

    // Candidates are no more after this.
    void number(std::uint64_t first_parent, const Together& together) {
        const std::uint64_t fresh = store_.assign_numbers(first_parent);
        std::atomic<std::size_t> next = 0;
        together(fresh, [&](unsigned) {
            for (std::size_t at = next++; at < busy_count_; at = next++)
                store_.place(busy_[at]);
        });
        for (std::size_t block = 0; block < used_; ++block)
            blocks_[block].clear();
    }

    [[nodiscard]] std::uint64_t bytes() const {
        std::uint64_t bytes = 0;
        for (const Buffers& block : blocks_)
            bytes += block.bytes();
        return bytes;
    }

private:
    Store& store_;
    std::vector<Buffers> blocks_;
    std::size_t used_ = 0;
    StateTable::Sizes sizes_{};                                // candidates, by shard
    std::uint64_t count_ = 0;                                  // of all
    std::array<std::uint8_t, StateTable::shard_count> busy_{}; // shards that have some
    std::size_t busy_count_ = 0;
};

} // namespace mdcd::checker::engine
