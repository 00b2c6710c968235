// States and parents in the order of their numbers; the table finds them.
// Equality of the two ids decides.
#include "checker/engine/state_store.hpp"

#include "checker/invariant.hpp"

namespace mdcd::checker::engine {
namespace {

bool are_equal(State a, State b) {
    return a.left == b.left && a.right == b.right;
}

} // namespace

std::uint64_t StateStore::bytes() const {
    std::uint64_t bytes = count_ * (sizeof(State) + sizeof(StateNumber)) + labels_.capacity() + table_.bytes();
    for (const Shard& shard : shards_)
        bytes += shard.fresh.capacity() * sizeof(Fresh);
    return bytes;
}

double StateStore::load() const {
    return static_cast<double>(count_) / static_cast<double>(table_.capacity());
}

void StateStore::insert(std::size_t number, std::span<const std::span<const Candidate>> lists) {
    Shard& shard = shards_[number];
    const State* const states = states_.data();
    const std::uint64_t known = count_;
    table_.insert<Candidate>(
        number,
        [&](auto visit) {
            for (const std::span<const Candidate> list : lists)
                for (const Candidate& candidate : list)
                    visit(candidate);
        },
        [&](StateNumber likely) {
            if (likely < known)
                __builtin_prefetch(&states[likely]);
        },
        [&](StateNumber found, const Candidate& candidate) {
            return are_equal(found < known ? states[found] : shard.fresh[found - known].state, candidate.state);
        },
        [&](const Candidate& candidate, std::uint32_t place) {
            shard.fresh.push_back({.state = candidate.state, .origin = candidate.origin, .place = place});
            return static_cast<StateNumber>(known + shard.fresh.size() - 1);
        });
}

std::optional<StateNumber> StateStore::find(State state, std::uint32_t hash) const {
    return table_.find(hash, [&](StateNumber number) { return are_equal(states_[number], state); });
}

std::uint64_t StateStore::assign_numbers(std::uint64_t first_parent) {
    placed_ = count_;
    first_parent_ = first_parent;
    for (std::size_t number = 0; number < shard_count; ++number) {
        Shard& shard = shards_[number];
        shard.first_number = count_;
        count_ += shard.fresh.size();
        table_.count(number, shard.fresh.size());
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
        table_.renumber(number, fresh.place, shift);
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
    if (!table_.restore(count, part))
        return false;
    count_ = count;
    labels_begin_ = labels_begin;
    labels_.resize(count - labels_begin);
    states_.reserve(count);
    parents_.reserve(count);
    return true;
}

} // namespace mdcd::checker::engine
