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

bool are_equal(State a, State b) {
    return a.left == b.left && a.right == b.right;
}

} // namespace

StateStore::StateStore(std::size_t first_shard, std::size_t end_shard)
    : first_(first_shard), here_(end_shard - first_shard) {
    set_part(first_part);
    table_.renew(table_size(first_part));
}

std::uint64_t StateStore::bytes() const {
    std::uint64_t bytes = count_ * (sizeof(State) + sizeof(StateNumber)) + labels_.capacity() +
                          table_size(part_) * sizeof(std::uint32_t) + moving_.capacity() * sizeof(std::uint32_t);
    for (const Shard& shard : shards_)
        bytes += shard.fresh.capacity() * sizeof(Fresh);
    return bytes;
}

std::uint64_t StateStore::bytes_when_grown() const {
    return bytes() + table_size(larger(part_) - part_) * sizeof(std::uint32_t);
}

double StateStore::load() const {
    return static_cast<double>(count_) / static_cast<double>(table_size(part_));
}

bool StateStore::fits(std::span<const std::uint64_t, shard_count> candidates) const {
    const std::uint64_t capacity = table_size(part_);
    if (count_ * 8 > capacity * 7)
        return false;
    for (std::size_t shard = 0; shard < shard_count; ++shard)
        if ((shards_[shard].entries + candidates[shard]) * 16 > part_ * 15)
            return false;
    return true;
}

void StateStore::set_part(std::uint64_t part) {
    part_ = part;
    number_bits_ = std::min(32U, static_cast<unsigned>(std::bit_width(table_size(part))));
}

// Places are in the order of hashes, in every part. So a part moves as a whole, nearly in sequence; and the last
// parts go first, to where nothing is any more.
void StateStore::grow() {
    part_before_ = part_;
    number_bits_before_ = number_bits_;
    set_part(larger(part_));
    table_.extend(table_size(part_));
    unmoved_ = here_;
}

StateStore::Wave StateStore::next_wave() {
    const std::size_t end = unmoved_;
    std::size_t begin = (end * part_before_ + part_ - 1) / part_; // from here on, new places are beyond all old ones
    if (begin == end && end > 0)
        --begin;
    unmoved_ = begin;
    return {.begin = begin, .end = end};
}

// What was in the shard's part of the table; its new part is all free then.
std::span<const std::uint32_t> StateStore::take_part(std::size_t shard) {
    const std::span<std::uint32_t> before(table_.data() + shard * part_before_, part_before_);
    const std::uint64_t begin = shard * part_;
    std::span<const std::uint32_t> taken = before;
    if (begin < (shard + 1) * part_before_) {
        moving_.assign(before.begin(), before.end());
        taken = moving_;
    }
    const std::uint64_t used_end = std::clamp(table_size(part_before_), begin, begin + part_);
    std::fill(table_.data() + begin, table_.data() + used_end, 0U);
    table_.touch(used_end, begin + part_);
    return taken;
}

void StateStore::enter_one(std::uint64_t number, std::uint32_t hash) {
    std::uint32_t* const part = part_of(shard_of(hash));
    const std::uint32_t entry = tag_of(hash) | static_cast<std::uint32_t>(number + 1);
    std::size_t at = place_of(hash);
    for (;;) {
        std::atomic_ref place(part[at]);
        std::uint32_t expected = 0;
        if (place.load(std::memory_order_relaxed) == 0 &&
            place.compare_exchange_strong(expected, entry, std::memory_order_relaxed))
            return;
        at = at + 1 == part_ ? 0 : at + 1;
    }
}

