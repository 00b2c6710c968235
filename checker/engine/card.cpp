// Cards are made bottom up: a node's list is what its children's lists become when seen from here, and the
// firings of the steps at home here.
#include "checker/engine/card.hpp"

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

CardSpace::CardSpace(BoundModel& bound, SlotSpace& slots, const SleepSets& sleep_sets,
                     std::atomic<std::uint64_t>& meter, bool check_all)
    : model(bound), space(slots), sleep(sleep_sets), effects(meter),
      memo(bound, slots, effects, meter, check_all), moves{MoveTable(meter), MoveTable(meter)}, meter_(meter),
      point_count_(bound.coverage_point_count()), steps_at_(slots.layout().nodes.size()),
      projections_(0x70726f6a65637421U, meter), coverage_(0x636f766572616721U, kept_meter_) {
    for (std::size_t step = 0; step < bound.steps().size(); ++step)
        steps_at_[memo.home_of(static_cast<StepIndex>(step))].push_back(static_cast<StepIndex>(step));
    for (std::size_t node = 0; node < slots.layout().nodes.size(); ++node)
        cards_.emplace_back();
    (void)intern_coverage(std::vector<std::uint32_t>(point_count_)); // class 0
}

const Card* CardSpace::publish(NodeIndex node, Id id, const Card* card) {
    const Card* expected = nullptr;
    std::atomic_ref place(cards_[node].make(id));
    charge(sizeof(const Card*));
    return place.compare_exchange_strong(expected, card, std::memory_order_acq_rel) ? card : expected;
}

SleepLabel CardSpace::label_of(StepIndex step, const Operations& effect) const {
    std::vector<SlotIndex> changed;
    for (const Operation& operation : effect)
        changed.push_back(space.layout().order[operation.position]);
    return sleep.label_of(step, changed);
}

Id CardSpace::intern_projection(std::span<const Id> key) {
    return projections_.intern(as_bytes(key));
}

CoverageClass CardSpace::intern_coverage(std::span<const std::uint32_t> counts) {
    return coverage_.intern(as_bytes(counts));
}

std::vector<std::uint32_t> CardSpace::coverage_counts(CoverageClass coverage) const {
    std::vector<std::uint32_t> counts(point_count_);
    std::ranges::copy(coverage_.bytes(coverage), reinterpret_cast<char*>(counts.data()));
    return counts;
}

void CardSpace::forget() {
    for (SegmentedArray<const Card*>& cards : cards_)
        cards.clear();
    memo.forget();
    effects.clear();
    for (MoveTable& table : moves)
        table.forget();
    projections_.clear();
    model.forget_summaries();
    meter_ -= charged_.exchange(0);
}

CardMaker::CardMaker(CardSpace& cards, unsigned worker, std::atomic<std::uint64_t>& meter)
    : cards_(cards), space_(cards.space), worker_(worker), arena_(meter), ids_(cards.model.slots().size()) {}

const Card* CardMaker::make(NodeIndex node, Id id) {
    Draft draft;
    draft.coverage.resize(cards_.point_count());
    draft.card.hash = upper_half(space_.hash(node, id));
    const LayoutNode& shape = space_.layout().nodes[node];
    if (shape.is_leaf())
        draft_leaf(node, id, draft);
    else if (!shape.is_empty())
        draft_inner(node, id, draft);
    draft.card.entry_count = static_cast<std::uint32_t>(draft.entries.size());
    draft.card.coverage = cards_.intern_coverage(draft.coverage);
    if (node == left_half || node == right_half)
        add_crossing(node, id, draft);
    return cards_.publish(node, id, assemble(draft));
}

const Card* CardMaker::assemble(const Draft& draft) {
    const auto projections_bytes = (std::span(draft.projections).size_bytes() + 7) / 8 * 8;
    const auto entries_bytes = (std::span(draft.entries).size_bytes() + 7) / 8 * 8;
    const std::size_t bytes = sizeof(Card) + std::span(draft.crossing).size_bytes() + projections_bytes +
                              entries_bytes + std::span(draft.summaries).size_bytes();
    std::byte* const place = arena_.allocate(bytes, line_bytes);
    Card* const card = new (place) Card(draft.card);
    std::byte* next = place + sizeof(Card);
    const auto append = [&]<class T>(const std::vector<T>& items, std::size_t taken) {
        T* const begin = reinterpret_cast<T*>(next);
        std::uninitialized_copy(items.begin(), items.end(), begin);
        next += taken;
        return begin;
    };
    card->crossing = append(draft.crossing, std::span(draft.crossing).size_bytes());
    (void)append(draft.projections, projections_bytes);
    card->entries = append(draft.entries, entries_bytes);
    card->summaries = append(draft.summaries, std::span(draft.summaries).size_bytes());
    card->lines = static_cast<std::uint16_t>(std::min<std::size_t>((bytes + line_bytes - 1) / line_bytes, 0xffff));
    return card;
}

