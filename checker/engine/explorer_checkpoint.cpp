// Leaving a search for later. Only between rounds: there the standing is the same as that of an uninterrupted search.
// Taking it up again: explorer_resume.cpp.
#include <algorithm>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/explorer.hpp"

namespace mdcd::checker::engine {

// What a checkpoint would take now.
double Explorer::saving_seconds() const {
    return static_cast<double>(states_->store_bytes()) / bytes_saved_per_second_;
}

void Explorer::save_if_due() {
    if (!options_.checkpoint_dir.empty() && watch_.seconds() - last_save_ >= options_.checkpoint_seconds &&
        watch_.has_time_for(saving_seconds())) // else the one at the end will do
        save();
}

// A search goes on without its checkpoint rather than end for want of disk space.
void Explorer::save() {
    if (options_.checkpoint_dir.empty() || !started_)
        return;
    const double begin = watch_.seconds();
    try {
        write_checkpoint(checkpoint_path(options_.checkpoint_dir), identity_,
                         {.initial_count = initial_count_,
                          .next = next_,
                          .level_end = level_end_,
                          .depth = depth_,
                          .firings = counts_.firings,
                          .followed = counts_.followed,
                          .dead_ends = counts_.dead_ends,
                          .outside = counts_.outside,
                          .handler_calls = handler_calls_before_ + states_->handler_calls(),
                          .seconds = seconds_before_ + watch_.seconds(),
                          .coverage = states_->coverage(counts_),
                          .findings = findings_},
                         *states_);
        checkpoint_failure_.clear();
        bytes_saved_per_second_ = static_cast<double>(states_->store_bytes()) / (watch_.seconds() - begin + 1e-3);
    } catch (const CheckpointError& error) {
        checkpoint_failure_ = error.what();
    }
    last_save_ = watch_.seconds();
}

} // namespace mdcd::checker::engine
