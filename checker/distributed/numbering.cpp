// Runs are few: one for each shard and round at most.
// Knows no state.
#include "checker/distributed/numbering.hpp"

#include <algorithm>

#include "checker/invariant.hpp"

namespace mdcd::checker::distributed {

void Numbering::add(std::uint64_t global, std::uint64_t count) {
    if (count == 0)
        return;
    if (runs_.empty() || runs_.back().global + (count_ - runs_.back().local) != global)
        runs_.push_back({.local = count_, .global = global});
    count_ += count;
}

std::uint64_t Numbering::before(std::uint64_t global) const {
    const auto after = std::ranges::lower_bound(runs_, global, {}, &Run::global);
    if (after == runs_.begin())
        return 0;
    const std::uint64_t end = after == runs_.end() ? count_ : after->local;
    const Run& run = *(after - 1);
    return std::min(end, run.local + (global - run.global));
}

std::size_t Numbering::run_of(std::uint64_t local) const {
    const auto after = std::ranges::upper_bound(runs_, local, {}, &Run::local);
    return static_cast<std::size_t>(after - runs_.begin()) - 1;
}

std::uint64_t Numbering::global_of(std::uint64_t local) const {
    invariant(local < count_, "the state has a number");
    const Run& run = runs_[run_of(local)];
    return run.global + (local - run.local);
}

std::optional<std::uint64_t> Numbering::local_of(std::uint64_t global) const {
    const std::uint64_t local = before(global);
    return local < count_ && global_of(local) == global ? std::optional(local) : std::nullopt;
}

} // namespace mdcd::checker::distributed
