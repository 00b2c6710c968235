// The one expansion step: judges a state and writes down where its firings lead. One expander for each
// worker; they share records and read the store, and have nothing else in common.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/engine/arena.hpp"
#include "checker/engine/candidates.hpp"
#include "checker/engine/record.hpp"
#include "checker/engine/reducer.hpp"
#include "checker/engine/sleep.hpp"
#include "checker/engine/state_store.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/engine/stubborn.hpp"
#include "checker/engine/tally.hpp"

namespace mdcd::checker::engine {

class alignas(128) Expander { // a worker's own lines, and the neighbours that the processor fetches along
public:
    Expander(RecordSpace& records, const StateStore& store, unsigned worker, std::atomic<std::uint64_t>& meter,
             bool use_renamings);

    // From now on follows no more than it must (stubborn.hpp).
    void leave_out_states(const Dependence& dependence, Unforeseen& unforeseen);
    // States before this one are no deeper than those that are expanded from now on. Where states are left out.
    void begin_level(std::uint64_t end) { level_end_ = end; }

    // Does the work on the states [begin, end). False if it had to stop before all were judged.
    // Candidates go to `out`, with their parents counted from `first_of_round`; the tally adds up until it is taken.
    bool run(std::uint64_t begin, std::uint64_t end, Work work, const OpenQuestions& open, StopWatch& watch,
             CandidateBuffers& out, std::uint64_t first_of_round);

    [[nodiscard]] Tally& tally() { return tally_; }

    // Of what it holds whatever is forgotten.
    [[nodiscard]] std::uint64_t fixed_bytes() const {
        return (lately_mask_ + 1) * sizeof(State) + crossed_min * sizeof(CrossResult) +
               (reducer_ == nullptr ? 0 : reducer_->fixed_bytes());
    }

    void forget();

    // The state that stands for this one. Not during a run.
    [[nodiscard]] State canonical(State state) {
        return reducer_ == nullptr ? state : reducer_->canonical(state).state;
    }

private:
    struct CrossEnding {
        Id left_effect;
        Id right_effect;
        SleepLabel sleep_label;
    };
    struct CrossResult { // of a crossing step, for what the halves say of it
        std::uint64_t key = no_key;
        std::uint32_t count = 0;
        CoverageClass coverage = 0;
        bool failed = false;
        const CrossEnding* endings = nullptr;
    };

    // States on their way, by how many states ahead of the one that is expanded: where their records are is fetched;
    // the records are; once they are there, what crossing steps do is looked up and what effects do to halves is
    // fetched; then the state is expanded.
    struct Ahead {
        State state;
        const Record* left = nullptr; // null: not made yet
        const Record* right = nullptr;
    };
    static constexpr std::uint64_t place_ahead = 20;
    static constexpr std::uint64_t record_ahead = 12;
    static constexpr std::uint64_t look_ahead = 5;
    static constexpr std::size_t lines_ahead = 3; // of a record, fetched before it is known how many it has
    static constexpr std::size_t lately_min = std::size_t{1} << 10; // powers of two
    static constexpr std::size_t lately_max = std::size_t{1} << 16;
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};
    static constexpr std::size_t crossed_min = std::size_t{1} << 8; // powers of two
    static constexpr std::size_t crossed_max = std::size_t{1} << 18;

