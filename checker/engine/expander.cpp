// Most of a state's successors are the entries of its halves' records. What is left: entries that reach into
// the other half, and crossing steps, which both halves decide together; both are remembered as well.
#include "checker/engine/expander.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "checker/engine/orbit_reducer.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

Expander::Expander(RecordSpace& records, const StateStore& store, unsigned worker, std::atomic<std::uint64_t>& meter,
                   bool use_renamings)
    : records_(records), space_(records.space), store_(store), worker_(worker),
      has_boundary_(records.model.knows_boundary()), maker_(records, worker, meter), arena_(meter), meter_(meter),
      crossed_(crossed_min), ids_(records.model.slots().size()) {
    renew_lately(lately_min);
    if (!use_renamings || !records.model.offers_renamings())
        return;
    if (std::vector<Renaming> renamings = records.model.renamings(); !renamings.empty())
        reducer_ = std::make_unique<OrbitReducer>(records.model, records.space, std::move(renamings), meter);
    else
        reducer_ = std::make_unique<CandidateReducer>(records, maker_, worker, meter);
}

bool Expander::run(std::uint64_t begin, std::uint64_t end, Work work, const OpenQuestions& open, StopWatch& watch,
                   CandidateBuffers& out, std::uint64_t first_of_round) {
    tally_.begin(open);
    first_of_round_ = first_of_round;
    out_ = &out;
    if (end > lately_mask_ && lately_mask_ + 1 < lately_max)
        renew_lately(std::min(std::bit_ceil(4 * end), lately_max));
    bool stopped = watch.time_to_stop();
    for (std::uint64_t number = begin; number < end + place_ahead; ++number) {
        const auto stage = [&](std::uint64_t ahead) { // the state so far ahead of the one that is expanded
            return number - (place_ahead - ahead);
        };
        if (number < end)
            fetch_places(number);
        if (stage(record_ahead) - begin < end - begin)
            fetch_records(stage(record_ahead));
        if (stage(look_ahead) - begin < end - begin)
            look_at(stage(look_ahead));
        if (number < begin + place_ahead)
            continue;
        const std::uint64_t now = stage(0);
        const Ahead& ahead = ahead_[now % ahead_.size()];
        judge(now, *ahead.left, *ahead.right);
        if (now % 32 == 31) {
            stopped = watch.time_to_stop();
            if (stopped && now + 1 < end && watch.is_overdue(StopWatch::judging_seconds)) {
                write_down_all();
                return false;
            }
        }
        if (work == Work::judge || (work == Work::expand && stopped) ||
            (has_boundary_ && is_beyond(now, *ahead.left, *ahead.right)))
            continue;
        if (work == Work::count)
            count(now, ahead.state, *ahead.left, *ahead.right);
        else if (stubborn_ != nullptr)
            expand_reduced(now, ahead.state, *ahead.left, *ahead.right);
        else
            expand(now, ahead.state, *ahead.left, *ahead.right);
    }
    write_down_all();
    return true;
}

// It grows with the search: one of a few states is over sooner than a large table is filled with zeros.
void Expander::renew_lately(std::size_t size) {
    lately_.renew(size);
    lately_.touch(0, size);
    lately_mask_ = size - 1;
}

void Expander::write_down_all() {
    for (std::uint64_t next = proposed_count_ - std::min<std::uint64_t>(proposed_count_, proposed_.size());
         next < proposed_count_; ++next)
        write_down(proposed_[next % proposed_.size()]);
    tally_.counts.followed += std::exchange(proposed_count_, 0);
}

void Expander::fetch_places(std::uint64_t number) const {
    const State state = store_.state(number);
    records_.prefetch(left_half, state.left);
    records_.prefetch(right_half, state.right);
}

void Expander::fetch_records(std::uint64_t number) {
    const State state = store_.state(number);
    Ahead& ahead = ahead_[number % ahead_.size()];
    ahead = {
        .state = state, .left = records_.find(left_half, state.left), .right = records_.find(right_half, state.right)};
    for (const Record* const record : {ahead.left, ahead.right})
        for (std::size_t line = 0; line < lines_ahead && record != nullptr; ++line)
            __builtin_prefetch(reinterpret_cast<const char*>(record) + line_bytes * line);
}