void CardMaker::draft_leaf(NodeIndex node, Id id, Draft& draft) {
    const std::uint16_t position = space_.layout().nodes[node].begin;
    try {
        draft.summaries.push_back(
            cards_.model.summarise(worker_, space_.layout().order[position], space_.value(position, id)));
        cards_.charge(cards_.model.summary_bytes(draft.summaries.back()));
    } catch (const ModelError&) {
        draft.summaries.push_back(nullptr);
        draft.card.judgable = false;
        draft.card.failed = true;
    }
    if (cards_.summaries_only)
        return;
    ids_[position] = id;
    fire_steps(node, id, draft);
}

void CardMaker::draft_inner(NodeIndex node, Id id, Draft& draft) {
    const LayoutNode& shape = space_.layout().nodes[node];
    const IdPair pair = space_.children(node, id);
    const Card& left = *card(shape.left, pair.left);
    const Card& right = *card(shape.right, pair.right);
    draft.card.firings = left.firings + right.firings;
    draft.card.failed = left.failed || right.failed;
    draft.card.judgable = left.judgable && right.judgable;
    draft.summaries.assign(left.summaries, left.summaries + space_.layout().nodes[shape.left].size());
    draft.summaries.insert(draft.summaries.end(), right.summaries,
                           right.summaries + space_.layout().nodes[shape.right].size());
    if (cards_.summaries_only)
        return;
    const std::vector<std::uint32_t> left_coverage = cards_.coverage_counts(left.coverage);
    const std::vector<std::uint32_t> right_coverage = cards_.coverage_counts(right.coverage);
    for (std::size_t point = 0; point < draft.coverage.size(); ++point)
        draft.coverage[point] = left_coverage[point] + right_coverage[point];
    lift(node, id, pair, left, true, draft);
    lift(node, id, pair, right, false, draft);
    if (!cards_.steps_at(node).empty()) {
        space_.unfold(node, id, ids_);
        fire_steps(node, id, draft);
    }
}

void CardMaker::lift(NodeIndex node, Id id, IdPair pair, const Card& child, bool from_left, Draft& draft) {
    const LayoutNode& shape = space_.layout().nodes[node];
    const NodeIndex sibling = from_left ? shape.right : shape.left;
    for (const CardEntry& entry : std::span(child.entries, child.entry_count)) {
        IdPair next = from_left ? IdPair{entry.next, pair.right} : IdPair{pair.left, entry.next};
        Id outer = entry.outer;
        if (outer != EffectTable::nothing) {
            const LayoutNode& range = space_.layout().nodes[sibling];
            const DividedOperations parts = divide(cards_.effects.operations(outer), range.begin, range.end);
            Id& other = from_left ? next.right : next.left;
            other = space_.apply(sibling, other, parts.inside);
            if (other == no_id) {
                draft.card.failed = true;
                continue;
            }
            if (!parts.inside.empty())
                outer = cards_.effects.intern(parts.outside);
        }
        add_entry(node, id,
                  {.next = space_.join(node, next), .outer = outer, .hash = 0, .sleep_label = entry.sleep_label},
                  draft);
    }
}

void CardMaker::fire_steps(NodeIndex node, Id id, Draft& draft) {
    const LayoutNode& range = space_.layout().nodes[node];
    for (const StepIndex step : cards_.steps_at(node)) {
        StepResult result;
        cards_.memo.evaluate(step, ids_, result);
        draft.card.failed = draft.card.failed || result.failed;
        draft.card.firings += static_cast<std::uint32_t>(result.endings.size());
        for (const Ending& ending : result.endings) {
            for (std::size_t point = 0; point < draft.coverage.size(); ++point)
                draft.coverage[point] += ending.fired >> point & 1;
            const Operations effect = cards_.effects.operations(ending.effect);
            const DividedOperations parts = divide(effect, range.begin, range.end);
            const Id next = space_.apply(node, id, parts.inside);
            draft.card.failed = draft.card.failed || next == no_id;
            if (next != no_id)
                add_entry(node, id,
                          {.next = next,
                           .outer = cards_.effects.intern(parts.outside),
                           .hash = 0,
                           .sleep_label = cards_.label_of(step, effect)},
                          draft);
        }
    }
}

void CardMaker::add_entry(NodeIndex node, Id id, CardEntry entry, Draft& draft) {
    if (entry.next == id && entry.outer == EffectTable::nothing)
        return;
    entry.hash = upper_half(space_.hash(node, entry.next));
    draft.entries.push_back(entry);
}

void CardMaker::add_crossing(NodeIndex node, Id id, Draft& draft) {
    const std::size_t count = cards_.summaries_only ? 0 : cards_.crossing_steps().size();
    draft.crossing.resize(cards_.crossing_words());
    draft.projections.resize(cards_.crossing_steps().size(), no_id);
    if (count > 0)
        space_.unfold(node, id, ids_);
    for (std::size_t i = 0; i < count; ++i) {
        draft.projections[i] = project(i, node);
        if (draft.projections[i] != no_id)
            draft.crossing[i / 64] |= std::uint64_t{1} << (i % 64);
    }
}

// All that the half under `node`, whose value ids are in ids_, says of a crossing step. no_id: it disables it.
Id CardMaker::project(std::size_t crossing, NodeIndex node) {
    const Layout& layout = space_.layout();
    const Step& step = cards_.model.steps()[cards_.crossing_steps()[crossing]];
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
    return cards_.intern_projection(key);
}

} // namespace mdcd::checker::engine
