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
}

void StateStore::grow() {
    renew_table(larger(part_));
}

void StateStore::enter_one(std::uint64_t number, std::uint32_t hash) {
    const std::size_t shard = shard_of(hash);
    std::uint32_t* const part = table_.data() + shard * part_;
    const std::uint32_t entry = tag_of(hash) | static_cast<std::uint32_t>(number + 1);
    std::size_t at = place_of(hash);
    for (;;) {
        std::atomic_ref place(part[at]);
        std::uint32_t expected = 0;
        if (place.load(std::memory_order_relaxed) == 0 &&
            place.compare_exchange_strong(expected, entry, std::memory_order_relaxed))
            break;
        at = at + 1 == part_ ? 0 : at + 1;
    }
    if (restored_)
        std::atomic_ref(shards_[shard].entries).fetch_add(1, std::memory_order_relaxed);
}

// Three stages, each some candidates ahead of the next: fetch the table's line; find the first entry that is
// free or has the right tag, and fetch the state that it means; decide.
void StateStore::insert(std::size_t number, std::span<const Candidate> candidates) {
    constexpr std::size_t table_ahead = 44;
    constexpr std::size_t state_ahead = 16;
    std::array<std::uint64_t, 2 * state_ahead> places{}; // of those between the second stage and the third
    Shard& shard = shards_[number];
    std::uint32_t* const part = table_.data() + number * part_;
    const State* const states = states_.data();
    const std::uint64_t known = count_;
    const auto number_mask = static_cast<std::uint32_t>((std::uint64_t{1} << number_bits_) - 1);
    const auto next_place = [&](std::uint64_t at, std::uint32_t tag) {
        while (part[at] != 0 && (part[at] & ~number_mask) != tag)
            at = at + 1 == part_ ? 0 : at + 1;
        return at;
    };
    const std::size_t count = candidates.size();
    for (std::size_t i = 0; i < count + table_ahead; ++i) {
        if (i < count)
            __builtin_prefetch(&part[place_of(candidates[i].hash)], 1);
        if (const std::size_t second = i - (table_ahead - state_ahead); second < count) {
            const std::uint32_t hash = candidates[second].hash;
            const std::uint64_t at = next_place(place_of(hash), tag_of(hash));
            places[second % places.size()] = at;
            const std::uint32_t likely = (part[at] & number_mask) - 1;
            if (likely < known)
                __builtin_prefetch(&states[likely]);
        }
        const std::size_t third = i - table_ahead;
        if (third >= count)
            continue;
        const Candidate& candidate = candidates[third];
        const std::uint32_t tag = tag_of(candidate.hash);
        for (std::uint64_t at = places[third % places.size()];; at = next_place(at + 1 == part_ ? 0 : at + 1, tag)) {
            at = next_place(at, tag); // what was free may have been taken since
            if (part[at] == 0) {
                part[at] = tag | static_cast<std::uint32_t>(known + shard.fresh.size() + 1);
                shard.fresh.push_back(
                    {.state = candidate.state, .parent = candidate.parent, .place = static_cast<std::uint32_t>(at)});
                break;
            }
            const std::uint32_t found = (part[at] & number_mask) - 1;
            if (same(found < known ? states[found] : shard.fresh[found - known].state, candidate.state))
                break;
        }
    }
}

std::uint64_t StateStore::assign_numbers() {
    placed_ = count_;
    restored_ = false;
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
    restored_ = true;
}

} // namespace mdcd::checker::engine
