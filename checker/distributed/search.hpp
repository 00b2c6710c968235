// A distributed search of a model: checker::search on all ranks of a world together.
// Knows no transport.
#pragma once

#include <type_traits>

#include "checker/distributed/explore.hpp"
#include "checker/search.hpp"

namespace mdcd::checker::distributed {

// As checker::search and distributed::explore. Each rank's observer is shown the states that this rank has.
template <Model M, class O = NoObserver>
requires Observer<std::remove_reference_t<O>, M>
[[nodiscard]] Report search(const M& model, World& world, const SearchOptions& options = {}, O&& observer = {}) {
    engine::ModelBinding<M, std::remove_reference_t<O>> binding(model, observer);
    return explore(binding, options, world);
}

} // namespace mdcd::checker::distributed
