// What is known of one part of a state (a node of the layout, an id at it), worked out once for all the
// states that share the part: where the steps that it decides lead, and the summaries of its slots.
// With a record for each half, most successors of a state are read off two lists.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "checker/engine/arena.hpp"
#include "checker/engine/bound_model.hpp"
#include "checker/engine/move_table.hpp"
#include "checker/engine/sleep.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/step_memo.hpp"

namespace mdcd::checker::engine {

// A firing that changes something.
struct RecordEntry {
    Id next = 0;            // what becomes of this part
    Id outer = 0;           // the effect on slots outside this part
    std::uint32_t hash = 0; // the upper half of that of `next`
    SleepLabel sleep_label = 0;
};

using CoverageClass = std::uint32_t; // how often firings passed each coverage point, interned

// What it points to lies after it, one after the other in the order of use; at the start of a cache line.
struct Record {
    std::uint32_t hash = 0; // the upper half
    std::uint32_t entry_count = 0;
    std::uint32_t firings = 0; // of the steps that this part decides, those that change nothing included
    CoverageClass coverage = 0;
    bool failed = false;     // a handler or a summary failed, or an outcome broke the contract
    bool judgable = true;    // all summaries are there
    std::uint16_t lines = 0; // how many cache lines it takes with all that it points to
    const RecordEntry* entries = nullptr;
    const OpaqueSummary* summaries = nullptr; // one for each slot of the part, by position

    // Halves only: for each crossing step (decided by neither half alone) what this half says of it, as an id
    // of its own; `crossing` has a bit for each that this half does not disable, in RecordSpace::crossing_words()
    // words, and the ids come after these.
    const std::uint64_t* crossing = nullptr;
    [[nodiscard]] const Id* projections(std::size_t crossing_words) const {
        return reinterpret_cast<const Id*>(crossing + crossing_words);
    }
};
inline constexpr std::size_t line_bytes = 64;
static_assert(sizeof(Record) == 48);

// What the workers share: the records there are, and the tables they refer to.
class RecordSpace {
public:
    // `meter` counts what forget() gives back.
    RecordSpace(BoundModel& model, SlotSpace& space, const SleepSets& sleep, std::atomic<std::uint64_t>& meter,
                bool check_all);

    BoundModel& model;
    SlotSpace& space;
    const SleepSets& sleep;
    EffectTable effects;
    StepMemo memo;
    std::array<MoveTable, 2> moves; // of the left half, of the right half

    bool summaries_only = false; // records made from now on say nothing of firings

    [[nodiscard]] std::span<const StepIndex> steps_at(NodeIndex node) const { return steps_at_[node]; }
    [[nodiscard]] std::span<const StepIndex> crossing_steps() const { return steps_at_[root_node]; }
    [[nodiscard]] std::size_t crossing_words() const { return (crossing_steps().size() + 63) / 64; }
    [[nodiscard]] SleepLabel label_of(StepIndex step, const Operations& effect) const;
    [[nodiscard]] std::size_t point_count() const { return point_count_; }

    [[nodiscard]] const Record* find(NodeIndex node, Id id) const {
        const Record** const place = records_[node].find(id);
        return place == nullptr ? nullptr : std::atomic_ref(*place).load(std::memory_order_acquire);
    }
    // Fetches what find() will look at.
    void prefetch(NodeIndex node, Id id) const {
        if (const Record** const place = records_[node].find(id); place != nullptr)
            __builtin_prefetch(place);
    }
    // Of what forget() gives back.
    void charge(std::uint64_t bytes) {
        meter_ += bytes;
        charged_ += bytes;
    }
    // Returns the record that is there in the end: another worker may have been first.
    const Record* publish(NodeIndex node, Id id, const Record* record);

    [[nodiscard]] Id intern_projection(std::span<const Id> key);
    [[nodiscard]] CoverageClass intern_coverage(std::span<const std::uint32_t> counts);
    [[nodiscard]] std::vector<std::uint32_t> coverage_counts(CoverageClass coverage) const;

    // Forgets all that can be worked out again; the workers must forget too. Nobody may be looking.
    void forget();

private:
    std::atomic<std::uint64_t>& meter_;
    std::atomic<std::uint64_t> charged_ = 0;
    std::size_t point_count_;
    std::vector<std::vector<StepIndex>> steps_at_;      // by node: the steps at home there
    std::deque<SegmentedArray<const Record*>> records_; // by node
    ValueTable projections_;
    std::atomic<std::uint64_t> kept_meter_ = 0;
    ValueTable coverage_;
};

// Makes records. One for each worker.
class RecordMaker {
public:
    RecordMaker(RecordSpace& records, unsigned worker, std::atomic<std::uint64_t>& meter);

    [[nodiscard]] const Record* record(NodeIndex node, Id id) {
        const Record* const known = records_.find(node, id);
        return known != nullptr ? known : make(node, id);
    }

    // The records made so far are gone after this.
    void forget() { arena_.clear(); }

private:
    struct Draft {
        Record record;
        std::vector<RecordEntry> entries;
        std::vector<OpaqueSummary> summaries;
        std::vector<std::uint32_t> coverage;
        std::vector<std::uint64_t> crossing;
        std::vector<Id> projections;
    };

    const Record* make(NodeIndex node, Id id);
    void draft_leaf(NodeIndex node, Id id, Draft& draft);
    void draft_inner(NodeIndex node, Id id, Draft& draft);
    void lift(NodeIndex node, Id id, IdPair pair, const Record& child, bool from_left, Draft& draft);
    void fire_steps(NodeIndex node, Id id, Draft& draft);
    void add_entry(NodeIndex node, Id id, RecordEntry entry, Draft& draft);
    void add_crossing(NodeIndex node, Id id, Draft& draft);
    [[nodiscard]] const Record* assemble(const Draft& draft);
    [[nodiscard]] Id project(std::size_t crossing, NodeIndex node);

    RecordSpace& records_;
    SlotSpace& space_;
    unsigned worker_;
    Arena arena_;
    std::vector<Id> ids_; // scratch: the value ids under a node, by position
};

} // namespace mdcd::checker::engine
