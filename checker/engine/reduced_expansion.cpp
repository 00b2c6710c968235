// Expansion where states are left out: of a state's enabled steps a stubborn set is followed. The set must lead
// somewhere deeper than the state is (not to this level or one before), or what it puts off could be put off for ever;
// if none does, all are. Levels do not depend on who expands what, so neither does the choice.
#include <algorithm>
#include <bit>

#include "checker/engine/expander.hpp"

namespace mdcd::checker::engine {

void Expander::leave_out_states(const Dependence& dependence, Unforeseen& unforeseen) {
    stubborn_ = std::make_unique<StubbornSets>(records_, dependence, unforeseen, meter_);
}

void Expander::expand_reduced(std::uint64_t number, State state, const Record& left, const Record& right) {
    count(number, state, left, right);
    const Expanded from{.number = number, .state = state, .label = 0};
    const StepSet& enabled = stubborn_->look(state, left, right);
    const auto follow = [&] {
        for (const Successor& next : successors_)
            propose(next.state, from, 0, next.hash);
    };
    for (const StepSet& some : stubborn_->sets()) {
        lead_on(from, left, right, some);
        if (leads_deeper())
            return follow();
    }
    lead_on(from, left, right, enabled);
    follow();
}

bool Expander::leads_deeper() const {
    return !reduction_parts().cycle_condition || std::ranges::any_of(successors_, [&](const Successor& next) {
        const std::optional<StateNumber> known = store_.find(next.state, next.hash);
        return !known || *known >= level_end_;
    });
}

// To successors_: where these steps lead, but for where nothing changes.
void Expander::lead_on(const Expanded& from, const Record& left, const Record& right, const StepSet& steps) {
    successors_.clear();
    lead_on_side(from, left, right, true, steps);
    lead_on_side(from, right, left, false, steps);
    lead_on_crossing(from, left, right, steps);
}

void Expander::lead_on_side(const Expanded& from, const Record& here, const Record& there, bool is_left,
                            const StepSet& steps) {
    const State state = from.state;
    for (const RecordEntry& entry : std::span(here.entries, here.entry_count)) {
        if (!steps.contains(static_cast<StepIndex>(entry.sleep_label - 1)))
            continue;
        const MoveTable::Move other =
            apply(is_left ? right_half : left_half, is_left ? state.right : state.left, there.hash, entry.outer);
        if (other.next == no_id) {
            tally_.fail(from.number);
            continue;
        }
        const State next = is_left ? State{entry.next, other.next} : State{other.next, entry.next};
        if (next.left != state.left || next.right != state.right)
            successors_.push_back({.state = next, .hash = entry.hash ^ other.hash});
    }
}

void Expander::lead_on_crossing(const Expanded& from, const Record& left, const Record& right, const StepSet& steps) {
    const State state = from.state;
    const std::size_t words = records_.crossing_words();
    for (std::size_t word = 0; word < words; ++word) {
        for (std::uint64_t bits = left.crossing[word] & right.crossing[word]; bits != 0; bits &= bits - 1) {
            const std::size_t crossing = 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
            if (!steps.contains(records_.crossing_steps()[crossing]))
                continue;
            const CrossResult& result =
                cross(crossing, state, left.projections(words)[crossing], right.projections(words)[crossing]);
            for (const CrossEnding& ending : std::span(result.endings, result.count)) {
                const MoveTable::Move to_left = apply(left_half, state.left, left.hash, ending.left_effect);
                const MoveTable::Move to_right = apply(right_half, state.right, right.hash, ending.right_effect);
                if (to_left.next == no_id || to_right.next == no_id)
                    tally_.fail(from.number);
                else if (to_left.next != state.left || to_right.next != state.right)
                    successors_.push_back(
                        {.state = {to_left.next, to_right.next}, .hash = to_left.hash ^ to_right.hash});
            }
        }
    }
}

} // namespace mdcd::checker::engine
