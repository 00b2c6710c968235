// Growth, and what a resumed search needs: linear probing inside each shard's part, places in the order of hashes.
// Knows no state.
#include "checker/engine/state_table.hpp"

#include <bit>

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t first_part = 256;
constexpr std::uint64_t doubling_max = 1U << 16; // parts grow by half from here on: less memory, a little more work

std::uint64_t larger(std::uint64_t part) {
    return part < doubling_max ? 2 * part : part + part / 2;
}

} // namespace

StateTable::StateTable(std::size_t first_shard, std::size_t end_shard)
    : first_(first_shard), here_(end_shard - first_shard) {
    set_part(first_part);
    table_.renew(capacity());
}

std::uint64_t StateTable::growth_bytes() const {
    return here_ * (larger(part_) - part_) * sizeof(std::uint32_t);
}

bool StateTable::fits(std::uint64_t count, std::span<const std::uint64_t, shard_count> candidates) const {
    if (count * 8 > capacity() * 7)
        return false;
    for (std::size_t shard = 0; shard < shard_count; ++shard)
        if ((entries_[shard] + candidates[shard]) * 16 > part_ * 15)
            return false;
    return true;
}

void StateTable::set_part(std::uint64_t part) {
    part_ = part;
    number_bits_ = std::min(32U, static_cast<unsigned>(std::bit_width(here_ * part)));
}

// Places are in the order of hashes, in every part. So a part moves as a whole, nearly in sequence; and the last
// parts go first, to where nothing is any more.
void StateTable::grow() {
    part_before_ = part_;
    number_bits_before_ = number_bits_;
    set_part(larger(part_));
    table_.extend(capacity());
    unmoved_ = here_;
}

StateTable::Wave StateTable::next_wave() {
    const std::size_t end = unmoved_;
    std::size_t begin = (end * part_before_ + part_ - 1) / part_; // from here on, new places are beyond all old ones
    if (begin == end && end > 0)
        --begin;
    unmoved_ = begin;
    return {.begin = begin, .end = end};
}

// What was in the shard's part of the table; its new part is all free then.
std::span<const std::uint32_t> StateTable::take_part(std::size_t shard) {
    const std::span<std::uint32_t> before(table_.data() + shard * part_before_, part_before_);
    const std::uint64_t begin = shard * part_;
    std::span<const std::uint32_t> taken = before;
    if (begin < (shard + 1) * part_before_) {
        moving_.assign(before.begin(), before.end());
        taken = moving_;
    }
    const std::uint64_t used_end = std::clamp(here_ * part_before_, begin, begin + part_);
    std::fill(table_.data() + begin, table_.data() + used_end, 0U);
    table_.touch(used_end, begin + part_);
    return taken;
}

bool StateTable::restore(std::uint64_t count, std::uint64_t part) {
    std::uint64_t possible = first_part;
    while (possible < part)
        possible = larger(possible);
    if (possible != part || count * 16 > here_ * part * 15)
        return false;
    set_part(part);
    table_.renew(capacity());
    table_.touch(0, capacity());
    entries_.fill(0);
    return true;
}

void StateTable::enter(std::uint64_t number, std::uint32_t hash) {
    const std::size_t shard = shard_of(hash);
    std::uint32_t* const part = part_of(shard);
    const std::uint32_t entry = tag_of(hash) | static_cast<std::uint32_t>(number + 1);
    std::size_t at = place_of(hash);
    for (;; at = at + 1 == part_ ? 0 : at + 1) {
        std::atomic_ref place(part[at]);
        std::uint32_t expected = 0;
        if (place.load(std::memory_order_relaxed) == 0 &&
            place.compare_exchange_strong(expected, entry, std::memory_order_relaxed))
            break;
    }
    std::atomic_ref(entries_[shard]).fetch_add(1, std::memory_order_relaxed);
}

} // namespace mdcd::checker::engine
