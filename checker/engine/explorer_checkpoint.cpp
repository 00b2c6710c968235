// Leaving a search for later. Only between rounds: there the standing is the same as that of an uninterrupted search.
// Taking it up again: explorer_resume.cpp.
#include <algorithm>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/explorer.hpp"

namespace mdcd::checker::engine {

// What a checkpoint would take now.
double Explorer::saving_seconds() const {
    return static_cast<double>(states_->store_bytes()) / saving_.bytes_per_second;
}

void Explorer::save_if_due() {
    if (!options_.checkpoint_dir.empty() && watch_.seconds() - saving_.last >= options_.checkpoint_seconds &&
        watch_.has_time_for(saving_seconds())) // else the one at the end will do
        save();
}

// A search goes on without its checkpoint rather than end for want of disk space.
void Explorer::save() {
    if (options_.checkpoint_dir.empty() || !started_)
        return;
    const double begin = watch_.seconds();
    try {
        write_checkpoint(checkpoint_path(options_.checkpoint_dir), saving_.identity,
                         {.position = position_,
                          .firings = counts_.firings,
                          .followed = counts_.followed,
                          .dead_ends = counts_.dead_ends,
                          .outside = counts_.outside,
                          .handler_calls = before_.handler_calls + states_->handler_calls(),
                          .seconds = before_.seconds + watch_.seconds(),
                          .coverage = states_->coverage(counts_),
                          .findings = findings_},
                         *states_);
        saving_.failure.clear();
        saving_.bytes_per_second = static_cast<double>(states_->store_bytes()) / (watch_.seconds() - begin + 1e-3);
    } catch (const CheckpointError& error) {
        saving_.failure = error.what();
    }
    saving_.last = watch_.seconds();
}

} // namespace mdcd::checker::engine