// Three stages, each some candidates ahead of the next: fetch the table's line; find the first entry that is
// free or has the right tag, and fetch the state that it means; decide.
void StateStore::insert(std::size_t number, std::span<const std::span<const Candidate>> lists) {
    constexpr std::size_t table_ahead = 44;
    constexpr std::size_t state_ahead = 16;
    struct Waiting {
        const Candidate* candidate;
        std::uint64_t at; // where its search goes on
    };
    std::array<Waiting, 64> waiting; // between the first stage and the third
    Shard& shard = shards_[number];
    std::uint32_t* const part = part_of(number);
    const State* const states = states_.data();
    const std::uint64_t known = count_;
    const std::uint32_t mask = number_mask(number_bits_);
    const auto next_place = [&](std::uint64_t at, std::uint32_t tag) {
        while (part[at] != 0 && (part[at] & ~mask) != tag)
            at = at + 1 == part_ ? 0 : at + 1;
        return at;
    };
    const auto look = [&](Waiting& each) {
        each.at = next_place(each.at, tag_of(each.candidate->hash));
        const std::uint32_t likely = (part[each.at] & mask) - 1;
        if (likely < known)
            __builtin_prefetch(&states[likely]);
    };
    const auto decide = [&](const Waiting& each) {
        const Candidate& candidate = *each.candidate;
        const std::uint32_t tag = tag_of(candidate.hash);
        for (std::uint64_t at = each.at;; at = at + 1 == part_ ? 0 : at + 1) {
            at = next_place(at, tag); // what was free may have been taken since
            if (part[at] == 0) {
                part[at] = tag | static_cast<std::uint32_t>(known + shard.fresh.size() + 1);
                shard.fresh.push_back(
                    {.state = candidate.state, .origin = candidate.origin, .place = static_cast<std::uint32_t>(at)});
                return;
            }
            const std::uint32_t found = (part[at] & mask) - 1;
            if (are_equal(found < known ? states[found] : shard.fresh[found - known].state, candidate.state))
                return;
        }
    };
    std::size_t fetched = 0;
    for (const std::span<const Candidate> list : lists)
        for (const Candidate& candidate : list) {
            const std::uint64_t at = place_of(candidate.hash);
            __builtin_prefetch(&part[at], 1);
            __builtin_prefetch(&part[at] + 16, 1); // where it is full, a search goes on in the next line
            if (fetched >= table_ahead)
                decide(waiting[(fetched - table_ahead) % waiting.size()]);
            waiting[fetched % waiting.size()] = {.candidate = &candidate, .at = at};
            if (fetched >= table_ahead - state_ahead)
                look(waiting[(fetched - (table_ahead - state_ahead)) % waiting.size()]);
            ++fetched;
        }
    for (std::size_t i = fetched - std::min(fetched, table_ahead - state_ahead); i < fetched; ++i)
        look(waiting[i % waiting.size()]);
    for (std::size_t i = fetched - std::min(fetched, table_ahead); i < fetched; ++i)
        decide(waiting[i % waiting.size()]);
}

std::optional<StateNumber> StateStore::find(State state, std::uint32_t hash) const {
    const std::uint32_t* const part = part_of(shard_of(hash));
    const std::uint32_t mask = number_mask(number_bits_);
    for (std::uint64_t at = place_of(hash); part[at] != 0; at = at + 1 == part_ ? 0 : at + 1)
        if (const StateNumber number = (part[at] & mask) - 1;
            (part[at] & ~mask) == tag_of(hash) && are_equal(states_[number], state))
            return number;
    return {};
}

std::uint64_t StateStore::assign_numbers(std::uint64_t first_parent) {
    placed_ = count_;
    first_parent_ = first_parent;
    for (Shard& shard : shards_) {
        shard.first_number = count_;
        count_ += shard.fresh.size();
        shard.entries += shard.fresh.size();
    }
    invariant(count_ <= state_count_max, "the search stops before the store is full");
    states_.reserve(count_);
    parents_.reserve(count_);
    labels_.resize(count_ - labels_begin_);
    return count_ - placed_;
}

void StateStore::place(std::size_t number) {
    Shard& shard = shards_[number];
    const auto shift = static_cast<std::uint32_t>(shard.first_number - placed_);
    for (std::size_t i = 0; i < shard.fresh.size(); ++i) {
        const Fresh& fresh = shard.fresh[i];
        part_of(number)[fresh.place] += shift;
        states_[shard.first_number + i] = fresh.state;
        parents_[shard.first_number + i] = static_cast<StateNumber>(first_parent_ + fresh.origin.parent());
        labels_[shard.first_number + i - labels_begin_] = fresh.origin.label();
    }
    shard.fresh.clear();
}

void StateStore::forget_labels(std::uint64_t end) {
    if (2 * (end - labels_begin_) < labels_.size())
        return;
    labels_.erase(labels_.begin(), labels_.begin() + static_cast<std::ptrdiff_t>(end - labels_begin_));
    labels_begin_ = end;
}

bool StateStore::restore(std::uint64_t count, std::uint64_t labels_begin, std::uint64_t part) {
    std::uint64_t possible = first_part;
    while (possible < part)
        possible = larger(possible);
    if (possible != part || count * 16 > table_size(part) * 15)
        return false;
    count_ = count;
    labels_begin_ = labels_begin;
    labels_.resize(count - labels_begin);
    states_.reserve(count);
    parents_.reserve(count);
    set_part(part);
    table_.renew(table_size(part));
    table_.touch(0, table_size(part));
    for (Shard& shard : shards_)
        shard.entries = 0;
    return true;
}

} // namespace mdcd::checker::engine
