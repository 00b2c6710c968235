// Judging what was found and will not be expanded, after a limit; and samples that are asked again. As in
// engine/explorer.cpp and engine/explorer_samples.cpp, on each rank for its own states. Settles nothing itself.
#include <algorithm>
#include <new>

#include "checker/distributed/rank_explorer.hpp"
#include "checker/engine/rounds.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::distributed {

using engine::Expander;
using engine::JudgedState;
using engine::OutOfTime;
using engine::StopWatch;

void RankExplorer::judge_rest() {
    constexpr std::uint64_t stretch = 256;
    if (judged_ < found_) { // nothing will be expanded any more: summaries are enough, and take less memory
        forget();
        records_.summaries_only = true;
    }
    // After a limit on memory all that a stretch takes comes on top.
    const std::uint64_t length = limit_ == "memory" ? engine::round_length_max / 8 : 2 * engine::round_length_max;
    while (judged_ < found_ && !failed_ && !judging_cut_ && !out_of_memory_) {
        const std::uint64_t stop = std::min(found_, judged_ + length);
        const std::uint64_t end = numbering_.before(stop);
        std::atomic<std::uint64_t> next = numbering_.before(judged_);
        std::atomic<bool> cut = false;
        RoundReport mine;
        try {
            run_together(end - next, [&](unsigned worker) {
                for (std::uint64_t begin = next.fetch_add(stretch); begin < end && !cut;
                     begin = next.fetch_add(stretch))
                    if (!expanders_[worker]->run(begin, std::min(end, begin + stretch), engine::Work::judge, open_,
                                                 watch_, blocks_[0], 0))
                        cut = true;
            });
            look_at_samples(mine);
        } catch (const std::bad_alloc&) {
            mine.stop = Stop::out_of_memory;
        }
        judged_ = stop;
        cut_here_ = cut_here_ || cut || (judged_ < found_ && watch_.is_overdue(StopWatch::judging_seconds));
        take_results(mine);
        const RoundReport all = all_together(world_.gather(to_bytes(mine, shards_)));
        judging_cut_ = judging_cut_ || all.cut;
        out_of_memory_ = all.stop == Stop::out_of_memory;
        if (!out_of_memory_)
            settle(all);
        forget_if_large();
    }
}

// Those that came with the last round.
void RankExplorer::look_at_samples(RoundReport& report) {
    std::vector<JudgedState> fresh;
    for (const std::unique_ptr<Expander>& expander : expanders_) {
        fresh.insert(fresh.end(), expander->tally().judged.begin(), expander->tally().judged.end());
        expander->tally().judged.clear();
    }
    std::ranges::sort(fresh, {}, &JudgedState::state);
    const bool renamed = options_.use_renamings && model_.offers_renamings();
    for (const JudgedState& each : fresh) {
        if (watch_.is_overdue(StopWatch::judging_seconds))
            return;
        const GlobalState state = space_.unfold(store_.state(each.state));
        std::optional<std::string> reason = changed(model_, each, state);
        if (!reason) {
            samples_.push_back(each);
            if (!renamed || each.final_dead_end || !JudgedState::keeps_orbit(each.state))
                continue;
            try {
                reason = orbits_.difference(state, each.state);
            } catch (const ModelError&) { // the search meets it, and says so with a path
            }
        }
        if (reason) {
            report.complaint = Complaint{.state = numbering_.global_of(each.state), .reason = *reason};
            return;
        }
    }
}

// At the end: in another order, and of another copy.
void RankExplorer::ask_again() {
    RoundReport mine;
    const engine::BoundModel& other = first_.second != nullptr ? *first_.second : model_;
    try {
        for (std::size_t i = samples_.size(); i-- > 0 && !mine.complaint;) {
            watch_.expect_time(StopWatch::judging_seconds);
            const JudgedState& each = samples_[i];
            if (each.state < store_.size()) // else a limit has cut it off
                if (const auto reason = changed(other, each, space_.unfold(store_.state(each.state))))
                    mine.complaint = Complaint{.state = numbering_.global_of(each.state), .reason = *reason};
        }
        if (const std::optional<std::string> reason = ask_here(); reason && !mine.complaint)
            mine.complaint = Complaint{.state = Complaint::nowhere, .reason = *reason};
    } catch (const OutOfTime&) {
        mine.stop = stop_for(watch_.reason());
    } catch (const std::bad_alloc&) {
        mine.stop = Stop::memory;
    }
    take_results(mine);
    const RoundReport all = all_together(world_.gather(to_bytes(mine, shards_)));
    limit(all.stop);
    settle(all);
}

std::optional<std::string> RankExplorer::ask_here() {
    if (const std::optional<std::string> reason = first_.calls.changed(model_))
        return reason;
    const auto look_at_clock = [this] { watch_.expect_time(StopWatch::judging_seconds); };
    records_.memo.check_samples(first_.second.get(), look_at_clock);
    if (options_.check_determinism)
        records_.memo.check_again(look_at_clock);
    return {};
}

} // namespace mdcd::checker::distributed
