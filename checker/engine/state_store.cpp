// Open addressing with linear probing inside each shard's part of the table. An entry's tag spares most
// looks at states that are not the one; equality of the two ids decides.
#include "checker/engine/state_store.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "checker/invariant.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t first_part = 256;
constexpr std::uint64_t doubling_max = 1U << 16; // parts grow by half from here on: less memory, a little more work

std::uint64_t larger(std::uint64_t part) {
    return part < doubling_max ? 2 * part : part + part / 2;
}

bool same(State a, State b) {
    return a.left == b.left && a.right == b.right;
}

} // namespace

StateStore::StateStore() {
    renew_table(first_part);
}

std::uint64_t StateStore::bytes() const {
    return count_ * (sizeof(State) + sizeof(StateNumber)) + shard_count * part_ * sizeof(std::uint32_t);
}

std::uint64_t StateStore::bytes_when_grown() const {
    return bytes() + shard_count * (larger(part_) - part_) * sizeof(std::uint32_t);
}

double StateStore::load() const {
    return static_cast<double>(count_) / static_cast<double>(shard_count * part_);
}

bool StateStore::fits(std::span<const std::uint64_t, shard_count> candidates) const {
    const std::uint64_t capacity = shard_count * part_;
    if (count_ * 4 > capacity * 3)
        return false;
    for (std::size_t shard = 0; shard < shard_count; ++shard)
        if ((shards_[shard].entries + candidates[shard]) * 16 > part_ * 15)
            return false;
    return true;
}

void StateStore::renew_table(std::uint64_t part) {
    part_ = part;
    table_.renew(shard_count * part);
    number_bits_ = std::min(32U, static_cast<unsigned>(std::bit_width(shard_count * part)));
    for (Shard& shard : shards_)
        shard.entries = 0;
}

void StateStore::grow() {
    renew_table(larger(part_));
}

void StateStore::enter_one(std::uint64_t number, std::uint32_t hash) {
    const std::size_t shard = shard_of(hash);
    const std::size_t begin = shard * part_;
    const std::size_t end = begin + part_;
    const std::uint64_t tag = std::uint64_t{hash} << number_bits_;
    const auto entry = static_cast<std::uint32_t>(tag | (number + 1));
    std::size_t at = home_of(hash);
    for (;;) {
        std::uint32_t expected = 0;
        if (std::atomic_ref(table_[at]).compare_exchange_strong(expected, entry, std::memory_order_relaxed))
            break;
        at = at + 1 == end ? begin : at + 1;
    }
    std::atomic_ref(shards_[shard].entries).fetch_add(1, std::memory_order_relaxed);
}

void StateStore::insert(std::size_t number, std::span<const Candidate> candidates) {
    Shard& shard = shards_[number];
    const std::size_t begin = number * part_;
    const std::size_t end = begin + part_;
    const auto number_mask = static_cast<std::uint32_t>((std::uint64_t{1} << number_bits_) - 1);
    const std::uint32_t* const table = table_.data();
    constexpr std::size_t table_ahead = 16;
    constexpr std::size_t state_ahead = 8;
    const std::size_t count = candidates.size();
    for (std::size_t i = 0; i < std::min(count, table_ahead); ++i)
        __builtin_prefetch(&table[home_of(candidates[i].hash)], 1);
    for (std::size_t i = 0; i < count; ++i) {
        if (i + table_ahead < count)
            __builtin_prefetch(&table[home_of(candidates[i + table_ahead].hash)], 1);
        if (i + state_ahead < count) {
            const std::uint32_t entry = table[home_of(candidates[i + state_ahead].hash)];
            const std::uint32_t found = (entry & number_mask) - 1;
            if (entry != 0 && found < count_)
                __builtin_prefetch(&states_[found]);
        }
        const Candidate& candidate = candidates[i];
        const auto tag = static_cast<std::uint32_t>(std::uint64_t{candidate.hash} << number_bits_);
        std::size_t at = home_of(candidate.hash);
        for (;; at = at + 1 == end ? begin : at + 1) {
            const std::uint32_t entry = table[at];
            if (entry == 0) {
                table_[at] = tag | static_cast<std::uint32_t>(count_ + shard.fresh.size() + 1);
                shard.fresh.push_back({.state = candidate.state,
                                       .parent = candidate.parent,
                                       .place = static_cast<std::uint32_t>(at - begin)});
                break;
            }
            if ((entry & ~number_mask) != tag)
                continue;
            const std::uint64_t found = (entry & number_mask) - 1;
            if (same(found < count_ ? states_[found] : shard.fresh[found - count_].state, candidate.state))
                break;
        }
    }
}

std::uint64_t StateStore::assign_numbers() {
    placed_ = count_;
    for (Shard& shard : shards_) {
        shard.first_number = count_;
        count_ += shard.fresh.size();
        shard.entries += shard.fresh.size();
    }
    invariant(count_ <= state_count_max, "the search stops before the store is full");
    states_.reserve(count_);
    parents_.reserve(count_);
    return count_ - placed_;
}

void StateStore::place(std::size_t number) {
    Shard& shard = shards_[number];
    const auto shift = static_cast<std::uint32_t>(shard.first_number - placed_);
    for (std::size_t i = 0; i < shard.fresh.size(); ++i) {
        const Fresh& fresh = shard.fresh[i];
        table_[number * part_ + fresh.place] += shift;
        states_[shard.first_number + i] = fresh.state;
        parents_[shard.first_number + i] = fresh.parent;
    }
    shard.fresh.clear();
}

void StateStore::restore(std::uint64_t count) {
    count_ = count;
    states_.reserve(count);
    parents_.reserve(count);
    std::uint64_t part = first_part;
    while (count * 3 > shard_count * part * 2)
        part = larger(part);
    renew_table(part);
}

} // namespace mdcd::checker::engine
