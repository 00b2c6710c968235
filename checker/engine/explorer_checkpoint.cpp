// Leaving a search for later, and taking it up again. Only between rounds: there the standing is the same
// as that of an uninterrupted search.
#include <algorithm>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/explorer.hpp"

namespace mdcd::checker::engine {

void Explorer::resume() {
    const Standing standing = read_checkpoint(checkpoint_path(options_.checkpoint_dir), identity_, space_, store_);
    enter_all();
    started_ = true;
    initial_count_ = standing.initial_count;
    next_ = standing.next;
    level_end_ = standing.level_end;
    depth_ = standing.depth;
    counts_.firings = standing.firings;
    counts_.followed = standing.followed;
    counts_.dead_ends = standing.dead_ends;
    counts_.outside = standing.outside;
    seconds_before_ = standing.seconds;
    handler_calls_before_ = standing.handler_calls;
    coverage_before_ = standing.coverage;
    last_distinct_ = store_.size();
    for (const Finding& finding : standing.findings)
        settle(finding);
    if (model_.has_observer()) // it is shown all states, those judged before the checkpoint too
        judge_only(next_, {.always = 0, .reachable = 0, .deadlock = false, .failure = false});
    judged_ = next_;
    check_limits(); // it may have been one of them that ended the search
}

void Explorer::enter_all() {
    constexpr std::uint64_t stretch = 1U << 14;
    std::atomic<std::uint64_t> next = 0;
    run_together(store_.size(), [&](unsigned) {
        for (std::uint64_t begin = next.fetch_add(stretch); begin < store_.size(); begin = next.fetch_add(stretch))
            store_.enter(begin, std::min(store_.size(), begin + stretch),
                         [&](State state) { return upper_half(space_.hash(state)); });
    });
}

void Explorer::save_if_due() {
    if (!options_.checkpoint_dir.empty() && watch_.seconds() - last_save_ >= options_.checkpoint_seconds)
        save();
}

// A search goes on without its checkpoint rather than end for want of disk space.
void Explorer::save() {
    if (options_.checkpoint_dir.empty() || !started_)
        return;
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
                          .handler_calls = handler_calls_before_ + cards_.memo.handler_calls(),
                          .seconds = seconds_before_ + watch_.seconds(),
                          .coverage = coverage(),
                          .findings = findings_},
                         space_, store_);
        checkpoint_failure_.clear();
    } catch (const CheckpointError& error) {
        checkpoint_failure_ = error.what();
    }
    last_save_ = watch_.seconds();
}

} // namespace mdcd::checker::engine
