// Whether the program talks to a person at a terminal.
// Knows nothing of what is printed.
#pragma once

namespace mdcd::checker::cli {

// Colour on the standard output: only a terminal that knows it (TERM is not "dumb") gets it, and only where NO_COLOR is
// not set, or empty (no-color.org).
[[nodiscard]] bool wants_color();

} // namespace mdcd::checker::cli
