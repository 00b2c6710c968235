// Byte strings, each stored once and named by a small number. Which content gets which number depends
// on the order of arrival, so that numbers must never reach an output.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "checker/engine/segmented_array.hpp"
#include "checker/engine/state.hpp"
#include "checker/engine/striped_index.hpp"

namespace mdcd::checker::engine {

class ValueTable {
public:
    // Tables with different seeds hash the same bytes differently. `meter` is told of memory taken, in bytes.
    ValueTable(std::uint64_t seed, std::atomic<std::uint64_t>& meter) : seed_(seed), meter_(meter) {}

    // Safe to call from several threads. Throws std::bad_alloc, also when there are no numbers left.
    Id intern(std::string_view bytes);

    // Both for ids that intern() gave. The view stays valid until clear(), and starts at an 8-byte boundary.
    [[nodiscard]] std::string_view bytes(Id id) const { return {entries_[id].data, entries_[id].length}; }
    [[nodiscard]] std::uint64_t hash(Id id) const { return entries_[id].hash; }

    [[nodiscard]] std::uint32_t size() const { return size_.load(std::memory_order_relaxed); }

    // Nobody may be looking.
    void clear();

private:
    struct Entry {
        const char* data;
        std::uint64_t hash;
        std::uint32_t length;
    };
    struct Arena { // of one stripe, under its lock
        std::vector<std::unique_ptr<char[]>> chunks;
        char* free = nullptr;
        std::size_t left = 0;
    };

    Id add(std::string_view bytes, std::uint64_t hash);
    const char* keep(Arena& arena, std::string_view bytes);
    void charge(std::uint64_t bytes);

    std::uint64_t seed_;
    std::atomic<std::uint64_t>& meter_;
    std::atomic<std::uint64_t> charged_ = 0;
    std::atomic<std::uint32_t> size_ = 0;
    SegmentedArray<Entry> entries_;
    StripedIndex index_;
    std::array<Arena, StripedIndex::stripe_count> arenas_;
};

} // namespace mdcd::checker::engine