    void renew_lately(std::size_t size);
    void fetch_places(std::uint64_t number) const;
    void fetch_records(std::uint64_t number);
    void look_at(std::uint64_t number);
    void judge(std::uint64_t number, const Record& left, const Record& right);
    void expand(std::uint64_t number, State state, const Record& left, const Record& right);
    [[nodiscard]] bool is_beyond(std::uint64_t number, const Record& left, const Record& right);
    struct Expanded { // the state that is expanded
        std::uint64_t number;
        State state;
        SleepLabel label;
    };
    void expand_side(const Expanded& from, const Record& here, const Record& there, bool is_left);
    void count(std::uint64_t number, State state, const Record& left, const Record& right);
    void expand_reduced(std::uint64_t number, State state, const Record& left, const Record& right);
    void lead_on(const Expanded& from, const Record& left, const Record& right, const StepSet& steps);
    void lead_on_side(const Expanded& from, const Record& here, const Record& there, bool is_left,
                      const StepSet& steps);
    void lead_on_crossing(const Expanded& from, const Record& left, const Record& right, const StepSet& steps);
    [[nodiscard]] bool leads_deeper() const;
    void finish(std::uint64_t number, std::uint64_t firings, const Record& left, const Record& right);
    std::uint32_t expand_crossing(const Expanded& from, const Record& left, const Record& right);
    [[nodiscard]] MoveTable::Move apply(NodeIndex node, Id id, std::uint32_t hash, Id effect) {
        MoveTable::Move move{.next = id, .hash = hash};
        if (effect != EffectTable::nothing && !records_.moves[node - left_half].find(id, effect, move))
            move = work_out_move(node, id, effect);
        return move;
    }
    [[nodiscard]] MoveTable::Move work_out_move(NodeIndex node, Id id, Id effect);
    const CrossResult& cross(std::size_t crossing, State state, Id left_projection, Id right_projection);
    CrossResult work_out(StepIndex step, State state);
    CrossResult& place_of(std::uint64_t key);
    void make_room_for_crossing();
    [[nodiscard]] bool is_final(std::uint64_t number, const Record& left, const Record& right);
    void cover(CoverageClass coverage) {
        std::vector<std::uint64_t>& counts = tally_.counts.coverage;
        if (coverage >= counts.size())
            counts.resize(coverage + 1);
        ++counts[coverage];
    }

    void propose(State next, const Expanded& from, SleepLabel label, std::uint32_t hash) {
        __builtin_prefetch(&lately_[hash & lately_mask_], 1);
        if (reducer_ != nullptr) {
            reducer_->prefetch(next);
            label = 0; // a representative is not what the firing has led to
        }
        Candidate& place = proposed_[proposed_count_++ % proposed_.size()];
        if (proposed_count_ > proposed_.size())
            write_down(place);
        place = {.state = next, .origin = {from.number - first_of_round_, label}, .hash = hash};
    }
    void write_down(Candidate candidate) {
        const State state = candidate.state;
        State& lately = lately_[candidate.hash & lately_mask_];
        const bool known = (lately.left == ~state.left) & (lately.right == state.right);
        lately = {.left = ~state.left, .right = state.right};
        if (reducer_ == nullptr || known || make_canonical(candidate))
            out_->add(candidate, known);
    }
    [[nodiscard]] bool make_canonical(Candidate& candidate);
    void write_down_all();

    RecordSpace& records_;
    SlotSpace& space_;
    const StateStore& store_;
    unsigned worker_;
    bool has_boundary_;
    RecordMaker maker_;
    std::unique_ptr<Reducer> reducer_; // null: states stay as they are
    Arena arena_;
    std::atomic<std::uint64_t>& meter_;
    std::array<Candidate, 32> proposed_; // the latest, until what lately_ knows of them is there
    std::uint64_t proposed_count_ = 0;   // in this run
    PageArray<State> lately_; // proposed not long ago, by the lower bits of their hashes; `left` negated: 0 is free
    std::size_t lately_mask_ = 0;
    std::vector<CrossResult> crossed_; // open addressing by key
    std::size_t crossed_count_ = 0;
    std::array<Ahead, 16> ahead_; // by state number
    std::vector<Id> ids_;         // scratch: a state's value ids, by position
    CandidateBuffers* out_ = nullptr;
    std::uint64_t first_of_round_ = 0;
    std::unique_ptr<StubbornSets> stubborn_; // null: every state is expanded wholly
    std::uint64_t level_end_ = 0;
    struct Successor {
        State state;
        std::uint32_t hash;
    };
    std::vector<Successor> successors_; // scratch: where some steps lead
    Tally tally_;
};

} // namespace mdcd::checker::engine
