// The door from the templates for users to the compiled search: all of the engine that a user's program sees.
// Knows no model.
#pragma once

#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

class BoundModel;

// The whole search. A model that is not well formed gives Verdict::error for everything.
[[nodiscard]] Report explore(BoundModel& model, const SearchOptions& options);

} // namespace mdcd::checker::engine
