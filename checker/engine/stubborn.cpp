// What a half says of a step is remembered with the half; what both say together, with their projections (record.hpp).
// The rest is a closure over bits.
#include "checker/engine/stubborn.hpp"

#include <algorithm>

namespace mdcd::checker::engine {

StubbornSets::StubbornSets(RecordSpace& records, const Dependence& dependence, Unforeseen& unforeseen,
                           std::atomic<std::uint64_t>& meter)
    : records_(records), space_(records.space), dependence_(dependence), unforeseen_(unforeseen), meter_(meter),
      ids_(records.model.slots().size()), views_(records.model.steps().size()) {}

const StubbornSets::HalfView& StubbornSets::half(NodeIndex node, Id id) {
    std::unordered_map<Id, HalfView>& known = halves_[node - left_half];
    const auto found = known.find(id);
    if (found != known.end())
        return found->second;
    charge(sizeof(HalfView) + views_.size() * sizeof(StepView) + 48);
    return known.emplace(id, make_half(node, id)).first->second;
}

StubbornSets::HalfView StubbornSets::make_half(NodeIndex node, Id id) {
    const Layout& layout = space_.layout();
    const LayoutNode& range = layout.nodes[node];
    HalfView view{.steps = std::vector<StepView>(views_.size()), .enabled = {}};
    if (range.is_empty())
        return view;
    space_.unfold(node, id, ids_);
    for (std::size_t each = 0; each < views_.size(); ++each) {
        const auto step = static_cast<StepIndex>(each);
        const NodeIndex home = records_.memo.home_of(step);
        if (home == root_node) {
            (void)is_disabled(step, node, view.steps[step]);
        } else if (range.begin <= layout.nodes[home].begin && layout.nodes[home].end <= range.end) {
            if (!is_disabled(step, node, view.steps[step]))
                view.steps[step] = view_of(step);
            if (view.steps[step].enabled)
                view.enabled.add(step);
        }
    }
    return view;
}

// By a channel under the node that is full or empty; the node's value ids are in ids_.
bool StubbornSets::is_disabled(StepIndex index, NodeIndex node, StepView& view) const {
    const Layout& layout = space_.layout();
    const Step& step = records_.model.steps()[index];
    const auto count_in = [&](SlotIndex slot) {
        return space_.message_count(layout.position_of[slot], ids_[layout.position_of[slot]]);
    };
    const auto inside = [&](SlotIndex slot) { return layout.nodes[node].covers(layout.position_of[slot]); };
    const bool enabling = reduction_parts().enabling;
    for (const SlotIndex slot : step.room)
        if (inside(slot) && count_in(slot) >= records_.model.slots()[slot].capacity) {
            view = {.with = enabling ? dependence_.that_make_room(slot) : StepSet(), .known = true};
            return true;
        }
    if (step.takes && inside(*step.takes) && count_in(*step.takes) == 0) {
        view = {.with = enabling ? dependence_.that_fill(*step.takes) : StepSet(), .known = true};
        return true;
    }
    return false;
}

// Of a step all of whose inputs are in ids_, and of whose channels none is full or empty.
StubbornSets::StepView StubbornSets::view_of(StepIndex step) {
    StepResult result;
    records_.memo.evaluate(step, ids_, result);
    StepView view{.with = {}, .known = true, .enabled = result.failed || !result.endings.empty(), .visible = false};
    if (!view.enabled) {
        view.with = dependence_.with_disabled(step, result.waits);
        return view;
    }
    Footprint now;
    for (const Ending& ending : result.endings)
        now.add(changes_of(step, records_.effects.operations(ending.effect), view.visible));
    if (!dependence_.footprint(step).covers(now))
        unforeseen_.add(step, now);
    view.with = dependence_.with_enabled(step, now, result.waits);
    return view;
}

// Of a value that the step has read it is known whether it changes; of any other it is not, whatever state this is.
Footprint StubbornSets::changes_of(StepIndex index, const Operations& effect, bool& visible) const {
    const Step& step = records_.model.steps()[index];
    Footprint changes;
    for (const Operation& operation : effect) {
        const SlotIndex slot = space_.layout().order[operation.position];
        if (operation.kind == OperationKind::set) {
            if (ids_[operation.position] == operation.operand &&
                std::ranges::find(step.reads, slot) != step.reads.end())
                continue;
            changes.set(slot);
        } else if (operation.kind == OperationKind::send) {
            const auto same = [&](const Operation& other) {
                return other.position == operation.position && other.kind == OperationKind::send;
            };
            changes.send(slot, static_cast<std::uint16_t>(std::ranges::count_if(effect, same)));
        }
        visible = visible || dependence_.is_visible(slot);
    }
    return changes;
}

const StubbornSets::StepView& StubbornSets::crossing(std::size_t crossing, State state, Id left, Id right) {
    const std::uint64_t key = std::uint64_t{left} << 32 | right;
    const auto found = crossings_.find(key);
    if (found != crossings_.end())
        return found->second;
    space_.unfold(left_half, state.left, ids_);
    space_.unfold(right_half, state.right, ids_);
    charge(sizeof(std::pair<std::uint64_t, StepView>) + 32);
    return crossings_.emplace(key, view_of(records_.crossing_steps()[crossing])).first->second;
}

const StepSet& StubbornSets::look(State state, const Record& left, const Record& right) {
    const HalfView& of_left = half(left_half, state.left);
    const HalfView& of_right = half(right_half, state.right);
    enabled_ = of_left.enabled;
    enabled_.add(of_right.enabled);
    for (std::size_t step = 0; step < views_.size(); ++step)
        views_[step] = of_left.steps[step].known ? &of_left.steps[step] : &of_right.steps[step];
    const std::size_t words = records_.crossing_words();
    for (std::size_t each = 0; each < records_.crossing_steps().size(); ++each) {
        const StepIndex step = records_.crossing_steps()[each];
        if (views_[step]->known)
            continue;
        views_[step] = &crossing(each, state, left.projections(words)[each], right.projections(words)[each]);
        if (views_[step]->enabled)
            enabled_.add(step);
    }
    return enabled_;
}

// The enabled steps of the smallest stubborn set that holds an enabled step.
StepSet StubbornSets::enabled_with(StepIndex step) const {
    StepSet set;
    StepSet open;
    open.add(step);
    bool sees = false;
    while (!open.empty()) {
        const StepIndex next = open.take_first();
        set.add(next);
        const StepView& view = *views_[next];
        open.add(view.with);
        if (view.enabled && view.visible && !sees && reduction_parts().visibility) {
            open.add(dependence_.visible_steps());
            sees = true;
        }
        open.remove(set);
    }
    set.keep(enabled_);
    return set;
}

std::span<const StepSet> StubbornSets::sets() {
    found_.clear();
    sets_.clear();
    const std::size_t all = enabled_.size();
    enabled_.each([&](StepIndex step) {
        const StepSet enabled = enabled_with(step);
        const std::size_t size = enabled.size();
        if (size < all && std::ranges::find(found_, enabled, &Set::enabled) == found_.end())
            found_.push_back({.enabled = enabled, .size = size});
    });
    std::ranges::stable_sort(found_, {}, &Set::size);
    for (const Set& set : found_)
        sets_.push_back(set.enabled);
    return sets_;
}

void StubbornSets::forget() {
    for (std::unordered_map<Id, HalfView>& known : halves_)
        known.clear();
    crossings_.clear();
    meter_ -= charged_;
    charged_ = 0;
}

} // namespace mdcd::checker::engine
