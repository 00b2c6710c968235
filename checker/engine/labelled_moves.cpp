// A state's firings are those that its left half decides, those that its right half decides, and those of crossing
// steps, which are remembered by what both halves say of them.
// Knows handlers only through the memo.
#include "checker/engine/labelled_moves.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "checker/channel.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t tending_interval = 1 << 12; // states

} // namespace

LabelledMoves::LabelledMoves(const BoundModel& model, std::uint64_t cache_bytes_max,
                             const std::function<bool()>& enough)
    : model_(model), cache_bytes_max_(cache_bytes_max), first_(model, false, enough),
      space_(model.slots(), first_.sampling.layout, table_bytes_), effects_(cache_bytes_),
      memo_(model, space_, effects_, cache_bytes_, false), moves_{MoveTable(cache_bytes_), MoveTable(cache_bytes_)},
      projections_(0x70726f6a65637421U, cache_bytes_), ids_(model.slots().size()) {
    const Layout& layout = space_.layout();
    for (std::size_t index = 0; index < model.steps().size(); ++index) {
        const std::vector<SlotIndex> inputs = inputs_of(model.steps()[index]);
        const auto is_in = [&](NodeIndex node) {
            return std::ranges::all_of(
                inputs, [&](SlotIndex slot) { return layout.nodes[node].covers(layout.position_of[slot]); });
        };
        (is_in(left_half)    ? decided_[left]
         : is_in(right_half) ? decided_[right]
                             : crossing_)
            .push_back(static_cast<StepIndex>(index));
    }
}

bool LabelledMoves::find(State state, std::vector<LabelledMove>& moves) {
    if (++found_ % tending_interval == 0)
        tend();
    moves.clear();
    open_.clear();
    const Record& on_left = record(left, state.left);
    const Record& on_right = record(right, state.right);
    if (on_left.failed || on_right.failed)
        return false;
    const auto add = [&](const Entry& entry, State next) {
        open_.push_back(entry);
        open_.back().here = next.left;
        open_.back().there = next.right;
        return next.left != no_id && next.right != no_id;
    };
    for (const Entry& entry : on_left.entries)
        if (!add(entry, {.left = entry.here, .right = apply(right, state.right, entry.there)}))
            return false;
    for (const Entry& entry : on_right.entries)
        if (!add(entry, {.left = apply(left, state.left, entry.there), .right = entry.here}))
            return false;
    for (std::size_t word = 0; word < on_left.open.size(); ++word) {
        for (std::uint64_t both = on_left.open[word] & on_right.open[word]; both != 0; both &= both - 1) {
            const std::size_t i = 64 * word + static_cast<std::size_t>(std::countr_zero(both));
            const Crossing& crossing = cross(i, state, on_left.projections[i], on_right.projections[i]);
            if (crossing.failed)
                return false;
            for (const Entry& entry : crossing.entries)
                if (!add(entry, {.left = apply(left, state.left, entry.here),
                                 .right = apply(right, state.right, entry.there)}))
                    return false;
        }
    }
    // Three lists, each in order of steps; a step is in one of them only.
    std::ranges::stable_sort(open_, {}, [](const Entry& entry) { return entry.firing.step; });
    for (const Entry& entry : open_)
        moves.push_back({.next = {.left = entry.here, .right = entry.there}, .label = entry.label});
    return true;
}

const LabelledMoves::Record& LabelledMoves::record(Half half, Id id) {
    Records& records = records_[half];
    if (id >= records.size())
        records.resize(std::max<std::size_t>(id + std::size_t{1}, records.size() + records.size() / 2));
    if (!records[id])
        records[id] = make(half, id);
    return *records[id];
}

