// The visited set, exact: every state as one 64-bit word (two ids), its parent, and a table that finds it.
// 12 bytes a state, one more until it is expanded, and 4 bytes a table entry. States are numbered densely in a
// deterministic order: rounds one after the other, within a round shard by shard, within a shard as the candidates
// come. Knows nothing of what the ids stand for.

// One round: candidates, sorted into shards by hash, are inserted shard by shard, any number of workers
// each taking whole shards; then assign_numbers() by one; then place() shard by shard again. So neither
// locks nor atomics are needed, and the numbering does not depend on the number of workers.
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
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

using StateNumber = std::uint32_t;
inline constexpr std::uint64_t state_count_max = 0xffffffff;

// Where a state comes from: its parent, counted from the first of the round, and its label (sleep.hpp).
class Origin {
public:
    static constexpr std::uint64_t parent_max = 0xffffff;

    Origin() = default;
    constexpr Origin(std::uint64_t parent, std::uint8_t label)
        : packed_(static_cast<std::uint32_t>(parent << 8) | label) {}
    [[nodiscard]] constexpr std::uint32_t parent() const { return packed_ >> 8; }
    [[nodiscard]] constexpr std::uint8_t label() const { return static_cast<std::uint8_t>(packed_); }

private:
    std::uint32_t packed_ = 0;
};

// A state that may be new.
struct Candidate {
    State state;
    Origin origin;
    std::uint32_t hash = 0; // the upper half of the 64-bit hash
};

class StateStore {
public:
    static constexpr std::size_t shard_count = 64;
    static std::size_t shard_of(std::uint32_t hash) { return hash >> 26; }

    // Of all shards, or of those from `first_shard` on only: then others hold the rest, and nothing of it comes here.
    explicit StateStore(std::size_t first_shard = 0, std::size_t end_shard = shard_count);

    [[nodiscard]] std::uint64_t size() const { return count_; }
    [[nodiscard]] State state(std::uint64_t number) const { return states_[number]; }
    [[nodiscard]] StateNumber parent(std::uint64_t number) const { return parents_[number]; }
    // 0 if forget_labels() has let it go.
    [[nodiscard]] std::uint8_t label(std::uint64_t number) const {
        return number < labels_begin_ ? std::uint8_t{0} : labels_[number - labels_begin_];
    }
    [[nodiscard]] std::span<const std::uint8_t> labels_from(std::uint64_t number) const {
        return std::span(labels_).subspan(number - labels_begin_);
    }
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] double load() const;

    // Whether a round with so many candidates in each shard fits the table. If not: grow() first.
    [[nodiscard]] bool fits(std::span<const std::uint64_t, shard_count> candidates) const;
    // What bytes() would be after grow().
    [[nodiscard]] std::uint64_t bytes_when_grown() const;
    // Makes the table larger where it is. After that, next_wave() until there is none, and move() for each shard of a
    // wave, by any workers. `hash_of(state)` gives the upper half of the 64-bit hash.
    void grow();
    struct Wave { // shards, counted from the first that is here
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] Wave next_wave();
    template <class HashOf> void move(std::size_t shard, HashOf hash_of) {
        // Three stages, each some states ahead of the next: fetch the state, hash it, place it.
        struct Moving {
            std::uint32_t number;
            std::uint32_t hash;
        };
        constexpr std::size_t fetched = 32;
        constexpr std::size_t hashed = 16;
        std::array<Moving, fetched> moving{};
        std::uint32_t* const part = table_.data() + shard * part_;
        const auto hash = [&](Moving& each) { each.hash = hash_of(states_[each.number]); };
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
            __builtin_prefetch(&states_[(entry & mask) - 1]);
            ++found;
        }
        for (std::size_t i = found - std::min(found, hashed); i < found; ++i)
            hash(moving[i % fetched]);
        for (std::size_t i = found - std::min(found, fetched); i < found; ++i)
            place(moving[i % fetched]);
    }

    // The lists are taken one after the other.
    void insert(std::size_t shard, std::span<const std::span<const Candidate>> lists);
    // How many of those are new, before assign_numbers().
    [[nodiscard]] std::uint64_t fresh_of(std::size_t shard) const { return shards_[shard].fresh.size(); }
    // Returns how many states the round has added. They have numbers from then on, and are there after place().
    // Their parents were counted from `first_parent`.
    std::uint64_t assign_numbers(std::uint64_t first_parent);
    void place(std::size_t shard);

    // The state's number, if it is here. `hash`: the upper half of its 64-bit hash. Between rounds.
    [[nodiscard]] std::optional<StateNumber> find(State state, std::uint32_t hash) const;

    // Nobody will ask for the labels of states before this one.
    void forget_labels(std::uint64_t end);

    // Forgets the states from `count` on. No round may follow.
    void truncate(std::uint64_t count) { count_ = count; }

    // Table entries for each shard.
    [[nodiscard]] std::uint64_t part() const { return part_; }

    // For a resumed search: room for `count` states, to be written and then entered, in any division of [0, count)
    // among workers; and for the labels of those from `labels_begin` on. `part` as it was: one shard may have more
    // than its share. False if no table is like that.
    [[nodiscard]] bool restore(std::uint64_t count, std::uint64_t labels_begin, std::uint64_t part);
    template <class HashOf> void enter(std::uint64_t begin, std::uint64_t end, HashOf hash_of) {
        for (std::uint64_t number = begin; number < end; ++number) {
            const std::uint32_t hash = hash_of(states_[number]);
            enter_one(number, hash);
            std::atomic_ref(shards_[shard_of(hash)].entries).fetch_add(1, std::memory_order_relaxed);
        }
    }
    [[nodiscard]] State* states() const { return states_.data(); }
    [[nodiscard]] StateNumber* parents() const { return parents_.data(); }
    [[nodiscard]] std::span<std::uint8_t> labels() { return labels_; }

