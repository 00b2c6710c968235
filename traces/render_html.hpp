// A trace as one self-contained page: the space-time diagram beside a list of steps, with what each step changed.
// Knows no server: the file is the whole of it.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

// Needs no network and allows none. Pointer, click and the arrow keys choose a step.
[[nodiscard]] std::string render_html(const Trace& trace);

} // namespace mdcd::traces
