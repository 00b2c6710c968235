// What the search holds, and what it does when that is too much (held_memory.hpp). Changes no result but by a limit.
// The limit on states is looked at here, too.
#include "checker/engine/explorer.hpp"
#include "checker/engine/resident.hpp"

namespace mdcd::checker::engine {

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
    if (memory_.is_too_much(accounted(), growth))
        limit("memory");
}

AccountedBytes Explorer::accounted() const {
    const std::uint64_t in_use = bytes_in_use();
    return {.in_use = in_use,
            .stored = states_->store_bytes(),
            .cached = states_->cache_bytes(),
            .when_grown = in_use + states_->growth_bytes()};
}

std::uint64_t Explorer::bytes_in_use() const {
    return states_->store_bytes() + states_->cache_bytes() + states_->buffer_bytes();
}

void Explorer::forget_if_large() {
    states_->tend();
    note_memory();
    if (memory_.has_to_forget(accounted(), judging_only_))
        forget();
}

// All that can be worked out again.
void Explorer::forget() {
    states_->forget();
    if (memory_max() > 0)
        give_back_memory();
    memory_.look_again();
}

} // namespace mdcd::checker::engine
