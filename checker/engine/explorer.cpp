// Everything that decides is decided here, by one thread, in the order of state numbers: that is why the
// number of workers changes nothing.
#include "checker/engine/explorer.hpp"

#include <algorithm>
#include <new>
#include <thread>
#include <tuple>
#include <utility>

#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/content_states.hpp"
#include "checker/engine/delegate.hpp"
#include "checker/engine/recount.hpp"
#include "checker/engine/reduction.hpp"
#include "checker/engine/rounds.hpp"
#include "checker/engine/slot_states.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr unsigned workers_max = StateTable::shard_count;
constexpr std::uint64_t worth_sharing = 512; // less work than this is done by one

unsigned worker_count(unsigned asked) {
    const unsigned wanted = asked == 0 ? std::max(1U, std::thread::hardware_concurrency()) : asked;
    return std::min(wanted, workers_max);
}

// A model that says what its states lead to without outcomes has nothing in it that could be remembered.
std::unique_ptr<StateSpace> states_of(BoundModel& model, const SearchOptions& options, const Sampling& sampling,
                                      unsigned workers) {
    if (auto* const direct = dynamic_cast<DirectModel*>(&model))
        return std::make_unique<ContentStates>(model, *direct, options, workers);
    return std::make_unique<SlotStates>(model, options, sampling, workers);
}

} // namespace

Explorer::Explorer(BoundModel& model, const SearchOptions& options, const FirstLook& first, StopWatch& watch)
    : model_(model), options_(options), first_(first), watch_(watch), team_(worker_count(options.workers)),
      workers_(team_.size()), memory_(options.limits.memory_bytes_max, watch),
      states_(states_of(model, options, first.sampling, workers_)),
      decisions_(model.properties(), model.knows_final_states()) {
    open_ = all_questions(model);
    saving_.lock = lock_checkpoints(options.checkpoint_dir, options.resume);
    saving_.identity = checkpoint_identity(model, first.sampling.layout, options, states_->kind());
}

Report Explorer::run() {
    try {
        if (options_.resume)
            resume();
        else
            start();
        search();
        if (!failed_ && !limit_.empty() && !cut_) // else it has been saved before
            save();
        if (!failed_ && !decisions_.all_settled())
            judge_rest(); // after a limit: those that were found and not expanded
        if (!failed_)
            ask_again();
    } catch (const std::bad_alloc&) {
        limit("memory");
    } catch (const OutOfTime&) {
        limit(watch_.reason());
    }
    note_memory();
    return report();
}

void Explorer::start() {
    const std::vector<GlobalState> initial = model_.initial_states();
    states_->begin_round(1);
    constexpr std::size_t stretch = initial_stretch;
    static_assert(stretch <= Origin::parent_max && round_length_max <= Origin::parent_max);
    for (std::size_t index = 0; index < initial.size() && limit_.empty(); ++index) {
        if (index % 1024 == 1023 && watch_.time_to_stop())
            limit(watch_.reason());
        try {
            states_->propose_initial(initial[index], index % stretch);
        } catch (const ModelError& error) {
            return fail_everywhere(error.what(), {.initial = static_cast<std::uint32_t>(index), .firings = {}});
        }
        if ((index + 1) % stretch == 0 && !insert(index + 1 - stretch))
            break;
    }
    started_ = limit_.empty() && insert(initial.size() / stretch * stretch);
    position_.initial_count = states_->size();
    position_.level_end = states_->size();
}

void Explorer::search() {
    while (position_.next < states_->size() && limit_.empty() && !failed_) {
        if (position_.next == position_.level_end) {
            position_.level_end = states_->size();
            ++position_.depth;
        }
        next_round();
        show_progress();
        if (growth_.failure() && !failed_)
            fail_at_value(*growth_.failure());
        watch_.reserve(options_.checkpoint_dir.empty() ? 0 : saving_seconds());
        if (failed_ || (options_.stop_when_decided && decisions_.all_settled()))
            return;
    }
}

std::uint64_t Explorer::round_length() const {
    return engine::round_length(position_.next, counts_.firings);
}

