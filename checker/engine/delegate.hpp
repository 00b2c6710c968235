// Whoever wants to do the searches of this process in another way than explorer.cpp: on several machines, say.
// Knows no such way.
#pragma once

#include <functional>

#include "checker/engine/bound_model.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

using Delegate = std::function<Report(BoundModel& model, const SearchOptions& options)>;

// From now on explore() asks `whom`; an empty one: nobody. Not while a search is under way.
void delegate_searches_to(Delegate whom);

} // namespace mdcd::checker::engine
