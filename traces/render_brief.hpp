// A trace on one screen: which property, what is wrong in one sentence, the steps beside a space-time diagram, who
// recovers to where. For the first look; render_text tells everything.
// Knows no terminal beyond its width and whether it shows colours.
#pragma once

#include <cstddef>
#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

struct BriefOptions {
    bool color = false;         // ANSI escape sequences
    std::size_t width = 100;    // characters in a line; 0: lines are never broken
    std::size_t lines_max = 30; // what the rules did is left out first, then steps in the middle
};

[[nodiscard]] std::string render_brief(const Trace& trace, BriefOptions options = {});

} // namespace mdcd::traces