// The prefetches stand here and not in a function of their own: the compiler may take that for one without effect.
void Expander::look_at(std::uint64_t number) {
    Ahead& ahead = ahead_[number % ahead_.size()];
    const auto [id_left, id_right] = ahead.state;
    if (ahead.left == nullptr)
        ahead.left = maker_.record(left_half, id_left);
    if (ahead.right == nullptr)
        ahead.right = maker_.record(right_half, id_right);
    const auto& [left_moves, right_moves] = records_.moves;
    for (const Record* const record : {ahead.left, ahead.right})
        for (std::size_t line = lines_ahead; line < record->lines; ++line)
            __builtin_prefetch(reinterpret_cast<const char*>(record) + line_bytes * line);
    const SleepLabel label = store_.label(number);
    for (const RecordEntry& entry : std::span(ahead.left->entries, ahead.left->entry_count))
        if (entry.outer != EffectTable::nothing && !records_.sleep.sleeps(label, entry.sleep_label))
            right_moves.prefetch(id_right, entry.outer);
    for (const RecordEntry& entry : std::span(ahead.right->entries, ahead.right->entry_count))
        if (entry.outer != EffectTable::nothing && !records_.sleep.sleeps(label, entry.sleep_label))
            left_moves.prefetch(id_left, entry.outer);
    const std::size_t words = records_.crossing_words();
    for (std::size_t word = 0; word < words; ++word) {
        for (std::uint64_t bits = ahead.left->crossing[word] & ahead.right->crossing[word]; bits != 0;
             bits &= bits - 1) {
            const std::size_t crossing = 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
            const CrossResult& result = cross(crossing, ahead.state, ahead.left->projections(words)[crossing],
                                              ahead.right->projections(words)[crossing]);
            for (const CrossEnding& ending : std::span(result.endings, result.count)) {
                if (records_.sleep.sleeps(label, ending.sleep_label))
                    continue;
                left_moves.prefetch(id_left, ending.left_effect);
                right_moves.prefetch(id_right, ending.right_effect);
            }
        }
    }
}

void Expander::judge(std::uint64_t number, const Record& left, const Record& right) {
    if (left.failed || right.failed)
        tally_.fail(number);
    if (!left.judgable || !right.judgable)
        return;
    try {
        tally_.note(number, records_.model.judge(worker_, left.summaries, right.summaries));
    } catch (const ModelError&) {
        tally_.fail(number);
    }
}

bool Expander::is_beyond(std::uint64_t number, const Record& left, const Record& right) {
    if (!left.judgable || !right.judgable)
        return false; // it has failed
    try {
        if (records_.model.is_inside(worker_, left.summaries, right.summaries))
            return false;
        ++tally_.counts.outside;
    } catch (const ModelError&) {
        tally_.fail(number);
    }
    return true;
}

void Expander::expand(std::uint64_t number, State state, const Record& left, const Record& right) {
    const Expanded from{.number = number, .state = state, .label = store_.label(number)};
    expand_side(from, left, right, true);
    expand_side(from, right, left, false);
    std::uint64_t firings = std::uint64_t{left.firings} + right.firings;
    if (records_.crossing_words() > 0)
        firings += expand_crossing(from, left, right);
    finish(number, firings, left, right);
}

// As expand(), without writing anything down.
void Expander::count(std::uint64_t number, State state, const Record& left, const Record& right) {
    std::uint64_t firings = std::uint64_t{left.firings} + right.firings;
    const std::size_t words = records_.crossing_words();
    for (std::size_t word = 0; word < words; ++word)
        for (std::uint64_t bits = left.crossing[word] & right.crossing[word]; bits != 0; bits &= bits - 1) {
            const std::size_t crossing = 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
            const CrossResult& result =
                cross(crossing, state, left.projections(words)[crossing], right.projections(words)[crossing]);
            firings += result.count;
            cover(result.coverage);
            if (result.failed)
                tally_.fail(number);
        }
    finish(number, firings, left, right);
}

// What is the same however a state was expanded.
void Expander::finish(std::uint64_t number, std::uint64_t firings, const Record& left, const Record& right) {
    tally_.counts.firings += firings;
    cover(left.coverage);
    cover(right.coverage);
    if (firings == 0)
        tally_.note_dead_end(number, left.judgable && right.judgable, [&] { return is_final(number, left, right); });
}

bool Expander::is_final(std::uint64_t number, const Record& left, const Record& right) {
    try {
        return records_.model.is_final(worker_, left.summaries, right.summaries);
    } catch (const ModelError&) {
        tally_.fail(number);
        return true;
    }
}

// False if renaming it failed.
bool Expander::make_canonical(Candidate& candidate) {
    try {
        const Reducer::Representative representative = reducer_->canonical(candidate.state);
        candidate.state = representative.state;
        candidate.hash = representative.hash;
        return true;
    } catch (const ModelError&) {
        tally_.fail(first_of_round_ + candidate.origin.parent());
        return false;
    }
}

void Expander::expand_side(const Expanded& from, const Record& here, const Record& there, bool is_left) {
    const State state = from.state;
    const SleepSets::Row& awake = records_.sleep.awake(from.label);
    for (const RecordEntry *some = here.entries, *end = some + here.entry_count; some != end;) {
        // First which of them are awake, without branches: nobody can foretell them.
        const std::size_t count = std::min<std::size_t>(64, static_cast<std::size_t>(end - some));
        std::uint64_t followed = 0;
        for (std::size_t i = 0; i < count; ++i)
            followed |= (awake[some[i].sleep_label / 64] >> (some[i].sleep_label % 64) & 1) << i;
        for (; followed != 0; followed &= followed - 1) {
            const RecordEntry& entry = some[std::countr_zero(followed)];
            const MoveTable::Move other =
                apply(is_left ? right_half : left_half, is_left ? state.right : state.left, there.hash, entry.outer);
            if (other.next == no_id) {
                tally_.fail(from.number);
                continue;
            }
            const State next = is_left ? State{entry.next, other.next} : State{other.next, entry.next};
            if (entry.outer == EffectTable::nothing || next.left != state.left || next.right != state.right)
                propose(next, from, entry.sleep_label, entry.hash ^ other.hash);
        }
        some += count;
    }
}