// Expands some states of this level. If it has to stop half way, it is as if it had not begun: only judging counts.
void Explorer::next_round() {
    const std::uint64_t end = std::min(position_.level_end, position_.next + round_length());
    memory_.begin_round(bytes_in_use());
    states_->begin_level(position_.level_end);
    expand(position_.next, end);
    if (const Footprints* const more = states_->unforeseen(); more != nullptr)
        throw BeginAgain{*more};
    judged_ = end;
    if (watch_.reason() != nullptr) {
        limit(watch_.reason());
    } else if (insert(position_.next)) {
        for (unsigned worker = 0; worker < workers_; ++worker)
            counts_.add(states_->tally(worker).counts);
        position_.next = end;
        states_->expanded(position_.next);
    }
    for (unsigned worker = 0; worker < workers_; ++worker)
        states_->tally(worker).counts.clear();
    settle();
    look_at_samples();
    if (!failed_ && limit_.empty())
        save_if_due();
    forget_if_large();
    check_limits(memory_.round_growth());
}

void Explorer::run_together(std::uint64_t work, const std::function<void(unsigned)>& job) {
    if (work < worth_sharing)
        job(0);
    else
        team_.run(job);
}

void Explorer::expand(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t length = end - begin;
    const std::size_t blocks = length < worth_sharing ? 1 : states_->blocks_max();
    states_->begin_round(blocks);
    std::atomic<std::size_t> next_block = 0;
    run_together(length, [&](unsigned worker) {
        for (std::size_t block = next_block++; block < blocks; block = next_block++)
            if (!states_->run(worker,
                              {.begin = begin + length * block / blocks,
                               .end = begin + length * (block + 1) / blocks,
                               .first_of_round = begin},
                              block, Work::expand, open_, watch_))
                judging_cut_ = true;
    });
}

// False if there is no room: nothing has changed then.
bool Explorer::insert(std::uint64_t first_parent) {
    if (states_->size() + states_->count_candidates() > state_count_max) {
        limit("capacity");
        return false;
    }
    while (!states_->fits()) {
        if (memory_max() > 0 && bytes_in_use() + states_->growth_bytes() > memory_max()) {
            limit("memory");
            return false;
        }
        if (!states_->grow(together_, watch_)) {
            limit(watch_.reason());
            return false;
        }
    }
    states_->insert(together_);
    note_memory(); // when most is held: what was found, and the store with it
    states_->number(first_parent, together_);
    return true;
}

// Judges the states from judged_ on, and shows them to the observer, without expanding them.
void Explorer::judge_rest() {
    if (judged_ < states_->size()) { // nothing will be expanded any more: summaries are enough, and take less memory
        forget();
        states_->judge_only();
        judging_only_ = true;
    }
    judge(states_->size(), Work::judge, open_, [this] {
        settle();
        look_at_samples();
        return !failed_;
    });
}

// Judges, and perhaps counts, the states [judged_, end), stretch by stretch, as long as there is time and `after`,
// called after each stretch, says so.
void Explorer::judge(std::uint64_t end, Work work, const OpenQuestions& open, const std::function<bool()>& after) {
    constexpr std::uint64_t stretch = 256;
    // After a limit on memory all that a stretch takes comes on top.
    const std::uint64_t length = limit_ == "memory" ? round_length_max / 8 : 2 * round_length_max;
    bool go_on = true;
    while (judged_ < end && go_on && !judging_cut_) {
        const std::uint64_t stop = std::min(end, judged_ + length);
        std::atomic<std::uint64_t> next = judged_;
        run_together(stop - judged_, [&](unsigned worker) {
            for (std::uint64_t begin = next.fetch_add(stretch); begin < stop && !judging_cut_;
                 begin = next.fetch_add(stretch))
                if (!states_->run(worker, {.begin = begin, .end = std::min(stop, begin + stretch), .first_of_round = 0},
                                  0, work, open, watch_))
                    judging_cut_ = true;
        });
        judged_ = stop;
        go_on = after();
        forget_if_large();
        judging_cut_ = judging_cut_ || (judged_ < end && watch_.is_overdue(StopWatch::judging_seconds));
    }
}

void Explorer::settle() {
    std::vector<Finding> findings;
    for (unsigned worker = 0; worker < workers_; ++worker) {
        std::vector<Finding>& some = states_->tally(worker).findings;
        findings.insert(findings.end(), some.begin(), some.end());
        some.clear();
    }
    std::ranges::sort(findings, {}, [](const Finding& finding) { return std::tuple(finding.state, finding.kind); });
    std::array<unsigned, property_count_max> seen_again{}; // in this round
    for (const Finding& finding : findings) {
        if (failed_)
            break;
        if (finding.kind == Finding::Kind::again)
            look_again(finding, seen_again);
        else
            settle(finding);
    }
    if (const std::optional<std::string> reason = states_->nondeterminism(); reason && !failed_)
        fail_everywhere(*reason, {});
    tell_decided();
}

