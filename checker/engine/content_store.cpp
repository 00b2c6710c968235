// Equality of the bytes decides. New states stay where the candidates are until they have numbers.
// Knows nothing of what the bytes mean.
#include "checker/engine/content_store.hpp"

#include "checker/engine/short_bytes.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/invariant.hpp"

namespace mdcd::checker::engine {

std::uint32_t content_hash_of(std::string_view bytes) {
    return upper_half(table_hash(0, bytes));
}

std::uint64_t ContentStore::bytes() const {
    std::uint64_t bytes = contents_.bytes() + count_ * sizeof(StateNumber) + table_.bytes();
    for (const Shard& shard : shards_)
        bytes += shard.fresh.capacity() * sizeof(Fresh);
    return bytes;
}

void ContentStore::insert(std::size_t number, std::span<const ContentCandidates::List> lists) {
    Shard& shard = shards_[number];
    const std::uint64_t known = count_;
    table_.insert<ContentCandidate>(
        number,
        [&](auto visit) {
            for (const ContentCandidates::List& list : lists)
                list.each(visit);
        },
        [&](StateNumber likely) {
            if (likely < known)
                contents_.prefetch(likely);
        },
        [&](StateNumber found, const ContentCandidate& candidate) {
            return are_equal(found < known ? contents_[found] : shard.fresh[found - known].candidate->bytes(),
                             candidate.bytes());
        },
        [&](const ContentCandidate& candidate, std::uint32_t place) {
            shard.fresh.push_back({.candidate = &candidate, .place = place});
            shard.lengths.add(candidate.length);
            return static_cast<StateNumber>(known + shard.fresh.size() - 1);
        });
}

std::uint64_t ContentStore::assign_numbers(std::uint64_t first_parent) {
    placed_ = count_;
    first_parent_ = first_parent;
    Lengths all;
    for (std::size_t number = 0; number < shards_.size(); ++number) {
        Shard& shard = shards_[number];
        if (shard.fresh.empty())
            continue;
        shard.first_number = count_;
        shard.first_begin = all.total;
        all.shortest = std::min(all.shortest, shard.lengths.shortest);
        all.longest = std::max(all.longest, shard.lengths.longest);
        all.total += shard.lengths.total;
        count_ += shard.fresh.size();
        table_.count(number, shard.fresh.size());
    }
    invariant(count_ <= state_count_max, "the search stops before the store is full");
    const std::uint64_t begin = contents_.extend(count_ - placed_, all);
    for (Shard& shard : shards_)
        shard.first_begin += begin;
    parents_.reserve(count_);
    return count_ - placed_;
}

void ContentStore::place(std::size_t number) {
    Shard& shard = shards_[number];
    const auto shift = static_cast<std::uint32_t>(shard.first_number - placed_);
    std::uint64_t begin = shard.first_begin;
    for (std::size_t i = 0; i < shard.fresh.size(); ++i) {
        const Fresh& fresh = shard.fresh[i];
        table_.renumber(number, fresh.place, shift);
        begin = contents_.put(shard.first_number + i, begin, fresh.candidate->bytes());
        parents_[shard.first_number + i] = static_cast<StateNumber>(first_parent_ + fresh.candidate->parent);
    }
    shard.fresh.clear();
    shard.lengths = {};
}

void ContentStore::write(CheckedWriter& file) const {
    file.number(table_.part());
    file.number(count_);
    contents_.write(file, count_);
    file.items(std::span<const StateNumber>(parents_.data(), count_));
}

std::string ContentStore::read(CheckedReader& file, const std::function<void()>& look_at_clock) {
    const std::uint64_t part = file.number();
    const std::uint64_t count = file.number();
    if (part > state_count_max || count > state_count_max || !table_.restore(count, part))
        return "its table has no such size";
    if (!contents_.read(file, count, look_at_clock) || file.bytes_left() != count * sizeof(StateNumber))
        return "it has another number of states than it says";
    count_ = count;
    parents_.reserve(count);
    file.items(std::span<StateNumber>(parents_.data(), count));
    return {};
}

} // namespace mdcd::checker::engine