private:
    // A state that this round has found, until it is placed.
    struct Fresh {
        State state;
        Origin origin;
        std::uint32_t place; // in the shard's part of the table
    };
    struct alignas(64) Shard {
        std::vector<Fresh> fresh;
        std::uint64_t first_number = 0; // of its fresh states
        std::uint64_t entries = 0;      // in use in its part of the table
    };

    // Where a hash's search begins in its shard's part of the table, which its upper 6 bits choose.
    [[nodiscard]] std::size_t place_of(std::uint32_t hash) const {
        return (std::uint64_t{hash & 0x3ffffff} * part_) >> 26;
    }
    [[nodiscard]] std::uint32_t tag_of(std::uint32_t hash) const {
        return static_cast<std::uint32_t>(std::uint64_t{hash} << number_bits_);
    }
    [[nodiscard]] std::uint32_t* part_of(std::size_t shard) const { return table_.data() + (shard - first_) * part_; }
    [[nodiscard]] std::uint64_t table_size(std::uint64_t part) const { return here_ * part; }
    static std::uint32_t number_mask(unsigned bits) {
        return static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
    }
    void enter_one(std::uint64_t number, std::uint32_t hash);
    void set_part(std::uint64_t part);
    [[nodiscard]] std::span<const std::uint32_t> take_part(std::size_t shard);

    std::size_t first_; // shard that is here
    std::size_t here_;  // so many shards
    PageArray<State> states_;
    PageArray<StateNumber> parents_;
    PageArray<std::uint32_t>
        table_;                 // 0: free; otherwise tag (upper bits of the entry, lower ones of the hash), number + 1
    std::uint64_t part_ = 0;    // table entries for each shard
    unsigned number_bits_ = 32; // of a table entry
    std::uint64_t count_ = 0;
    std::uint64_t placed_ = 0;         // between assign_numbers() and place(): those before this round
    std::uint64_t first_parent_ = 0;   // .. and from where its parents are counted
    std::vector<std::uint8_t> labels_; // of the states from labels_begin_ on
    std::uint64_t labels_begin_ = 0;
    // While the table grows: shards before `unmoved_` are where they were.
    std::uint64_t part_before_ = 0;
    unsigned number_bits_before_ = 32;
    std::size_t unmoved_ = 0;
    std::vector<std::uint32_t> moving_; // a part whose new place overlaps its old one
    std::array<Shard, shard_count> shards_;
};

} // namespace mdcd::checker::engine
