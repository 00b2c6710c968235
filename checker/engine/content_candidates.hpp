// The states that one block of states leads to, as bytes, sorted into the table's shards as they come.
// Knows no model and no table.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "checker/engine/short_bytes.hpp"
#include "checker/engine/state_table.hpp"

namespace mdcd::checker::engine {

// A state that may be new; its bytes lie after it, and the next one after these, at a multiple of 4.
struct ContentCandidate {
    std::uint32_t hash = 0;   // the upper half of the 64-bit hash
    std::uint32_t parent = 0; // counted from the first of the round
    std::uint32_t length = 0;
    [[nodiscard]] std::string_view bytes() const { return {reinterpret_cast<const char*>(this + 1), length}; }
    [[nodiscard]] std::size_t words() const { return words_for(length); }
    [[nodiscard]] static std::size_t words_for(std::size_t length) { return 3 + (length + 3) / 4; }
};
static_assert(sizeof(ContentCandidate) == 3 * sizeof(std::uint32_t));

class ContentCandidates {
public:
    // Returns its place in the buffer of its shard.
    std::size_t add(std::uint32_t hash, std::uint64_t parent, std::string_view bytes) {
        Buffer& buffer = buffers_[StateTable::shard_of(hash)];
        const std::size_t words = ContentCandidate::words_for(bytes.size());
        if (words > buffer.size - buffer.used)
            grow(buffer, words);
        auto* const place =
            new (buffer.words.get() + buffer.used) ContentCandidate{.hash = hash,
                                                                    .parent = static_cast<std::uint32_t>(parent),
                                                                    .length = static_cast<std::uint32_t>(bytes.size())};
        copy_bytes(reinterpret_cast<char*>(place + 1), bytes);
        const std::size_t at = buffer.used;
        buffer.used += words;
        ++buffer.count;
        return at;
    }
    // It only counts: one with the same bytes was added before.
    void add_known(std::uint32_t hash) { ++buffers_[StateTable::shard_of(hash)].count; }
    // The bytes of the candidate with this hash that is at this place.
    [[nodiscard]] std::string_view bytes_at(std::uint32_t hash, std::size_t place) const {
        const std::uint32_t* const words = buffers_[StateTable::shard_of(hash)].words.get();
        return reinterpret_cast<const ContentCandidate*>(words + place)->bytes();
    }

    class List {
    public:
        List() = default;
        List(const std::uint32_t* begin, const std::uint32_t* end) : begin_(begin), end_(end) {}
        template <class Visit> void each(Visit visit) const {
            for (const std::uint32_t* at = begin_; at != end_;) {
                const auto& candidate = *reinterpret_cast<const ContentCandidate*>(at);
                at += candidate.words();
                visit(candidate);
            }
        }

    private:
        const std::uint32_t* begin_ = nullptr;
        const std::uint32_t* end_ = nullptr;
    };
    // Valid until clear().
    [[nodiscard]] List of_shard(std::size_t shard) const {
        const Buffer& buffer = buffers_[shard];
        return {buffer.words.get(), buffer.words.get() + buffer.used};
    }
    // How many there were, those that were known included: the same for any number of workers.
    [[nodiscard]] std::uint64_t count_of_shard(std::size_t shard) const { return buffers_[shard].count; }

    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

    void clear() {
        for (Buffer& buffer : buffers_) {
            buffer.used = 0;
            buffer.count = 0;
        }
    }

private:
    struct Buffer {
        std::unique_ptr<std::uint32_t[]> words;
        std::size_t size = 0;
        std::size_t used = 0;
        std::uint64_t count = 0;
    };

    void grow(Buffer& buffer, std::size_t words) {
        const std::size_t larger = std::max({std::size_t{64}, buffer.size + buffer.size / 2, buffer.used + words});
        auto moved = std::make_unique_for_overwrite<std::uint32_t[]>(larger);
        std::copy_n(buffer.words.get(), buffer.used, moved.get());
        bytes_ += (larger - buffer.size) * sizeof(std::uint32_t);
        buffer.words = std::move(moved);
        buffer.size = larger;
    }

    std::array<Buffer, StateTable::shard_count> buffers_;
    std::uint64_t bytes_ = 0;
};

} // namespace mdcd::checker::engine