std::uint32_t Expander::expand_crossing(const Expanded& from, const Record& left, const Record& right) {
    const State state = from.state;
    std::uint32_t firings = 0;
    const std::size_t words = records_.crossing_words();
    for (std::size_t word = 0; word < words; ++word) {
        for (std::uint64_t bits = left.crossing[word] & right.crossing[word]; bits != 0; bits &= bits - 1) {
            const std::size_t crossing = 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
            const CrossResult& result =
                cross(crossing, state, left.projections(words)[crossing], right.projections(words)[crossing]);
            firings += result.count;
            cover(result.coverage);
            if (result.failed)
                tally_.fail(from.number);
            for (const CrossEnding& ending : std::span(result.endings, result.count)) {
                if (records_.sleep.sleeps(from.label, ending.sleep_label))
                    continue;
                const MoveTable::Move to_left = apply(left_half, state.left, left.hash, ending.left_effect);
                const MoveTable::Move to_right = apply(right_half, state.right, right.hash, ending.right_effect);
                if (to_left.next == no_id || to_right.next == no_id)
                    tally_.fail(from.number);
                else if (to_left.next != state.left || to_right.next != state.right)
                    propose({to_left.next, to_right.next}, from, ending.sleep_label, to_left.hash ^ to_right.hash);
            }
        }
    }
    return firings;
}

MoveTable::Move Expander::work_out_move(NodeIndex node, Id id, Id effect) {
    MoveTable::Move move{.next = space_.apply(node, id, records_.effects.operations(effect)), .hash = 0};
    if (move.next != no_id)
        move.hash = upper_half(space_.hash(node, move.next));
    records_.moves[node - left_half].add(id, effect, move);
    return move;
}

const Expander::CrossResult& Expander::cross(std::size_t crossing, State state, Id left_projection,
                                             Id right_projection) {
    const std::uint64_t key = std::uint64_t{left_projection} << 32 | right_projection;
    if (const CrossResult& known = place_of(key); known.key == key)
        return known;
    if (4 * crossed_count_ >= 3 * crossed_.size())
        make_room_for_crossing();
    CrossResult result = work_out(records_.crossing_steps()[crossing], state);
    result.key = key;
    ++crossed_count_;
    return place_of(key) = result;
}

// The result with this key, or the free place for it.
Expander::CrossResult& Expander::place_of(std::uint64_t key) {
    const std::size_t mask = crossed_.size() - 1;
    std::size_t at = (key * 0x9e3779b97f4a7c15U >> 32) & mask;
    while (crossed_[at].key != key && crossed_[at].key != no_key)
        at = (at + 1) & mask;
    return crossed_[at];
}

void Expander::make_room_for_crossing() {
    const bool larger = crossed_.size() < crossed_max;
    const std::vector<CrossResult> before =
        std::exchange(crossed_, std::vector<CrossResult>(larger ? 2 * crossed_.size() : crossed_.size()));
    crossed_count_ = 0;
    if (!larger) {
        arena_.clear();
        return;
    }
    meter_ += before.size() * sizeof(CrossResult);
    for (const CrossResult& result : before) {
        if (result.key == no_key)
            continue;
        place_of(result.key) = result;
        ++crossed_count_;
    }
}

Expander::CrossResult Expander::work_out(StepIndex step, State state) {
    space_.unfold(left_half, state.left, ids_);
    space_.unfold(right_half, state.right, ids_);
    StepResult found;
    records_.memo.evaluate(step, ids_, found);
    std::vector<CrossEnding> endings;
    std::vector<std::uint32_t> coverage(records_.point_count());
    const std::uint16_t middle = space_.layout().nodes[left_half].end;
    for (const Ending& ending : found.endings) {
        for (std::size_t point = 0; point < coverage.size(); ++point)
            coverage[point] += ending.fired >> point & 1;
        const Operations all = records_.effects.operations(ending.effect);
        const auto right = std::ranges::find_if(all, [&](const Operation& each) { return each.position >= middle; });
        const auto left_count = static_cast<std::size_t>(right - all.begin());
        endings.push_back({.left_effect = records_.effects.intern(std::span(all).first(left_count)),
                           .right_effect = records_.effects.intern(std::span(all).subspan(left_count)),
                           .sleep_label = records_.label_of(step, all)});
    }
    return {.key = no_key,
            .count = static_cast<std::uint32_t>(endings.size()),
            .coverage = records_.intern_coverage(coverage),
            .failed = found.failed,
            .endings = arena_.copy<CrossEnding>(endings)};
}

void Expander::forget() {
    maker_.forget();
    if (reducer_ != nullptr)
        reducer_->forget();
    if (stubborn_ != nullptr)
        stubborn_->forget();
    arena_.clear();
    std::ranges::fill(crossed_, CrossResult{});
    crossed_count_ = 0;
}

} // namespace mdcd::checker::engine
