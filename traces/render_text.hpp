// A trace as text for a reader who has never seen the code: what is claimed, what happened step by step and what only
// changed, what recovery would do, what is wrong and why.
#pragma once

#include <cstddef>
#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

struct TextOptions {
    bool color = false;      // ANSI escape sequences
    std::size_t width = 100; // characters in a line; 0: lines are never broken
};

[[nodiscard]] std::string render_text(const Trace& trace, TextOptions options = {});

} // namespace mdcd::traces
