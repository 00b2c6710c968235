// A page to walk through a system by hand: what can happen, what it changes, which claims are broken, and the way to
// the nearest state that breaks one. The page holds the states themselves, so that it needs no server. Knows no
// browser.
#pragma once

#include <string>

#include "checker/actors/system.hpp"
#include "checker/actors/system_graph.hpp"

namespace mdcd::checker::actors {

inline constexpr std::size_t explored_states_max = 2000; // about a kilobyte each

// A self-contained HTML page of the states nearest to the start. It allows no network, and says where states are left
// out.
[[nodiscard]] std::string explore(const ActorSystem& system, const std::string& title = "system",
                                  const GraphOptions& options = {.states_max = explored_states_max});

} // namespace mdcd::checker::actors