void Explorer::settle(const Finding& finding) {
    if (finding.kind == Finding::Kind::again)
        return settle_again(finding);
    try {
        const auto [path, last] = trail().run_to(finding.state);
        switch (finding.kind) {
        case Finding::Kind::bits:
            if (const PropertyBits differing = model_.judge_by_hand(last) ^ finding.bits; differing != 0)
                throw LostTrail(lost_predicate(model_, differing, options_.use_renamings));
            decisions_.look(finding.bits, [&, &path = path] { return path; });
            want_more(finding.state, open_.always & ~finding.bits);
            open_.always &= finding.bits;
            open_.reachable &= ~finding.bits;
            break;
        case Finding::Kind::deadlock:
            if (!model_.enabled_in(last).empty())
                throw LostTrail(std::string(lost_dead_end));
            if (model_.is_final_by_hand(last))
                throw LostTrail(std::string(lost_final));
            decisions_.look_at_deadlock([&, &path = path] { return path; });
            open_.deadlock = false;
            break;
        case Finding::Kind::again:
            break;
        case Finding::Kind::failure:
            fail_everywhere(trail().failure_in(last), path);
        }
        findings_.push_back(finding);
    } catch (const TrailTooLong& too_long) {
        limit(too_long.what());
    } catch (const OutOfTime&) {
        limit(watch_.reason());
    } catch (const LostTrail& lost) {
        fail_everywhere(lost.what(), {});
    } catch (const ModelError& error) { // it did not fail when it was met
        fail_everywhere(error.what(), {});
    }
}

void Explorer::fail_everywhere(const std::string& reason, const Path& path) {
    decisions_.fail(reason, path);
    failed_ = true;
    failure_ = reason;
}

void Explorer::limit(const std::string& reason) {
    if (limit_.empty())
        limit_ = reason;
}

namespace {

Delegate& delegate() {
    static Delegate whom;
    return whom;
}

} // namespace

void delegate_searches_to(Delegate whom) {
    delegate() = std::move(whom);
}

namespace {

void expect_reducible(const BoundModel& model, const SearchOptions& options) {
    if (!options.reduce_states)
        return;
    if (const std::optional<std::string> why = why_not_reduced(model, options))
        throw ModelError(*why);
}

// A search that leaves out states begins again as long as it meets steps that do what they were not known to do: at
// most once for each step and slot. Whoever waits for what is decided is told once.
Report run_search(BoundModel& model, const SearchOptions& options, FirstLook& first, StopWatch& watch) {
    if (!options.reduce_states)
        return Explorer(model, options, first, watch).run();
    std::set<std::string> told;
    SearchOptions once = options;
    if (options.decided)
        once.decided = [&](const PropertyVerdict& verdict) {
            if (told.insert(verdict.property).second)
                options.decided(verdict);
        };
    for (;;) {
        try {
            return Explorer(model, once, first, watch).run();
        } catch (const BeginAgain& again) {
            for (std::size_t step = 0; step < again.more.size(); ++step)
                first.sampling.footprints[step].add(again.more[step]);
        }
    }
}

} // namespace

Report explore(BoundModel& model, const SearchOptions& options) {
    if (delegate() && !options.reduce_states)
        return delegate()(model, options);
    expect_identity(options);
    try {
        StopWatch watch(options);
        if (delegate())
            throw ModelError("no states can be left out: several ranks do not know which level a state is of");
        expect_well_formed(model, options);
        expect_reducible(model, options);
        FirstLook first(model, options.check_determinism, [&] { return watch.time_to_stop(); });
        return run_search(model, options, first, watch);
    } catch (const ModelError& error) {
        Report report;
        Decisions decisions(model.properties().first(std::min(model.properties().size(), property_count_max)),
                            model.knows_final_states());
        decisions.fail(error.what(), {});
        report.verdicts = decisions.finish(false, "");
        report.coverage.resize(model.coverage_point_count());
        return report;
    }
}

} // namespace mdcd::checker::engine
