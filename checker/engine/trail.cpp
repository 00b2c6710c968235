// The first firing, in the model's order, that leads from one state of the run to the next.
// Knows nothing of the visited set.
#include "checker/engine/trail.hpp"

#include <algorithm>
#include <vector>

#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

std::string lost_predicate(const BoundModel& model, PropertyBits differing, bool renamed) {
    std::string names;
    for (std::size_t property = 0; property < model.properties().size(); ++property)
        if ((differing >> property & 1) != 0)
            names += (names.empty() ? "'" : ", '") + model.properties()[property].name + "'";
    return (names.empty() ? "a predicate" : "the predicate of " + names) +
           " gave another answer when asked again about the same state: it looks at something that changes" +
           (renamed ? ", or sees the names that a renaming changes" : "");
}

Trail::Run Trail::run_to(std::uint64_t number) const {
    std::vector<std::uint64_t> numbers = {number};
    while (numbers.back() >= initial_count_)
        numbers.push_back(states_.parent(numbers.back()));
    std::ranges::reverse(numbers);
    const std::uint32_t initial = states_.parent(numbers.front());
    Run run{.path = {.initial = initial, .firings = {}}, .last = model_.initial_states().at(initial)};
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        look_at_clock_();
        GlobalState next;
        run.path.firings.push_back(firing_to(run.last, numbers[i], next).firing);
        run.last = std::move(next);
    }
    return run;
}

Enabled Trail::firing_to(const GlobalState& state, std::uint64_t number, GlobalState& next) const {
    const auto leads_there = [&](const Enabled& each) {
        try {
            next = apply(model_.slots(), model_.steps(), state, each.firing, each.outcome);
            return states_.is_state(number, next);
        } catch (const ModelError&) { // another firing, and another finding
            return false;
        }
    };
    const std::vector<Enabled> all = model_.enabled_in(state);
    const auto found = std::ranges::find_if(all, leads_there);
    if (found != all.end())
        return *found;
    if (const std::optional<std::string> limit = model_.limit_at(state))
        throw TrailTooLong(*limit);
    throw LostTrail("a state was reached by a firing that the model does not offer when asked again: a handler "
                    "is not deterministic, or a renaming does not commute with the steps");
}

Enabled Trail::last_firing(std::uint64_t number) const {
    GlobalState next;
    return firing_to(states_.content(states_.parent(number)), number, next);
}

std::string Trail::failure_in(const GlobalState& state) const {
    try {
        (void)model_.judge_by_hand(state);
        if (!model_.is_inside_by_hand(state))
            throw LostTrail("a predicate failed, and did not fail when it was run again: it is not deterministic");
        const std::vector<Enabled> all = model_.enabled_in(state);
        for (const Enabled& each : all)
            (void)states_.canonical(apply(model_.slots(), model_.steps(), state, each.firing, each.outcome));
        if (all.empty())
            (void)model_.is_final_by_hand(state);
    } catch (const ModelError& error) {
        return error.what();
    }
    throw LostTrail("a handler or predicate failed, and did not fail when it was run again: it is not deterministic");
}

} // namespace mdcd::checker::engine
