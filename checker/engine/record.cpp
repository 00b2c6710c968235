// Records are made bottom up: a node's list is what its children's lists become when seen from here, and the
// firings of the steps at home here.
#include "checker/engine/record.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <string_view>

#include "checker/channel.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

std::string_view as_bytes(std::span<const std::uint32_t> words) {
    return {reinterpret_cast<const char*>(words.data()), words.size_bytes()};
}

} // namespace

RecordSpace::RecordSpace(BoundModel& bound, SlotSpace& slots, const SleepSets& sleep_sets,
                         std::atomic<std::uint64_t>& meter, bool check_all)
    : model(bound), space(slots), sleep(sleep_sets), effects(meter),
      memo(bound, slots, effects, meter, check_all), moves{MoveTable(meter), MoveTable(meter)}, meter_(meter),
      point_count_(bound.coverage_point_count()), steps_at_(slots.layout().nodes.size()),
      projections_(0x70726f6a65637421U, meter), coverage_(0x636f766572616721U, kept_meter_) {
    for (std::size_t step = 0; step < bound.steps().size(); ++step)
        steps_at_[memo.home_of(static_cast<StepIndex>(step))].push_back(static_cast<StepIndex>(step));
    for (std::size_t node = 0; node < slots.layout().nodes.size(); ++node)
        records_.emplace_back();
    (void)intern_coverage(std::vector<std::uint32_t>(point_count_)); // class 0
}

const Record* RecordSpace::publish(NodeIndex node, Id id, const Record* record) {
    const Record* expected = nullptr;
    std::atomic_ref place(records_[node].make(id));
    charge(sizeof(const Record*));
    return place.compare_exchange_strong(expected, record, std::memory_order_acq_rel) ? record : expected;
}

SleepLabel RecordSpace::label_of(StepIndex step, const Operations& effect) const {
    std::vector<SlotIndex> changed;
    for (const Operation& operation : effect)
        changed.push_back(space.layout().order[operation.position]);
    return sleep.label_of(step, changed);
}

Id RecordSpace::intern_projection(std::span<const Id> key) {
    return projections_.intern(as_bytes(key));
}

CoverageClass RecordSpace::intern_coverage(std::span<const std::uint32_t> counts) {
    return coverage_.intern(as_bytes(counts));
}

std::vector<std::uint32_t> RecordSpace::coverage_counts(CoverageClass coverage) const {
    std::vector<std::uint32_t> counts(point_count_);
    std::ranges::copy(coverage_.bytes(coverage), reinterpret_cast<char*>(counts.data()));
    return counts;
}

void RecordSpace::forget() {
    for (SegmentedArray<const Record*>& records : records_)
        records.clear();
    memo.forget();
    effects.clear();
    for (MoveTable& table : moves)
        table.forget();
    projections_.clear();
    model.forget_summaries();
    meter_ -= charged_.exchange(0);
}

RecordMaker::RecordMaker(RecordSpace& records, unsigned worker, std::atomic<std::uint64_t>& meter)
    : records_(records), space_(records.space), worker_(worker), arena_(meter), ids_(records.model.slots().size()) {}

const Record* RecordMaker::make(NodeIndex node, Id id) {
    Draft draft;
    draft.coverage.resize(records_.point_count());
    draft.record.hash = upper_half(space_.hash(node, id));
    const LayoutNode& shape = space_.layout().nodes[node];
    if (shape.is_leaf())
        draft_leaf(node, id, draft);
    else if (!shape.is_empty())
        draft_inner(node, id, draft);
    draft.record.entry_count = static_cast<std::uint32_t>(draft.entries.size());
    draft.record.coverage = records_.intern_coverage(draft.coverage);
    if (node == left_half || node == right_half)
        add_crossing(node, id, draft);
    return records_.publish(node, id, assemble(draft));
}

