// Finds the number of a state by its hash: open addressing, 4 bytes an entry, cut into shards by hash so that workers
// need no locks. An entry is a number and, in the bits that are left, a part of the hash, which spares most looks at
// states that are not the one. Knows nothing of how states are kept: who uses it compares them.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "checker/engine/page_array.hpp"

namespace mdcd::checker::engine {

using StateNumber = std::uint32_t;
inline constexpr std::uint64_t state_count_max = 0xffffffff;

class StateTable {
public:
    static constexpr std::size_t shard_count = 64;
    using Sizes = std::array<std::uint64_t, shard_count>;
    static std::size_t shard_of(std::uint32_t hash) { return hash >> 26; } // `hash`: the upper half of 64 bits

    // Of all shards, or of those from `first_shard` on only: then others hold the rest, and nothing of it comes here.
    explicit StateTable(std::size_t first_shard = 0, std::size_t end_shard = shard_count);

    // Entries for each shard.
    [[nodiscard]] std::uint64_t part() const { return part_; }
    [[nodiscard]] std::uint64_t capacity() const { return here_ * part_; }
    [[nodiscard]] std::uint64_t bytes() const { return (capacity() + moving_.capacity()) * sizeof(std::uint32_t); }
    // By how much more it is after grow().
    [[nodiscard]] std::uint64_t growth_bytes() const;

    // Whether a round with so many candidates in each shard fits, where there are `count` states. If not: grow() first.
    [[nodiscard]] bool fits(std::uint64_t count, std::span<const std::uint64_t, shard_count> candidates) const;

    // Makes it larger where it is. After that, next_wave() until there is none, and move() for each shard of a wave, by
    // any workers. `fetch(number)` fetches what `hash_of(number)` looks at; it gives the upper half of the hash.
    void grow();
    struct Wave { // shards, counted from the first that is here
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] Wave next_wave();
    template <class Fetch, class HashOf> void move(std::size_t shard, Fetch fetch, HashOf hash_of) {
        // Three stages, each some states ahead of the next: fetch the state, hash it, place it.
        struct Moving {
            std::uint32_t number;
            std::uint32_t hash;
        };
        constexpr std::size_t fetched = 32;
        constexpr std::size_t hashed = 16;
        std::array<Moving, fetched> moving{};
        std::uint32_t* const part = table_.data() + shard * part_;
        const auto hash = [&](Moving& each) { each.hash = hash_of(each.number); };
        const auto place = [&](const Moving& each) {
            std::size_t at = place_of(each.hash);
            while (part[at] != 0)
                at = at + 1 == part_ ? 0 : at + 1;
            part[at] = tag_of(each.hash) | (each.number + 1);
        };
        const std::uint32_t mask = number_mask(number_bits_before_);
        std::size_t found = 0;
        for (const std::uint32_t entry : take_part(shard)) {
            if (entry == 0)
                continue;
            if (found >= fetched)
                place(moving[found % fetched]);
            if (found >= hashed)
                hash(moving[(found - hashed) % fetched]);
            moving[found % fetched].number = (entry & mask) - 1;
            fetch((entry & mask) - 1);
            ++found;
        }
        for (std::size_t i = found - std::min(found, hashed); i < found; ++i)
            hash(moving[i % fetched]);
        for (std::size_t i = found - std::min(found, fetched); i < found; ++i)
            place(moving[i % fetched]);
    }

