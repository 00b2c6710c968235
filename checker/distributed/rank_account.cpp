// What a rank holds, by the rules of engine/held_memory.hpp, and what rank 0 tells: progress, and the report that
// all return. A limit on memory is one for each rank.
#include <algorithm>
#include <utility>

#include "checker/distributed/rank_explorer.hpp"
#include "checker/distributed/report_text.hpp"
#include "checker/engine/resident.hpp"

namespace mdcd::checker::distributed {

Stop RankExplorer::memory_limit(std::uint64_t growth) {
    note_memory();
    return memory_.is_too_much(accounted(), growth) ? Stop::memory : Stop::none;
}

engine::AccountedBytes RankExplorer::accounted() const {
    const std::uint64_t in_use = bytes_in_use();
    return {.in_use = in_use,
            .stored = store_bytes(),
            .cached = cache_bytes_,
            .when_grown = in_use - store_.bytes() + store_.bytes_when_grown()};
}

std::uint64_t RankExplorer::bytes_in_use() const {
    std::uint64_t bytes = store_bytes() + cache_bytes_ + message_bytes_ + saving_.bytes();
    for (const engine::CandidateBuffers& block : blocks_)
        bytes += block.bytes();
    for (const std::unique_ptr<engine::Expander>& expander : expanders_)
        bytes += expander->fixed_bytes();
    for (const HalfSender& sender : senders_)
        bytes += sender.bytes();
    for (const HalfReceiver& receiver : receivers_)
        bytes += receiver.bytes();
    return bytes;
}

void RankExplorer::forget_if_large() {
    for (engine::MoveTable& table : records_.moves)
        table.tend();
    note_memory();
    if (memory_.has_to_forget(accounted(), records_.summaries_only))
        forget();
}

// All that can be worked out again.
void RankExplorer::forget() {
    for (const std::unique_ptr<engine::Expander>& expander : expanders_)
        expander->forget();
    records_.forget();
    if (memory_max() > 0)
        engine::give_back_memory();
    memory_.look_again();
}

void RankExplorer::show_progress() {
    if (!leads() || !options_.progress)
        return;
    const double now = watch_.seconds();
    if (now - last_progress_ < options_.progress_seconds)
        return;
    const double own_firings = static_cast<double>(std::max<std::uint64_t>(1, counts_.firings));
    options_.progress(
        {.seconds = seconds_before_ + now,
         .distinct = found_,
         .expanded = position_.next,
         .transitions = firings_,
         .depth = position_.depth,
         .frontier = found_ - position_.next,
         .states_per_second = static_cast<double>(found_ - last_distinct_) / (now - last_progress_),
         .store_bytes = all_store_bytes_,
         .memory_bytes = all_held_bytes_,
         .table_load = store_.load(),
         .memo_hit_rate = std::max(0.0, 1 - static_cast<double>(records_.memo.handler_calls()) / own_firings),
         .growing = growth_.look()});
    last_progress_ = now;
    last_distinct_ = found_;
    if (growth_.failure())
        complaint_here_ = growth_.failure()->reason;
}

// Coverage, calls and bytes of all ranks.
RankExplorer::Effort RankExplorer::add_up() {
    std::vector<std::uint64_t> sums(model_.coverage_point_count());
    for (std::size_t number = 0; number < counts_.coverage.size(); ++number) {
        const auto points = records_.coverage_counts(static_cast<engine::CoverageClass>(number));
        for (std::size_t point = 0; point < points.size(); ++point)
            sums[point] += counts_.coverage[number] * points[point];
    }
    sums.insert(sums.end(), {records_.memo.handler_calls(), store_bytes(), memory_.most()});
    Writer mine;
    for (const std::uint64_t each : sums)
        mine.number(each);
    std::ranges::fill(sums, 0);
    for (const std::string& bytes : world_.gather(mine.take())) {
        Reader in(bytes);
        for (std::uint64_t& sum : sums)
            sum += in.number();
    }
    const std::size_t points = sums.size() - 3;
    Effort effort{.coverage = {},
                  .handler_calls = sums[points],
                  .store_bytes = sums[points + 1],
                  .memory_bytes = sums[points + 2]};
    sums.resize(points);
    effort.coverage = std::move(sums);
    return effort;
}

Report RankExplorer::report() {
    Report report;
    const Effort effort = add_up();
    report.coverage = effort.coverage;
    report.store_bytes = effort.store_bytes;
    report.memory_bytes = effort.memory_bytes;
    report.limit = limit_;
    report.exhaustive = limit_.empty() && !failed_ && position_.next == found_;
    report.distinct_states = found_;
    report.transitions = firings_;
    report.followed = followed_;
    report.depth = found_ > position_.level_end ? position_.depth + 1 : position_.depth;
    report.dead_ends = dead_ends_;
    report.outside = outside_;
    report.handler_calls = handler_calls_before_ + effort.handler_calls;
    report.memo_hits = firings_ > report.handler_calls ? firings_ - report.handler_calls : 0;
    report.seconds = seconds_before_ + watch_.seconds();
    report.checkpoint_failure = checkpoint_failure_;
    report.verdicts = decisions_.finish(report.exhaustive, limit_);
    const std::vector<std::string> told = world_.gather(leads() ? verdicts_to_bytes(report.verdicts) : "");
    report.verdicts = verdicts_from_bytes(told.front());
    return report;
}

} // namespace mdcd::checker::distributed
