// The candidates that one block of states leads to, sorted into the store's shards as they come.
// Knows no model and no table.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "checker/engine/state_store.hpp"

namespace mdcd::checker::engine {

class CandidateBuffers {
public:
    // `known`: it is in the store or was added before in this round, so that it only counts. No branch, since nobody
    // can foretell it.
    void add(const Candidate& candidate, bool known = false) {
        Buffer& buffer = buffers_[StateStore::shard_of(candidate.hash)];
        if (buffer.next == buffer.end)
            grow(buffer);
        *buffer.next = candidate;
        buffer.next += known ? 0 : 1;
        buffer.skipped += known ? 1 : 0;
    }

    [[nodiscard]] std::span<const Candidate> of_shard(std::size_t shard) const {
        return {buffers_[shard].items.get(), buffers_[shard].next};
    }
    // How many there were, the skipped ones included: the same for any number of workers.
    [[nodiscard]] std::uint64_t count_of_shard(std::size_t shard) const {
        return of_shard(shard).size() + buffers_[shard].skipped;
    }

    [[nodiscard]] std::uint64_t bytes() const {
        std::uint64_t bytes = 0;
        for (const Buffer& buffer : buffers_)
            bytes += static_cast<std::uint64_t>(buffer.end - buffer.items.get()) * sizeof(Candidate);
        return bytes;
    }

    void clear() {
        for (Buffer& buffer : buffers_) {
            buffer.next = buffer.items.get();
            buffer.skipped = 0;
        }
    }

private:
    struct Buffer {
        Candidate* next = nullptr;
        Candidate* end = nullptr;
        std::unique_ptr<Candidate[]> items;
        std::uint64_t skipped = 0;
    };

    static void grow(Buffer& buffer) {
        const auto size = static_cast<std::size_t>(buffer.end - buffer.items.get());
        const std::size_t larger = std::max<std::size_t>(64, 2 * size);
        auto items = std::make_unique_for_overwrite<Candidate[]>(larger);
        std::copy_n(buffer.items.get(), size, items.get());
        buffer.items = std::move(items);
        buffer.next = buffer.items.get() + size;
        buffer.end = buffer.items.get() + larger;
    }

    std::array<Buffer, StateStore::shard_count> buffers_;
};

} // namespace mdcd::checker::engine
