// A first look at a model: is it well formed, which slots go together, how many values do they take.
// What it learns chooses the layout and which edges are spared (sleep.hpp), and no count or verdict.
#pragma once

#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/layout.hpp"

namespace mdcd::checker::engine {

// Throws ModelError if steps name slots that do not exist or are of the wrong kind, if there are no slots or no
// initial state, if an initial state has the wrong shape, or if there are too many of anything.
void expect_well_formed(const BoundModel& model);

struct Acquaintance {
    Layout layout;
    std::vector<std::vector<SlotIndex>> changes; // for each step, the slots that it was seen to change
};

// Makes a few short random walks by hand, always the same ones.
[[nodiscard]] Acquaintance acquaint(const BoundModel& model);

} // namespace mdcd::checker::engine
