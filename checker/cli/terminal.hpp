// Whether the program talks to a person at a terminal, and how wide that is.
// Knows nothing of what is printed.
#pragma once

#include <cstddef>

namespace mdcd::checker::cli {

// Colour on the standard output: only a terminal that knows it (TERM is not "dumb") gets it, and only where NO_COLOR is
// not set, or empty (no-color.org).
[[nodiscard]] bool wants_color();

// Characters in a line of the terminal that this file descriptor is; 0 if it is none, or does not say.
[[nodiscard]] std::size_t terminal_width(int descriptor);

// For what is printed to the standard output: the terminal's width, or what suits a file.
inline constexpr std::size_t file_width = 100;
[[nodiscard]] std::size_t output_width();

} // namespace mdcd::checker::cli
