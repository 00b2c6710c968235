// The first firing, in the model's order, that leads from one state of the run to the next.
#include "checker/engine/trail.hpp"

#include <algorithm>
#include <vector>

#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

Path Trail::path_to(std::uint64_t number) const {
    std::vector<std::uint64_t> numbers = {number};
    while (numbers.back() >= initial_count_)
        numbers.push_back(store_.parent(numbers.back()));
    std::ranges::reverse(numbers);
    Path path;
    path.initial = store_.parent(numbers.front());
    GlobalState state = space_.unfold(store_.state(numbers.front()));
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        GlobalState next = space_.unfold(store_.state(numbers[i]));
        const std::vector<Enabled> all = model_.enabled_in(state);
        const auto leads_there = [&](const Enabled& each) {
            try {
                return apply(model_.slots(), model_.steps(), state, each.firing, each.outcome) == next;
            } catch (const ModelError&) { // another firing, and another finding
                return false;
            }
        };
        const auto found = std::ranges::find_if(all, leads_there);
        if (found == all.end())
            throw LostTrail("a state was reached by a firing that the model does not offer any more: a handler is not "
                            "deterministic");
        path.firings.push_back(found->firing);
        state = std::move(next);
    }
    return path;
}

std::string Trail::failure_in(std::uint64_t number) const {
    const GlobalState state = space_.unfold(store_.state(number));
    try {
        (void)model_.judge_by_hand(state);
        for (const Enabled& each : model_.enabled_in(state))
            (void)apply(model_.slots(), model_.steps(), state, each.firing, each.outcome);
    } catch (const ModelError& error) {
        return error.what();
    }
    throw LostTrail("a handler or predicate failed, and did not fail when it was run again: it is not deterministic");
}

} // namespace mdcd::checker::engine
