// Leaving a search of several ranks for later, and taking it up again, as engine/explorer_checkpoint.cpp and
// explorer_resume.cpp do. When to save is said by rank 0 at the end of a round: there the standing is that of one
// process, on all ranks.
#include <algorithm>
#include <atomic>

#include "checker/distributed/rank_explorer.hpp"
#include "checker/engine/checkpoint_folder.hpp"

namespace mdcd::checker::distributed {

using engine::Finding;
using engine::Standing;

// Only rank 0 needs the folder: the others may be on machines that do not have it.
void RankExplorer::prepare_checkpoints() {
    if (leads() && !options_.checkpoint_dir.empty())
        checkpoint_lock_ = engine::lock_checkpoints(options_.checkpoint_dir, options_.resume);
    Writer mine;
    mine.number(options_.checkpoint_dir.empty() ? 0 : 1);
    mine.number(options_.resume ? 1 : 0);
    const std::vector<std::string> told = world_.gather(mine.take());
    Reader in(told.front());
    saves_ = in.number() != 0;
    resumes_ = in.number() != 0;
}

bool RankExplorer::save_is_due() const {
    return leads() && saves_ && watch_.seconds() - last_save_ >= options_.checkpoint_seconds &&
           watch_.has_time_for(saving_seconds()); // else the one at the end will do
}

// A search goes on without its checkpoint rather than end for want of disk space.
void RankExplorer::save() {
    if (!saves_ || !started_)
        return;
    const LongSilence writing(world_);
    const double begin = watch_.seconds();
    const Effort effort = add_up();
    const Standing standing{.position = position_,
                            .firings = firings_,
                            .followed = followed_,
                            .dead_ends = dead_ends_,
                            .outside = outside_,
                            .handler_calls = handler_calls_before_ + effort.handler_calls,
                            .seconds = seconds_before_ + begin,
                            .coverage = effort.coverage,
                            .findings = findings_};
    checkpoint_failure_ = saving_.save(engine::checkpoint_path(options_.checkpoint_dir), identity(), standing, found_);
    if (checkpoint_failure_.empty())
        states_saved_per_second_ = static_cast<double>(found_ + 1) / (watch_.seconds() - begin + 1e-3);
    last_save_ = watch_.seconds();
    note_memory();
}

std::string RankExplorer::identity() const {
    return engine::checkpoint_identity(model_, space_.layout(), options_, {});
}

void RankExplorer::resume() {
    Saved saved;
    {
        const LongSilence reading(world_);
        saved =
            load_shared(engine::checkpoint_path(options_.checkpoint_dir), identity(),
                        {.space = space_, .store = store_, .numbering = numbering_, .shards = shards_}, world_, watch_);
    }
    if (saved.stop == Stop::none)
        saved.stop = enter_all();
    if (saved.stop == Stop::none)
        take_up(saved);
    else
        nothing_taken_up(saved.stop);
}

// There is nothing to tell yet, and nothing to save.
void RankExplorer::nothing_taken_up(Stop stop) {
    store_.truncate(0);
    numbering_ = {};
    counts_.clear();
    for (std::uint64_t* const number : {&found_, &judged_, &firings_, &followed_, &dead_ends_, &outside_})
        *number = 0;
    position_ = {};
    started_ = false;
    limit(stop);
}

Stop RankExplorer::enter_all() {
    constexpr std::uint64_t stretch = 1U << 14;
    std::atomic<std::uint64_t> next = 0;
    run_together(store_.size(), [&](unsigned) {
        for (std::uint64_t begin = next.fetch_add(stretch); begin < store_.size() && !watch_.time_to_stop();
             begin = next.fetch_add(stretch))
            store_.enter(begin, std::min(store_.size(), begin + stretch),
                         [this](State state) { return engine::upper_half(space_.hash(state)); });
    });
    return looked_everywhere([](RoundReport&) {}).stop;
}

void RankExplorer::take_up(const Saved& saved) {
    const Standing& standing = saved.standing;
    found_ = saved.states;
    position_ = standing.position;
    seconds_before_ = standing.seconds;
    handler_calls_before_ = standing.handler_calls;
    last_distinct_ = found_;
    expect_same_beginning();
    for (const Finding& finding : standing.findings) {
        if (finding.kind == Finding::Kind::again)
            settle_again(finding);
        else
            settle(finding);
    }
    tell_again_ = true;
    if (failed_)
        engine::refuse_other_model("what it has found is not found again: " + failure_);
    look_again_at_saved(standing);
    const bool limited = !limit_.empty();
    if (!limited)
        if (const Stop stop = fire_again(saved); stop != Stop::none)
            return nothing_taken_up(stop);
    started_ = !limited;
    judged_ = position_.next;
    if (options_.limits.states_max > 0 && options_.limits.states_max < position_.next)
        return limit("states"); // what has been gone on from stays, and what was found there
    check_limits(looked_everywhere([this](RoundReport& mine) { mine.limit = memory_limit(0); }).limit);
}

// The first states are those that the model begins with. Each rank looks for those that it has.
void RankExplorer::expect_same_beginning() {
    const std::vector<GlobalState> initial = model_.initial_states();
    const std::uint64_t here = numbering_.before(position_.initial_count);
    std::vector<bool> is_there(here);
    const RoundReport all = looked_everywhere([&](RoundReport& mine) {
        const auto complain = [&](const char* reason) { mine.complaint = Complaint{.state = 0, .reason = reason}; };
        for (const GlobalState& content : initial) {
            const State state = expanders_.front()->canonical(space_.fold(content));
            const std::uint32_t hash = engine::upper_half(space_.hash(state));
            if (const std::size_t shard = engine::StateStore::shard_of(hash);
                shard < shards_.begin || shard >= shards_.end)
                continue;
            const std::optional<engine::StateNumber> number = store_.find(state, hash);
            if (!number || *number >= here)
                return complain("it does not have all initial states of the model");
            is_there[*number] = true;
        }
        for (std::uint64_t number = 0; number < here; ++number)
            if (!is_there[number] || store_.parent(number) >= initial.size())
                return complain("it has initial states that the model does not have");
    });
    if (all.complaint)
        engine::refuse_other_model(all.complaint->reason);
}

} // namespace mdcd::checker::distributed