std::unique_ptr<LabelledMoves::Record> LabelledMoves::make(Half half, Id id) {
    const NodeIndex node = node_of(half);
    const LayoutNode& range = space_.layout().nodes[node];
    auto record = std::make_unique<Record>();
    space_.unfold(node, id, ids_);
    for (const StepIndex step : decided_[half]) {
        StepResult result;
        memo_.evaluate(step, ids_, result);
        record->failed = record->failed || result.failed;
        for (const Ending& ending : result.endings) {
            const DividedOperations parts = divide(effects_.operations(ending.effect), range.begin, range.end);
            const Id next = space_.apply(node, id, parts.inside);
            record->failed = record->failed || next == no_id;
            const Firing firing{.step = step, .taken = ending.taken, .outcome = ending.outcome};
            record->entries.push_back({firing, label_of(firing), next, effects_.intern(parts.outside)});
        }
    }
    record->open.resize((crossing_.size() + 63) / 64);
    for (std::size_t i = 0; i < crossing_.size(); ++i) {
        record->projections.push_back(project(i, node));
        if (record->projections.back() != no_id)
            record->open[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    record_bytes_ += sizeof(Record) + record->entries.size() * sizeof(Entry) + record->projections.size() * sizeof(Id);
    return record;
}

// All that the half under `node`, whose value ids are in ids_, says of a crossing step. no_id: it disables it.
Id LabelledMoves::project(std::size_t crossing, NodeIndex node) {
    const Layout& layout = space_.layout();
    const Step& step = model_.steps()[crossing_[crossing]];
    std::vector<Id> key = {static_cast<Id>(crossing), node};
    for (const SlotIndex slot : inputs_of(step)) {
        const std::uint16_t position = layout.position_of[slot];
        if (layout.nodes[node].covers(position))
            key.push_back(ids_[position]);
    }
    if (step.takes && layout.nodes[node].covers(layout.position_of[*step.takes]) &&
        space_.message_count(layout.position_of[*step.takes], ids_[layout.position_of[*step.takes]]) == 0)
        return no_id;
    return projections_.intern({reinterpret_cast<const char*>(key.data()), key.size() * sizeof(Id)});
}

const LabelledMoves::Crossing& LabelledMoves::cross(std::size_t crossing, State state, Id left_projection,
                                                    Id right_projection) {
    const std::uint64_t key = std::uint64_t{left_projection} << 32 | right_projection;
    const auto found = crossed_.find(key);
    if (found != crossed_.end())
        return found->second;
    space_.unfold(left_half, state.left, ids_);
    space_.unfold(right_half, state.right, ids_);
    StepResult result;
    memo_.evaluate(crossing_[crossing], ids_, result);
    Crossing fresh;
    fresh.failed = result.failed;
    const LayoutNode& range = space_.layout().nodes[left_half];
    for (const Ending& ending : result.endings) {
        const DividedOperations parts = divide(effects_.operations(ending.effect), range.begin, range.end);
        const Firing firing{.step = crossing_[crossing], .taken = ending.taken, .outcome = ending.outcome};
        fresh.entries.push_back(
            {firing, label_of(firing), effects_.intern(parts.inside), effects_.intern(parts.outside)});
    }
    record_bytes_ += sizeof(Crossing) + 48 + fresh.entries.size() * sizeof(Entry);
    return crossed_.emplace(key, std::move(fresh)).first->second;
}

Id LabelledMoves::apply(Half half, Id id, Id effect) {
    if (effect == EffectTable::nothing)
        return id;
    MoveTable::Move move;
    if (!moves_[half].find(id, effect, move)) {
        move.next = space_.apply(node_of(half), id, effects_.operations(effect));
        moves_[half].add(id, effect, move);
    }
    return move.next;
}

Label LabelledMoves::label_of(const Firing& firing) {
    const std::uint64_t key =
        std::uint64_t{firing.step} << 32 | std::uint64_t{firing.taken} << 16 | std::uint64_t{firing.outcome};
    const auto [place, is_new] = label_by_firing_.try_emplace(key, static_cast<Label>(labels_.size()));
    if (is_new)
        labels_.push_back(firing);
    return place->second;
}

// Between states: tables grow, or all that can be worked out again is forgotten.
void LabelledMoves::tend() {
    for (MoveTable& table : moves_)
        table.tend();
    if (cache_bytes_ + record_bytes_ <= cache_bytes_max_)
        return;
    for (Records& records : records_)
        records.clear();
    crossed_.clear();
    projections_.clear();
    memo_.forget();
    effects_.clear();
    for (MoveTable& table : moves_)
        table.forget();
    record_bytes_ = 0;
}

} // namespace mdcd::checker::engine
