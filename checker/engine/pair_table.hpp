// Pairs of ids, each stored once and named by an id of its own: the inner nodes of the tree that a state
// is folded into (as in LTSmin's tree compression: Laarman, van de Pol, Weber, SPIN 2011). Knows no slots.
#pragma once

#include <atomic>
#include <cstdint>

#include "checker/engine/segmented_array.hpp"
#include "checker/engine/striped_index.hpp"
#include "checker/engine/value_table.hpp"

namespace mdcd::checker::engine {

struct IdPair {
    Id left = 0;
    Id right = 0;
    friend bool operator==(const IdPair&, const IdPair&) = default;
};

class PairTable {
public:
    explicit PairTable(std::atomic<std::uint64_t>& meter) : meter_(meter) {}

    // `hash` is that of the content both ids stand for. Safe to call from several threads.
    // Throws std::bad_alloc, also when there are no numbers left.
    Id intern(IdPair pair, std::uint64_t hash);

    [[nodiscard]] IdPair pair(Id id) const { return pairs_[id]; }
    [[nodiscard]] std::uint64_t hash(Id id) const { return hashes_[id]; }
    [[nodiscard]] std::uint32_t size() const { return size_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t>& meter_;
    std::atomic<std::uint32_t> size_ = 0;
    SegmentedArray<IdPair> pairs_;
    SegmentedArray<std::uint64_t> hashes_;
    StripedIndex index_;
};

} // namespace mdcd::checker::engine
