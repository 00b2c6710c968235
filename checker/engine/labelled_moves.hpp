// Where each firing of a state leads, firing by firing, in the model's order: for graphs, which need every edge with
// its name. The search (expander.hpp) needs neither, and is faster. What a half of a state decides is worked out once
// for all states that share the half. For one thread. Knows no property.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/graph_moves.hpp"
#include "checker/engine/move_table.hpp"
#include "checker/engine/sampling.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/step_memo.hpp"

namespace mdcd::checker::engine {

class LabelledMoves {
public:
    // What can be worked out again is forgotten now and then if it takes more than `cache_bytes_max`; changes no
    // result. `enough`: there is no time left. Throws ModelError if the model is not well formed. `model` must outlive
    // it.
    LabelledMoves(
        const BoundModel& model, std::uint64_t cache_bytes_max,
        const std::function<bool()>& enough = [] { return false; });

    [[nodiscard]] SlotSpace& space() { return space_; }
    [[nodiscard]] const SlotSpace& space() const { return space_; }
    [[nodiscard]] const std::vector<Firing>& labels() const { return labels_; }
    [[nodiscard]] Label label_of(const Firing& firing);

    // All that can happen in `state`. False if a handler failed or an outcome breaks the contract of model.hpp: `moves`
    // is worth nothing then, and path.hpp finds out what is wrong.
    [[nodiscard]] bool find(State state, std::vector<LabelledMove>& moves);

    // Of the tables of values; what can be worked out again is limited.
    [[nodiscard]] std::uint64_t bytes() const { return table_bytes_ + cache_bytes_ + record_bytes_; }

    // As in StepMemo. `look_at_clock` may throw.
    void check_samples(const std::function<void()>& look_at_clock) {
        memo_.check_samples(first_.second.get(), look_at_clock);
    }
    // As StepMemo::nondeterminism.
    [[nodiscard]] std::optional<std::string> nondeterminism() const { return memo_.nondeterminism(); }

private:
    enum Half : std::uint8_t { left, right };
    struct Entry {
        Firing firing;
        Label label = 0;
        Id here = 0;  // of a record: what becomes of its half; of a crossing step: the effect on the left half
        Id there = 0; // the effect on the other half; on the right half
    };
    struct Record {
        std::vector<Entry> entries;      // of the steps that this half decides, in the model's order
        std::vector<Id> projections;     // what it says of each crossing step; no_id: it disables it
        std::vector<std::uint64_t> open; // a bit for each crossing step that it does not disable
        bool failed = false;
    };
    struct Crossing {
        std::vector<Entry> entries;
        bool failed = false;
    };
    using Records = std::vector<std::unique_ptr<Record>>; // by id

    static NodeIndex node_of(Half half) { return half == left ? left_half : right_half; }

    const Record& record(Half half, Id id);
    std::unique_ptr<Record> make(Half half, Id id);
    [[nodiscard]] Id project(std::size_t crossing, NodeIndex node);
    const Crossing& cross(std::size_t crossing, State state, Id left_projection, Id right_projection);
    [[nodiscard]] Id apply(Half half, Id id, Id effect);
    void tend();

    const BoundModel& model_;
    std::uint64_t cache_bytes_max_;
    std::atomic<std::uint64_t> table_bytes_ = 0;
    std::atomic<std::uint64_t> cache_bytes_ = 0;
    std::uint64_t record_bytes_ = 0;
    FirstLook first_;
    SlotSpace space_;
    EffectTable effects_;
    StepMemo memo_;
    std::array<MoveTable, 2> moves_;
    std::array<std::vector<StepIndex>, 2> decided_; // steps by the half that decides them
    std::vector<StepIndex> crossing_;               // .. by neither alone
    std::array<Records, 2> records_;
    ValueTable projections_;
    std::unordered_map<std::uint64_t, Crossing> crossed_; // by the projections of both halves
    std::vector<Firing> labels_;
    std::unordered_map<std::uint64_t, Label> label_by_firing_;
    std::vector<Id> ids_;     // scratch: value ids by position
    std::vector<Entry> open_; // scratch
    std::uint64_t found_ = 0; // calls of find()
};

} // namespace mdcd::checker::engine
