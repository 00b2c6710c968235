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
    if (judged_ < found_) { // nothing will be expanded any more: summaries are enough, and take less memory
        forget();
        records_.summaries_only = true;
    }
    judge(found_, engine::Work::judge, open_, [this](const RoundReport& all) {
        settle(all);
        return !failed_;
    });
}

// Judges, and perhaps counts, the states [judged_, end), stretch by stretch, as long as all have time and `after`,
// called with what all have found in a stretch, says so.
void RankExplorer::judge(std::uint64_t end, engine::Work work, const engine::OpenQuestions& open,
                         const std::function<bool(const RoundReport& all)>& after) {
    // After a limit on memory all that a stretch takes comes on top.
    const std::uint64_t length = limit_ == "memory" ? engine::round_length_max / 8 : 2 * engine::round_length_max;
    bool go_on = true;
    while (judged_ < end && go_on && !judging_cut_ && !out_of_memory_) {
        const std::uint64_t stop = std::min(end, judged_ + length);
        RoundReport mine;
        bool cut = false;
        try {
            cut = !judge_here(numbering_.before(judged_), numbering_.before(stop), work, open);
            look_at_samples(mine);
        } catch (const std::bad_alloc&) {
            mine.stop = Stop::out_of_memory;
        }
        judged_ = stop;
        cut_here_ = cut_here_ || cut || (judged_ < end && watch_.is_overdue(StopWatch::judging_seconds));
        if (cut_here_)
            mine.limit = stop_for(watch_.reason());
        take_results(mine);
        const RoundReport all = tell(mine);
        for (const std::unique_ptr<Expander>& expander : expanders_) {
            if (work == engine::Work::count)
                counts_.add(expander->tally().counts);
            expander->tally().counts.clear();
        }
        judging_cut_ = judging_cut_ || all.cut;
        out_of_memory_ = all.stop == Stop::out_of_memory;
        if (!out_of_memory_)
            go_on = after(all);
        forget_if_large();
    }
}

// States of this rank. False if there was no time for all.
bool RankExplorer::judge_here(std::uint64_t begin, std::uint64_t end, engine::Work work,
                              const engine::OpenQuestions& open) {
    constexpr std::uint64_t stretch = 256;
    std::atomic<std::uint64_t> next = begin;
    std::atomic<bool> cut = false;
    run_together(end - begin, [&](unsigned worker) {
        for (std::uint64_t from = next.fetch_add(stretch); from < end && !cut; from = next.fetch_add(stretch))
            if (!expanders_[worker]->run(from, std::min(end, from + stretch), work, open, watch_, blocks_[0], 0))
                cut = true;
    });
    return !cut;
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
    const RoundReport all = tell(mine);
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
