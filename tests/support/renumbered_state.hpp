// Renaming of numbers by hand: whole states, as the reference searches have them. With a hook that spoils what the
// renaming is found from, for tests that have to fail.
#pragma once

#include <functional>
#include <vector>

#include "checker/path.hpp"
#include "model/system.hpp"

namespace mdcd::tests {

using Spoil = std::function<void(model::NumberSummary&)>;

inline model::Renumbering renumbering_of(const model::System& system, const checker::GlobalState& state,
                                         const Spoil& spoil = {}) {
    std::vector<model::NumberSummary> summaries;
    for (std::size_t slot = 0; slot < state.size(); ++slot) {
        summaries.push_back(model::summarise_numbers(system.layout().places()[slot], state[slot]));
        if (spoil)
            spoil(summaries.back());
    }
    std::vector<const model::NumberSummary*> pointers;
    for (const model::NumberSummary& summary : summaries)
        pointers.push_back(&summary);
    return {system.layout(), system.rules(), pointers};
}

inline checker::GlobalState renumbered(const model::System& system, const checker::GlobalState& state,
                                       const Spoil& spoil = {}) {
    const model::Renumbering renumbering = renumbering_of(system, state, spoil);
    checker::GlobalState result;
    for (std::size_t slot = 0; slot < state.size(); ++slot)
        result.push_back(model::renumbered_bytes(renumbering, system.scope(), system.rules(),
                                                 system.layout().places()[slot], system.layout().slots()[slot].kind,
                                                 state[slot]));
    return result;
}

} // namespace mdcd::tests
