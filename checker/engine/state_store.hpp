// The visited set, exact: every state as one 64-bit word (two ids), its parent, and a table that finds it.
// 12 bytes a state, one more until it is expanded, and 4 bytes a table entry. States are numbered densely in a
// deterministic order: rounds one after the other, within a round shard by shard, within a shard as the candidates
// come. Knows nothing of what the ids stand for.

// One round: candidates, sorted into shards by hash, are inserted shard by shard, any number of workers
// each taking whole shards; then assign_numbers() by one; then place() shard by shard again. So neither
// locks nor atomics are needed, and the numbering does not depend on the number of workers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "checker/engine/page_array.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/state_table.hpp"

namespace mdcd::checker::engine {

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
    static constexpr std::size_t shard_count = StateTable::shard_count;
    using Wave = StateTable::Wave;
    static std::size_t shard_of(std::uint32_t hash) { return StateTable::shard_of(hash); }

    // As StateTable's.
    explicit StateStore(std::size_t first_shard = 0, std::size_t end_shard = shard_count)
        : table_(first_shard, end_shard) {}

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

    // As in StateTable. `hash_of(state)` gives the upper half of the 64-bit hash.
    [[nodiscard]] bool fits(std::span<const std::uint64_t, shard_count> candidates) const {
        return table_.fits(count_, candidates);
    }
    [[nodiscard]] std::uint64_t growth_bytes() const { return table_.growth_bytes(); }
    [[nodiscard]] std::uint64_t bytes_when_grown() const { return bytes() + growth_bytes(); }
    void grow() { table_.grow(); }
    [[nodiscard]] Wave next_wave() { return table_.next_wave(); }
    template <class HashOf> void move(std::size_t shard, HashOf hash_of) {
        table_.move(
            shard, [&](StateNumber number) { __builtin_prefetch(&states_[number]); },
            [&](StateNumber number) { return hash_of(states_[number]); });
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
    [[nodiscard]] std::uint64_t part() const { return table_.part(); }

    // For a resumed search: room for `count` states, to be written and then entered, in any division of [0, count)
    // among workers; and for the labels of those from `labels_begin` on. `part` as it was. False if no table is like
    // that.
    [[nodiscard]] bool restore(std::uint64_t count, std::uint64_t labels_begin, std::uint64_t part);
    template <class HashOf> void enter(std::uint64_t begin, std::uint64_t end, HashOf hash_of) {
        for (std::uint64_t number = begin; number < end; ++number)
            table_.enter(number, hash_of(states_[number]));
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
    };

    PageArray<State> states_;
    PageArray<StateNumber> parents_;
    StateTable table_;
    std::uint64_t count_ = 0;
    std::uint64_t placed_ = 0;         // between assign_numbers() and place(): those before this round
    std::uint64_t first_parent_ = 0;   // .. and from where its parents are counted
    std::vector<std::uint8_t> labels_; // of the states from labels_begin_ on
    std::uint64_t labels_begin_ = 0;
    std::array<Shard, shard_count> shards_;
};

} // namespace mdcd::checker::engine
