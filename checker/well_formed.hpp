// What every search wants of a model before it believes a number of it: slots that steps, outcomes, renamings and
// initial states name exist and are of the right kind, and channels hold messages. Knows no search.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "checker/model.hpp"

namespace mdcd::checker {

// The shape of a model, as views into it.
struct Shape {
    std::span<const Slot> slots;
    std::span<const Step> steps;
    std::span<const Property> properties;
    std::size_t coverage_points = 0;
};

template <Model M> [[nodiscard]] Shape shape_of(const M& model) {
    return {.slots = model.slots(),
            .steps = model.steps(),
            .properties = model.properties(),
            .coverage_points = std::span<const std::string>(model.coverage_points()).size()};
}

// Throws ModelError if steps name slots that do not exist or are of the wrong kind, if there are no slots, or if there
// are too many of anything.
void expect_well_formed(const Shape& shape);

// Throws ModelError that names the state and the slot: a state has not one entry for each slot, a channel's bytes are
// no messages, are more of them than its capacity, or are not sorted in a bag; or there is no state at all.
void expect_initial_states(std::span<const Slot> slots, std::span<const GlobalState> states);

// What is wrong with what a slot is to hold, as in "holds 3 messages, one more than its capacity"; none: nothing.
[[nodiscard]] std::optional<std::string> fault_in_content(const Slot& slot, std::string_view bytes);

// What is wrong with an outcome of the step, whatever state it is an outcome in, as a whole sentence; none: nothing.
[[nodiscard]] std::optional<std::string> fault_in_outcome(const Shape& shape, const Step& step, const Outcome& outcome);

} // namespace mdcd::checker