const Record* RecordMaker::assemble(const Draft& draft) {
    const auto projections_bytes = (std::span(draft.projections).size_bytes() + 7) / 8 * 8;
    const auto entries_bytes = (std::span(draft.entries).size_bytes() + 7) / 8 * 8;
    const std::size_t bytes = sizeof(Record) + std::span(draft.crossing).size_bytes() + projections_bytes +
                              entries_bytes + std::span(draft.summaries).size_bytes();
    std::byte* const place = arena_.allocate(bytes, line_bytes);
    Record* const record = new (place) Record(draft.record);
    std::byte* next = place + sizeof(Record);
    const auto append = [&]<class T>(const std::vector<T>& items, std::size_t taken) {
        T* const begin = reinterpret_cast<T*>(next);
        std::uninitialized_copy(items.begin(), items.end(), begin);
        next += taken;
        return begin;
    };
    record->crossing = append(draft.crossing, std::span(draft.crossing).size_bytes());
    (void)append(draft.projections, projections_bytes);
    record->entries = append(draft.entries, entries_bytes);
    record->summaries = append(draft.summaries, std::span(draft.summaries).size_bytes());
    record->lines = static_cast<std::uint16_t>(std::min<std::size_t>((bytes + line_bytes - 1) / line_bytes, 0xffff));
    return record;
}

void RecordMaker::draft_leaf(NodeIndex node, Id id, Draft& draft) {
    const std::uint16_t position = space_.layout().nodes[node].begin;
    try {
        draft.summaries.push_back(
            records_.model.summarise(worker_, space_.layout().order[position], space_.value(position, id)));
        records_.charge(records_.model.summary_bytes(draft.summaries.back()));
    } catch (const ModelError&) {
        draft.summaries.push_back(nullptr);
        draft.record.judgable = false;
        draft.record.failed = true;
    }
    if (records_.summaries_only)
        return;
    ids_[position] = id;
    fire_steps(node, id, draft);
}

void RecordMaker::draft_inner(NodeIndex node, Id id, Draft& draft) {
    const LayoutNode& shape = space_.layout().nodes[node];
    const IdPair pair = space_.children(node, id);
    const Record& left = *record(shape.left, pair.left);
    const Record& right = *record(shape.right, pair.right);
    draft.record.firings = left.firings + right.firings;
    draft.record.failed = left.failed || right.failed;
    draft.record.judgable = left.judgable && right.judgable;
    draft.summaries.assign(left.summaries, left.summaries + space_.layout().nodes[shape.left].size());
    draft.summaries.insert(draft.summaries.end(), right.summaries,
                           right.summaries + space_.layout().nodes[shape.right].size());
    if (records_.summaries_only)
        return;
    const std::vector<std::uint32_t> left_coverage = records_.coverage_counts(left.coverage);
    const std::vector<std::uint32_t> right_coverage = records_.coverage_counts(right.coverage);
    for (std::size_t point = 0; point < draft.coverage.size(); ++point)
        draft.coverage[point] = left_coverage[point] + right_coverage[point];
    lift(node, id, pair, left, true, draft);
    lift(node, id, pair, right, false, draft);
    if (!records_.steps_at(node).empty()) {
        space_.unfold(node, id, ids_);
        fire_steps(node, id, draft);
    }
}

void RecordMaker::lift(NodeIndex node, Id id, IdPair pair, const Record& child, bool from_left, Draft& draft) {
    const LayoutNode& shape = space_.layout().nodes[node];
    const NodeIndex sibling = from_left ? shape.right : shape.left;
    for (const RecordEntry& entry : std::span(child.entries, child.entry_count)) {
        IdPair next = from_left ? IdPair{entry.next, pair.right} : IdPair{pair.left, entry.next};
        Id outer = entry.outer;
        if (outer != EffectTable::nothing) {
            const LayoutNode& range = space_.layout().nodes[sibling];
            const DividedOperations parts = divide(records_.effects.operations(outer), range.begin, range.end);
            Id& other = from_left ? next.right : next.left;
            other = space_.apply(sibling, other, parts.inside);
            if (other == no_id) {
                draft.record.failed = true;
                continue;
            }
            if (!parts.inside.empty())
                outer = records_.effects.intern(parts.outside);
        }
        add_entry(node, id,
                  {.next = space_.join(node, next), .outer = outer, .hash = 0, .sleep_label = entry.sleep_label},
                  draft);
    }
}

