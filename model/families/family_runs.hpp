// Runs of a family's scope outside of a search: a trace taken again, or shortened, and runs that are made by hand.
// Knows no family.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/families/explored_system.hpp"

namespace mdcd::model {

// As Family::replay, shorten, walk and page.
[[nodiscard]] std::optional<checker::RunDifference> replayed(const ExploredSystem& what, const traces::Trace& trace);
[[nodiscard]] ShortenedFamilyRun shortened(const ExploredSystem& what, const traces::Trace& trace,
                                           const std::string& file, std::uint64_t search_states_max, unsigned workers);
[[nodiscard]] std::unique_ptr<FamilyWalk> walked(ExploredSystem what);
[[nodiscard]] std::string walking_page(const ExploredSystem& what, const std::vector<std::string>& along);

} // namespace mdcd::model
