// Level by level, each level in rounds, as in engine/explorer.cpp. In a round each rank expands those of the states
// that it has, candidates go to the ranks that own them, and all tell all what they found: two meetings a round.
// Whatever one rank finds out alone (it is time to stop, memory is full) is told at the next meeting and acted on by
// all.
#include "checker/distributed/rank_explorer.hpp"

#include <algorithm>
#include <new>
#include <thread>

#include "checker/engine/rounds.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::distributed {

using engine::CandidateBuffers;
using engine::Expander;
using engine::LayoutNode;
using engine::StateStore;

namespace {

constexpr std::uint64_t worth_sharing_here = 512; // less work than this is done by one

unsigned workers_of(unsigned asked) {
    const unsigned wanted = asked == 0 ? std::max(1U, std::thread::hardware_concurrency()) : asked;
    return std::min<unsigned>(wanted, StateStore::shard_count);
}

} // namespace

RankExplorer::RankExplorer(engine::BoundModel& model, const SearchOptions& options, const engine::FirstLook& first,
                           engine::StopWatch& watch, World& world)
    : model_(model), options_(options), first_(first), watch_(watch), world_(world),
      shards_(shards_of(world.rank(), world.size())), team_(workers_of(options.workers)), workers_(team_.size()),
      space_(model.slots(), first.sampling.layout, table_bytes_),
      sleep_(model.steps(), first.sampling.changes, options.use_sleep_sets && !model.knows_boundary()),
      records_(model, space_, sleep_, cache_bytes_, options.check_determinism), store_(shards_.begin, shards_.end),
      blocks_(workers_ == 1 ? 1 : 4 * workers_), senders_(world.size(), HalfSender(space_)),
      receivers_(world.size(), HalfReceiver(space_)),
      orbits_(model, [this](const GlobalState& state) { return canonical(state); }),
      open_(engine::all_questions(model)), decisions_(model.properties(), model.knows_final_states()),
      memory_(options.limits.memory_bytes_max, watch) {
    const engine::Layout& layout = first.sampling.layout;
    const std::size_t middle = layout.nodes[engine::left_half].end;
    const std::span<const SlotIndex> order(layout.order);
    model.set_rows(order.first(middle), order.subspan(middle), workers_);
    for (unsigned worker = 0; worker < workers_; ++worker)
        expanders_.push_back(std::make_unique<Expander>(records_, store_, worker, cache_bytes_, options.use_renamings));
}

Report RankExplorer::run() {
    prepare_checkpoints();
    if (resumes_)
        resume();
    else
        start();
    search();
    if (!failed_ && !out_of_memory_ && !limit_.empty() && !cut_) // else it has been saved before
        save();
    if (!failed_ && !out_of_memory_ && !settled_)
        judge_rest();
    if (!failed_ && !out_of_memory_)
        ask_again();
    note_memory();
    return report();
}

// Every rank folds all initial states, and keeps its own.
void RankExplorer::start() {
    const std::vector<GlobalState> initial = model_.initial_states();
    blocks_used_ = 1;
    for (std::size_t begin = 0; begin < initial.size() && limit_.empty(); begin += engine::initial_stretch) {
        const std::size_t end = std::min(initial.size(), begin + engine::initial_stretch);
        Lists lists(shards_.end - shards_.begin);
        RoundReport mine;
        mine.stop = watch_.time_to_stop() ? stop_for(watch_.reason()) : Stop::none;
        for (std::size_t index = begin; index < end; ++index) {
            State state;
            try {
                state = expanders_.front()->canonical(space_.fold(initial[index]));
            } catch (const ModelError& error) { // as on all ranks
                return fail_everywhere(error.what(), {.initial = static_cast<std::uint32_t>(index), .firings = {}});
            }
            const std::uint32_t hash = engine::upper_half(space_.hash(state));
            const std::size_t shard = StateStore::shard_of(hash);
            if (shard >= shards_.begin && shard < shards_.end)
                lists[shard - shards_.begin].push_back({.state = state, .origin = {index - begin, 0}, .hash = hash});
        }
        if (mine.stop == Stop::none)
            mine.stop = insert({lists}, begin, mine);
        const bool inserted = mine.stop == Stop::none;
        finish_round(0, tell(mine), inserted);
    }
    started_ = limit_.empty() && !failed_;
    position_.initial_count = found_;
    position_.level_end = found_;
}

void RankExplorer::search() {
    while (position_.next < found_ && limit_.empty() && !failed_) {
        if (position_.next == position_.level_end) {
            position_.level_end = found_;
            ++position_.depth;
        }
        next_round();
        show_progress();
        watch_.reserve(saves_ ? saving_seconds() : 0);
        if (failed_ || (options_.stop_when_decided && settled_))
            return;
    }
}

