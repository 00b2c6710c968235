// The visited set of a model of one slot, exact: a state is its bytes, its parent, and a place in a table that finds
// it. 4 bytes beside its own and its share of a table of 4-byte entries. Numbered as StateStore does: rounds one after
// the other, within a round shard by shard, within a shard as the candidates come. Knows no model.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/content_array.hpp"
#include "checker/engine/content_candidates.hpp"
#include "checker/engine/page_array.hpp"
#include "checker/engine/state_table.hpp"

namespace mdcd::checker::engine {

// The upper half of a state's hash: that of its one slot (slot_space.hpp).
[[nodiscard]] std::uint32_t content_hash_of(std::string_view bytes);

class ContentStore {
public:
    [[nodiscard]] std::uint64_t size() const { return count_; }
    [[nodiscard]] std::string_view content(std::uint64_t number) const { return contents_[number]; }
    [[nodiscard]] StateNumber parent(std::uint64_t number) const { return parents_[number]; }
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] double load() const { return static_cast<double>(count_) / static_cast<double>(table_.capacity()); }

    // As in StateTable.
    [[nodiscard]] bool fits(std::span<const std::uint64_t, StateTable::shard_count> candidates) const {
        return table_.fits(count_, candidates);
    }
    [[nodiscard]] std::uint64_t growth_bytes() const { return table_.growth_bytes(); }
    void grow() { table_.grow(); }
    [[nodiscard]] StateTable::Wave next_wave() { return table_.next_wave(); }
    void move(std::size_t shard) {
        table_.move(
            shard, [&](StateNumber number) { contents_.prefetch(number); },
            [&](StateNumber number) { return content_hash_of(contents_[number]); });
    }

    // As in StateStore; the candidates must be there until place().
    void insert(std::size_t shard, std::span<const ContentCandidates::List> lists);
    std::uint64_t assign_numbers(std::uint64_t first_parent);
    void place(std::size_t shard);

    // Between rounds.
    [[nodiscard]] std::optional<StateNumber> find(std::string_view bytes) const {
        return table_.find(content_hash_of(bytes), [&](StateNumber number) { return contents_[number] == bytes; });
    }
    // Forgets the states from `count` on. No round may follow.
    void truncate(std::uint64_t count) { count_ = count; }

    void write(CheckedWriter& file) const;
    // Into an empty one; then enter(), in any division of [0, size()) among workers. What is wrong; empty: nothing.
    [[nodiscard]] std::string read(CheckedReader& file, const std::function<void()>& look_at_clock);
    void enter(std::uint64_t begin, std::uint64_t end) {
        for (std::uint64_t number = begin; number < end; ++number)
            table_.enter(number, content_hash_of(contents_[number]));
    }

private:
    // A state that this round has found, until it is placed.
    struct Fresh {
        const ContentCandidate* candidate;
        std::uint32_t place; // in the shard's part of the table
    };
    struct alignas(64) Shard {
        std::vector<Fresh> fresh;
        Lengths lengths;                // of these
        std::uint64_t first_number = 0; // .. and of the first of them
        std::uint64_t first_begin = 0;
    };

    ContentArray contents_;
    PageArray<StateNumber> parents_;
    StateTable table_;
    std::uint64_t count_ = 0;
    std::uint64_t placed_ = 0;       // between assign_numbers() and place(): those before this round
    std::uint64_t first_parent_ = 0; // .. and from where its parents are counted
    std::array<Shard, StateTable::shard_count> shards_;
};

} // namespace mdcd::checker::engine
