// What the coordinator tells: progress on the way, the report at the end.
// Changes nothing that the search goes by.
#include <algorithm>

#include "checker/engine/explorer.hpp"
#include "checker/engine/reduction.hpp"

namespace mdcd::checker::engine {

void Explorer::show_progress() {
    if (!options_.progress)
        return;
    const auto now = std::chrono::steady_clock::now();
    const double since = std::chrono::duration<double>(now - told_.progress).count();
    if (since < options_.progress_seconds)
        return;
    const double firings = static_cast<double>(std::max<std::uint64_t>(1, counts_.firings));
    options_.progress({.seconds = before_.seconds + watch_.seconds(),
                       .distinct = states_->size(),
                       .expanded = position_.next,
                       .transitions = counts_.firings,
                       .depth = position_.depth,
                       .frontier = states_->size() - position_.next,
                       .states_per_second = static_cast<double>(states_->size() - told_.distinct) / since,
                       .store_bytes = states_->store_bytes(),
                       .memory_bytes = memory_.held(bytes_in_use()),
                       .table_load = states_->load(),
                       .memo_hit_rate = std::max(0.0, 1 - static_cast<double>(states_->handler_calls()) / firings),
                       .growing = growth_.look()});
    told_.progress = now;
    told_.distinct = states_->size();
}

// A resumed search tells again what it knew.
void Explorer::tell_decided() {
    const std::vector<const PropertyVerdict*> settled = decisions_.settled();
    for (; told_.decisions < settled.size(); ++told_.decisions) {
        if (options_.decided)
            options_.decided(*settled[told_.decisions]);
        if (settled[told_.decisions]->verdict == Verdict::violated &&
            std::ranges::find(options_.stop_at, settled[told_.decisions]->property) != options_.stop_at.end())
            limit("the first violation");
    }
}

Report Explorer::report() {
    Report report;
    report.limit = limit_;
    report.exhaustive = limit_.empty() && !failed_ && position_.next == states_->size();
    report.verdicts = decisions_.finish(report.exhaustive, limit_);
    report.reduced = options_.reduce_states;
    for (std::size_t i = 0; report.reduced && i < model_.properties().size(); ++i) {
        PropertyVerdict& verdict = report.verdicts[i];
        if (is_reduced_for(model_.properties()[i], options_) ||
            (verdict.verdict != Verdict::holds && verdict.verdict != Verdict::not_reached))
            continue;
        verdict.verdict = Verdict::inconclusive;
        verdict.reason = "states were left out for the sake of other properties";
    }
    report.distinct_states = states_->size();
    report.transitions = counts_.firings;
    report.followed = counts_.followed;
    report.depth = states_->size() > position_.level_end ? position_.depth + 1 : position_.depth;
    report.dead_ends = counts_.dead_ends;
    report.outside = counts_.outside;
    report.coverage = states_->coverage(counts_);
    report.handler_calls = before_.handler_calls + states_->handler_calls();
    report.memo_hits = counts_.firings > report.handler_calls ? counts_.firings - report.handler_calls : 0;
    report.store_bytes = states_->store_bytes();
    report.memory_bytes = memory_.most();
    report.seconds = before_.seconds + watch_.seconds();
    report.checkpoint_failure = saving_.failure;
    return report;
}

} // namespace mdcd::checker::engine
