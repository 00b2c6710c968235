// Leaving a search for later. Only between rounds: there the standing is the same as that of an uninterrupted search.
// Taking it up again: explorer_resume.cpp.
#include <algorithm>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/explorer.hpp"

namespace mdcd::checker::engine {

void Explorer::enter_all() {
    constexpr std::uint64_t stretch = 1U << 14;
    std::atomic<std::uint64_t> next = 0;
    run_together(store_.size(), [&](unsigned) {
        for (std::uint64_t begin = next.fetch_add(stretch); begin < store_.size() && !watch_.time_to_stop();
             begin = next.fetch_add(stretch))
            store_.enter(begin, std::min(store_.size(), begin + stretch),
                         [&](State state) { return upper_half(space_.hash(state)); });
    });
    watch_.expect_time(0);
}

// What a checkpoint would take now.
double Explorer::saving_seconds() const {
    return static_cast<double>(store_.bytes() + table_bytes_) / bytes_saved_per_second_;
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
                          .handler_calls = handler_calls_before_ + records_.memo.handler_calls(),
                          .seconds = seconds_before_ + watch_.seconds(),
                          .coverage = coverage(),
                          .findings = findings_},
                         space_, store_);
        checkpoint_failure_.clear();
        bytes_saved_per_second_ =
            static_cast<double>(store_.bytes() + table_bytes_) / (watch_.seconds() - begin + 1e-3);
    } catch (const CheckpointError& error) {
        checkpoint_failure_ = error.what();
    }
    last_save_ = watch_.seconds();
}

} // namespace mdcd::checker::engine