void RecordMaker::fire_steps(NodeIndex node, Id id, Draft& draft) {
    const LayoutNode& range = space_.layout().nodes[node];
    for (const StepIndex step : records_.steps_at(node)) {
        StepResult result;
        records_.memo.evaluate(step, ids_, result);
        draft.record.failed = draft.record.failed || result.failed;
        draft.record.firings += static_cast<std::uint32_t>(result.endings.size());
        for (const Ending& ending : result.endings) {
            for (std::size_t point = 0; point < draft.coverage.size(); ++point)
                draft.coverage[point] += ending.fired >> point & 1;
            const Operations effect = records_.effects.operations(ending.effect);
            const DividedOperations parts = divide(effect, range.begin, range.end);
            const Id next = space_.apply(node, id, parts.inside);
            draft.record.failed = draft.record.failed || next == no_id;
            if (next != no_id)
                add_entry(node, id,
                          {.next = next,
                           .outer = records_.effects.intern(parts.outside),
                           .hash = 0,
                           .sleep_label = records_.label_of(step, effect)},
                          draft);
        }
    }
}

void RecordMaker::add_entry(NodeIndex node, Id id, RecordEntry entry, Draft& draft) {
    if (entry.next == id && entry.outer == EffectTable::nothing)
        return;
    entry.hash = upper_half(space_.hash(node, entry.next));
    draft.entries.push_back(entry);
}

void RecordMaker::add_crossing(NodeIndex node, Id id, Draft& draft) {
    const std::size_t count = records_.summaries_only ? 0 : records_.crossing_steps().size();
    draft.crossing.resize(records_.crossing_words());
    draft.projections.resize(records_.crossing_steps().size(), no_id);
    if (count > 0)
        space_.unfold(node, id, ids_);
    for (std::size_t i = 0; i < count; ++i) {
        draft.projections[i] = project(i, node);
        if (draft.projections[i] != no_id)
            draft.crossing[i / 64] |= std::uint64_t{1} << (i % 64);
    }
}

// All that the half under `node`, whose value ids are in ids_, says of a crossing step. no_id: it disables it.
Id RecordMaker::project(std::size_t crossing, NodeIndex node) {
    const Layout& layout = space_.layout();
    const Step& step = records_.model.steps()[records_.crossing_steps()[crossing]];
    const auto inside = [&](SlotIndex slot) { return layout.nodes[node].covers(layout.position_of[slot]); };
    std::vector<Id> key = {static_cast<Id>(crossing), node};
    for (const SlotIndex slot : step.room) {
        const std::uint16_t position = layout.position_of[slot];
        if (inside(slot) && space_.message_count(position, ids_[position]) >= space_.slot_at(position).capacity)
            return no_id;
    }
    if (step.takes && inside(*step.takes)) {
        const std::uint16_t position = layout.position_of[*step.takes];
        const std::vector<std::string_view> messages = messages_of(space_.value(position, ids_[position]));
        if (messages.empty())
            return no_id;
        const bool fifo = space_.slot_at(position).kind == SlotKind::fifo;
        key.push_back(fifo ? space_.intern_message(messages.front()) : ids_[position]);
    }
    for (const SlotIndex slot : step.fits)
        if (inside(slot))
            key.push_back(ids_[layout.position_of[slot]]);
    for (const SlotIndex slot : step.reads)
        if (inside(slot))
            key.push_back(ids_[layout.position_of[slot]]);
    return records_.intern_projection(key);
}

} // namespace mdcd::checker::engine
