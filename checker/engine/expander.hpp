// The one expansion step: judges a state and writes down where its firings lead. One expander for each
// worker; they share cards and read the store, and have nothing else in common.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/engine/arena.hpp"
#include "checker/engine/candidates.hpp"
#include "checker/engine/card.hpp"
#include "checker/engine/reducer.hpp"
#include "checker/engine/state_store.hpp"
#include "checker/engine/stop_watch.hpp"

namespace mdcd::checker::engine {

// Something that a state settles.
struct Finding {
    enum class Kind : std::uint8_t {
        bits,     // its predicates settle a property that was open
        failure,  // judging or expanding it failed
        deadlock, // no step is enabled and it is not final
    };
    std::uint64_t state = 0;
    Kind kind = Kind::bits;
    PropertyBits bits = 0;
};

// What a search still wants to know. Changes between rounds only.
struct OpenQuestions {
    PropertyBits always = 0; // open `always` properties
    PropertyBits reachable = 0;
    bool deadlock = false;
    bool failure = true;
};

// Sums over the states expanded.
struct ExpansionCounts {
    std::uint64_t firings = 0;
    std::uint64_t dead_ends = 0;
    std::vector<std::uint64_t> coverage; // by CoverageClass: how many cards or firings of that class
    void add(const ExpansionCounts& other);
    void clear();
};

class Expander {
public:
    Expander(CardSpace& cards, const StateStore& store, unsigned worker, std::atomic<std::uint64_t>& meter,
             bool use_renamings);

    // Judges the states [begin, end); expands them too unless it is time to stop.
    // Candidates go to `out`; counts and findings add up until they are taken.
    void run(std::uint64_t begin, std::uint64_t end, const OpenQuestions& open, StopWatch& watch,
             CandidateBuffers& out);

    // At most one finding of each kind and property in each round: that of the first state.
    [[nodiscard]] std::vector<Finding>& findings() { return findings_; }
    [[nodiscard]] ExpansionCounts& counts() { return counts_; }

    void forget();

    // The state that stands for this one. Not during a run.
    [[nodiscard]] State canonical(State state) { return reducer_ == nullptr ? state : reducer_->canonical(state); }

private:
    struct Applied { // an effect on a half, remembered
        Id id = 0;
        Id effect = 0;
        NodeIndex node = root_node; // of a place that is free
        Id next = 0;
        std::uint64_t hash = 0;
    };
    struct CrossEnding {
        Id left_effect;
        Id right_effect;
    };
    struct CrossResult { // of a crossing step, for what the halves say of it
        std::uint64_t key = no_key;
        std::uint32_t count = 0;
        CoverageClass coverage = 0;
        bool failed = false;
        const CrossEnding* endings = nullptr;
    };
    static constexpr std::size_t applied_min = std::size_t{1} << 12; // powers of two
    static constexpr std::size_t applied_max = std::size_t{1} << 20;

    // States on their way: the cards are fetched first; once they are there, what crossing steps do is looked up
    // and the memory of what effects do to halves is fetched; then the state is expanded.
    struct Ahead {
        State state;
        const Card* left = nullptr; // null: not made yet
        const Card* right = nullptr;
    };
    static constexpr std::uint64_t fetch_ahead = 8;
    static constexpr std::uint64_t look_ahead = 3;
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};
    static constexpr std::size_t crossed_min = std::size_t{1} << 8; // powers of two
    static constexpr std::size_t crossed_max = std::size_t{1} << 18;

    void fetch(std::uint64_t number);
    void look_at(std::uint64_t number);
    [[nodiscard]] std::size_t place_of(NodeIndex node, Id id, Id effect) const {
        const std::uint64_t key = (std::uint64_t{id} << 32 | effect) * 0x9e3779b97f4a7c15U + node;
        return (key ^ key >> 32) & (applied_size_ - 1);
    }
    void judge(std::uint64_t number, const Card& left, const Card& right);
    void expand(std::uint64_t number, State state, const Card& left, const Card& right);
    void expand_side(std::uint64_t number, State state, const Card& here, const Card& there, bool is_left);
    std::uint32_t expand_crossing(std::uint64_t number, State state, const Card& left, const Card& right);
    const Applied& apply(NodeIndex node, Id id, std::uint64_t hash, Id effect);
    const CrossResult& cross(std::size_t crossing, State state, Id left_projection, Id right_projection);
    CrossResult work_out(StepIndex step, State state);
    void renew_applied(std::size_t size);
    CrossResult& place_of(std::uint64_t key);
    void make_room_for_crossing();
    void fail(std::uint64_t number);
    void cover(CoverageClass coverage) {
        if (coverage >= counts_.coverage.size())
            counts_.coverage.resize(coverage + 1);
        ++counts_.coverage[coverage];
    }

    void propose(State next, std::uint64_t parent, std::uint64_t hash) {
        if (reducer_ != nullptr) {
            next = reducer_->canonical(next);
            hash = space_.hash(next);
        }
        out_->add(next, static_cast<StateNumber>(parent), hash);
    }

    CardSpace& cards_;
    SlotSpace& space_;
    const StateStore& store_;
    unsigned worker_;
    CardMaker maker_;
    std::unique_ptr<Reducer> reducer_; // null: states stay as they are
    Arena arena_;
    std::atomic<std::uint64_t>& meter_;
    PageArray<Applied> applied_; // each place holds the latest of those that belong there
    std::size_t applied_size_ = 0;
    std::uint64_t applied_misses_ = 0; // since it grew
    std::vector<CrossResult> crossed_; // open addressing by key
    std::size_t crossed_count_ = 0;
    std::array<Ahead, 16> ahead_; // by state number
    std::vector<Id> ids_;         // scratch: a state's value ids, by position
    OpenQuestions open_;
    CandidateBuffers* out_ = nullptr;
    std::vector<Finding> findings_;
    ExpansionCounts counts_;
};

} // namespace mdcd::checker::engine