std::uint64_t RankExplorer::round_length() const {
    return engine::round_length(position_.next, firings_);
}

void RankExplorer::next_round() {
    const std::uint64_t end = std::min(position_.level_end, position_.next + round_length());
    const std::uint64_t first_here = numbering_.before(position_.next);
    memory_.begin_round(bytes_in_use());
    RoundReport mine;
    std::vector<std::string> messages;
    try {
        expand(first_here, numbering_.before(end));
        if (watch_.reason() != nullptr)
            mine.stop = stop_for(watch_.reason());
        messages = pack(first_here, mine.stop);
    } catch (const std::bad_alloc&) {
        mine.stop = Stop::out_of_memory;
        Writer alone;
        alone.number(static_cast<std::uint64_t>(mine.stop));
        messages.assign(world_.size(), alone.take());
    }
    judged_ = end;
    const std::vector<std::string> received = world_.exchange(messages);
    messages = {};
    bool inserted = false;
    try {
        const std::vector<Lists> lists = unpack(received, first_here, mine.stop);
        if (mine.stop == Stop::none)
            mine.stop = insert(lists, position_.next, mine);
        inserted = mine.stop == Stop::none;
        note_memory(); // when most is held
        for (std::size_t block = 0; block < blocks_used_; ++block)
            blocks_[block].clear();
        look_at_samples(mine);
    } catch (const std::bad_alloc&) {
        mine.stop = Stop::out_of_memory;
    }
    message_bytes_ = 0;
    take_results(mine);
    forget_if_large();
    mine.limit = memory_limit(memory_.round_growth());
    mine.save = save_is_due();
    const RoundReport all = tell(mine);
    finish_round(end, all, inserted);
    if (all.save && !failed_ && limit_.empty())
        save();
    check_limits(all.limit);
    for (const std::unique_ptr<Expander>& expander : expanders_)
        expander->tally().counts.clear();
}

// What the ranks said decides, on all ranks alike. If one had to stop half way, it is as if the round had not begun:
// only judging counts.
void RankExplorer::finish_round(std::uint64_t end, const RoundReport& all, bool inserted) {
    all_store_bytes_ = all.store_bytes;
    all_held_bytes_ = all.held_bytes;
    judging_cut_ = judging_cut_ || all.cut;
    if (all.stop == Stop::none) {
        for (const std::unique_ptr<Expander>& expander : expanders_)
            counts_.add(expander->tally().counts);
        firings_ += all.firings;
        followed_ += all.followed;
        dead_ends_ += all.dead_ends;
        outside_ += all.outside;
        number_fresh(all.fresh);
        position_.next = end;
        store_.forget_labels(numbering_.before(position_.next));
    } else {
        if (inserted)
            store_.truncate(numbering_.before(found_));
        out_of_memory_ = all.stop == Stop::out_of_memory;
        limit(all.stop);
    }
    if (!out_of_memory_)
        settle(all);
}

void RankExplorer::check_limits(Stop told) {
    const std::uint64_t states_max = options_.limits.states_max;
    if (states_max > 0 && found_ > states_max) {
        if (!failed_ && !out_of_memory_)
            save();
        cut_ = true;
        found_ = states_max;
        store_.truncate(numbering_.before(found_));
        limit("states");
    }
    if (position_.next < found_) // else it is complete
        limit(told);
}

void RankExplorer::expand(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t length = end - begin;
    blocks_used_ = length < worth_sharing_here ? 1 : blocks_.size();
    std::atomic<std::size_t> next_block = 0;
    std::atomic<bool> cut = false;
    run_together(length, [&](unsigned worker) {
        for (std::size_t block = next_block++; block < blocks_used_; block = next_block++)
            if (!expanders_[worker]->run(begin + length * block / blocks_used_,
                                         begin + length * (block + 1) / blocks_used_, engine::Work::expand, open_,
                                         watch_, blocks_[block], begin))
                cut = true;
    });
    cut_here_ = cut_here_ || cut;
}

void RankExplorer::run_together(std::uint64_t work, const std::function<void(unsigned)>& job) {
    if (work < worth_sharing_here)
        job(0);
    else
        team_.run(job);
}

void RankExplorer::limit(const std::string& reason) {
    if (limit_.empty())
        limit_ = reason;
}

void RankExplorer::limit(Stop stop) {
    if (stop != Stop::none)
        limit(name_of(stop));
}

} // namespace mdcd::checker::distributed
