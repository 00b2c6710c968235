// A first look at a model: is it well formed, which slots go together, how many values do they take.
// What it learns chooses the layout and which edges are spared (sleep.hpp), and no count or verdict; where states are
// left out (stubborn.hpp), no verdict.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/footprints.hpp"
#include "checker/engine/layout.hpp"
#include "checker/engine/purity.hpp"

namespace mdcd::checker::engine {

// Throws ModelError as the functions of checker/well_formed.hpp do.
void expect_well_formed(const BoundModel& model);
// The same, and if stop_at names what is no property.
void expect_well_formed(const BoundModel& model, const SearchOptions& options);
// deadlock_freedom is one if the model knows its final states.
[[nodiscard]] bool has_property(const BoundModel& model, const std::string& name);

struct Sampling {
    Layout layout;
    std::vector<std::vector<SlotIndex>> changes; // for each step, the slots that it was seen to change
    Footprints footprints;                       // .. and how
};

// Makes a few short random walks by hand, always the same ones, unless `enough` says that there is no time for all.
[[nodiscard]] Sampling sample_steps(
    const BoundModel& model, const std::function<bool()>& enough = [] { return false; });

// What is known of a model before anything is explored.
struct FirstLook {
    std::unique_ptr<BoundModel> second; // a copy, in which the walks were made; null: the model cannot be copied
    FirstCalls calls;
    Sampling sampling;

    // `thorough`: what handlers do first is asked in a process of its own as well. Throws ModelError if the model is
    // not well formed, or a handler heard of the walks.
    FirstLook(const BoundModel& model, bool thorough, const std::function<bool()>& enough);
};

} // namespace mdcd::checker::engine
