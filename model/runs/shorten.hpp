// Shortens a trace from any source while it still violates (or reaches) the same property.
// Prints nothing.
#pragma once

#include <cstdint>
#include <string>

#include "checker/path.hpp"
#include "model/system.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

// What a firing does in words that survive when earlier firings are left out: who acts on whose message, to whom.
// Numbers are not part of it, since they shift.
[[nodiscard]] std::string content_key(const System& system, const checker::GlobalState& state,
                                      const checker::Enabled& enabled);

struct Shortened {
    traces::Trace trace;
    std::uint64_t replays = 0; // shortened runs that were tried
    bool shortest = false;     // a search showed that no shorter run does it
};

// `search_states_max`: also look breadth-first among so many states; 0: do not. Throws traces::FileError (with `file`)
// if the trace is malformed, cannot be run, or is not about a property of the model.
[[nodiscard]] Shortened shorten(const traces::Trace& trace, const std::string& file, std::uint64_t search_states_max,
                                unsigned workers);

} // namespace mdcd::model
