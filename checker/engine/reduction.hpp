// Leaving out states: where it may be done, and what must be kept for whom. How it is done is in stubborn.hpp.
// Knows no state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/footprints.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

// Why states of this model cannot be left out in such a search, as a whole sentence; none: they can.
[[nodiscard]] std::optional<std::string> why_not_reduced(const BoundModel& model, const SearchOptions& options);

// Whether the property is to be settled (SearchOptions::reduce_for).
[[nodiscard]] bool is_reduced_for(const Property& property, const SearchOptions& options);

// The slots in which properties that are to be settled see more than one value at a time.
[[nodiscard]] std::vector<SlotIndex> seen_slots(const BoundModel& model, const SearchOptions& options);

// What the predicate of a property says of a state that agrees with `state` in all slots that it is said to read, and
// with `other` in the rest, if it is not what it says of `state`; or what is wrong with saying that it looks at each
// slot by itself: as a whole sentence. None: nothing is wrong.
[[nodiscard]] std::optional<std::string> reads_more(const BoundModel& model, const SearchOptions& options,
                                                    const GlobalState& state, const GlobalState& other);

// A step did what it was not known to do: too many states may have been left out.
struct BeginAgain {
    Footprints more;
};

} // namespace mdcd::checker::engine