    // Looks up a round's candidates of one shard. `each(visit)` calls visit(candidate) for each of them in order; a
    // candidate has a `hash`. `fetch(number)` fetches what `equal(number, candidate)` looks at. A candidate that is not
    // there is entered under the number that `add(candidate, place)` returns; renumber() changes that afterwards.
    template <class Candidate, class Each, class Fetch, class Equal, class Add>
    void insert(std::size_t shard, Each each, Fetch fetch, Equal equal, Add add) {
        // Three stages, each some candidates ahead of the next: fetch the table's line; find the first entry that is
        // free or has the right tag, and fetch the state that it means; decide.
        constexpr std::size_t table_ahead = 44;
        constexpr std::size_t state_ahead = 16;
        struct Waiting {
            const Candidate* candidate;
            std::uint64_t at; // where its search goes on
        };
        std::array<Waiting, 64> waiting; // between the first stage and the third
        std::uint32_t* const part = part_of(shard);
        const std::uint32_t mask = number_mask(number_bits_);
        const auto next_place = [&](std::uint64_t at, std::uint32_t tag) {
            while (part[at] != 0 && (part[at] & ~mask) != tag)
                at = at + 1 == part_ ? 0 : at + 1;
            return at;
        };
        const auto look = [&](Waiting& one) {
            one.at = next_place(one.at, tag_of(one.candidate->hash));
            fetch((part[one.at] & mask) - 1);
        };
        const auto decide = [&](const Waiting& one) {
            const std::uint32_t tag = tag_of(one.candidate->hash);
            for (std::uint64_t at = one.at;; at = at + 1 == part_ ? 0 : at + 1) {
                at = next_place(at, tag); // what was free may have been taken since
                if (part[at] == 0) {
                    part[at] = tag | (add(*one.candidate, static_cast<std::uint32_t>(at)) + 1);
                    return;
                }
                if (equal((part[at] & mask) - 1, *one.candidate))
                    return;
            }
        };
        std::size_t fetched = 0;
        each([&](const Candidate& candidate) {
            const std::uint64_t at = place_of(candidate.hash);
            __builtin_prefetch(&part[at], 1);
            __builtin_prefetch(&part[at] + 16, 1); // where it is full, a search goes on in the next line
            if (fetched >= table_ahead)
                decide(waiting[(fetched - table_ahead) % waiting.size()]);
            waiting[fetched % waiting.size()] = {.candidate = &candidate, .at = at};
            if (fetched >= table_ahead - state_ahead)
                look(waiting[(fetched - (table_ahead - state_ahead)) % waiting.size()]);
            ++fetched;
        });
        for (std::size_t i = fetched - std::min(fetched, table_ahead - state_ahead); i < fetched; ++i)
            look(waiting[i % waiting.size()]);
        for (std::size_t i = fetched - std::min(fetched, table_ahead); i < fetched; ++i)
            decide(waiting[i % waiting.size()]);
    }
    void renumber(std::size_t shard, std::uint32_t place, std::uint32_t shift) { part_of(shard)[place] += shift; }
    // So many candidates of the shard were new.
    void count(std::size_t shard, std::uint64_t fresh) { entries_[shard] += fresh; }

    // The number for which `equal(number)` is true among those under this hash. Between rounds.
    template <class Equal> [[nodiscard]] std::optional<StateNumber> find(std::uint32_t hash, Equal equal) const {
        const std::uint32_t* const part = part_of(shard_of(hash));
        const std::uint32_t mask = number_mask(number_bits_);
        for (std::uint64_t at = place_of(hash); part[at] != 0; at = at + 1 == part_ ? 0 : at + 1)
            if (const StateNumber number = (part[at] & mask) - 1; (part[at] & ~mask) == tag_of(hash) && equal(number))
                return number;
        return {};
    }

    // For a resumed search: an empty table for `count` states whose shards have `part` entries; one shard may have more
    // than its share. False if no table is like that.
    [[nodiscard]] bool restore(std::uint64_t count, std::uint64_t part);
    // After restore(), by any workers.
    void enter(std::uint64_t number, std::uint32_t hash);

private:
    // Where a hash's search begins in its shard's part of the table, which its upper 6 bits choose.
    [[nodiscard]] std::size_t place_of(std::uint32_t hash) const {
        return (std::uint64_t{hash & 0x3ffffff} * part_) >> 26;
    }
    [[nodiscard]] std::uint32_t tag_of(std::uint32_t hash) const {
        return static_cast<std::uint32_t>(std::uint64_t{hash} << number_bits_);
    }
    static std::uint32_t number_mask(unsigned bits) {
        return static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
    }
    [[nodiscard]] std::uint32_t* part_of(std::size_t shard) const { return table_.data() + (shard - first_) * part_; }
    void set_part(std::uint64_t part);
    [[nodiscard]] std::span<const std::uint32_t> take_part(std::size_t shard);

    std::size_t first_; // shard that is here
    std::size_t here_;  // so many shards
    PageArray<std::uint32_t>
        table_;                 // 0: free; otherwise tag (upper bits of the entry, lower ones of the hash), number + 1
    std::uint64_t part_ = 0;    // entries for each shard
    unsigned number_bits_ = 32; // of an entry
    // While it grows: shards before `unmoved_` are where they were.
    std::uint64_t part_before_ = 0;
    unsigned number_bits_before_ = 32;
    std::size_t unmoved_ = 0;
    std::vector<std::uint32_t> moving_; // a part whose new place overlaps its old one
    alignas(64) Sizes entries_{};       // in use in each part
};

} // namespace mdcd::checker::engine
