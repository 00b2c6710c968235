// What the search holds, by its own account and by the system's, and what it does when that is too much.
// Changes no result but by a limit.
#include <algorithm>

#include "checker/engine/explorer.hpp"
#include "checker/engine/resident.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t cache_bytes_max = std::uint64_t{1} << 30; // where no limit on memory is known
// Below, what any process holds is too much of it.
constexpr std::uint64_t limit_for_the_system = std::uint64_t{32} << 20;
constexpr double looks_seconds = 0.02; // at what the system counts

} // namespace

void Explorer::check_limits(std::uint64_t growth) {
    const std::uint64_t states_max = options_.limits.states_max;
    if (states_max > 0 && states_->size() > states_max) {
        if (!failed_)
            save();
        states_->truncate(states_max);
        cut_ = true;
        limit("states");
    }
    note_memory();
    if (memory_max() > 0 && bytes_in_use() > memory_max())
        limit("memory");
    if (system_says_too_much() && !forgotten_for_system_)
        limit("memory");
    // The next round will take as much for a while as the last one did. Where states and values are most of it, nothing
    // that can be forgotten makes room for that.
    if (memory_max() >= limit_for_the_system && states_->store_bytes() > memory_max() / 2 &&
        held() + growth > memory_max() + memory_max() / 32)
        limit("memory");
}

std::uint64_t Explorer::held() const {
    return std::max(bytes_in_use(), resident_);
}

std::uint64_t Explorer::bytes_in_use() const {
    return states_->store_bytes() + states_->cache_bytes() + states_->buffer_bytes();
}

void Explorer::note_memory() {
    memory_most_ = std::max(memory_most_, bytes_in_use());
    if (watch_.seconds() - resident_looked_ < looks_seconds)
        return;
    const std::uint64_t now = resident_bytes();
    resident_ = now > resident_before_ ? now - resident_before_ : 0;
    resident_looked_ = watch_.seconds();
    memory_most_ = std::max(memory_most_, resident_);
    round_most_ = std::max(round_most_, held());
}

// What the types of the model's summaries do not say, what the allocator keeps: a little more than the limit is let
// pass.
bool Explorer::system_says_too_much() const {
    return memory_max() >= limit_for_the_system && resident_ > memory_max() + memory_max() / 32;
}

void Explorer::forget_if_large() {
    states_->tend();
    // A cache that is too small costs half of the rate and more; but states come first.
    const std::uint64_t most = memory_max() > 0 ? memory_max() / 4 : cache_bytes_max;
    const std::uint64_t cached = states_->cache_bytes();
    const bool in_the_way =
        memory_max() > 0 && cached > memory_max() / 16 && bytes_in_use() + states_->growth_bytes() > memory_max();
    note_memory();
    const bool too_much = system_says_too_much() && cached > memory_max() / 64;
    forgotten_for_system_ = too_much;
    const bool over = judging_only_ && memory_max() > 0 && bytes_in_use() > memory_max();
    if (cached <= most && !in_the_way && !too_much && !over)
        return;
    forget();
}

// All that can be worked out again.
void Explorer::forget() {
    states_->forget();
    if (memory_max() > 0)
        give_back_memory();
    resident_looked_ = -1; // look again
}

} // namespace mdcd::checker::engine
