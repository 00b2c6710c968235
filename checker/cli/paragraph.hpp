// A paragraph of a report, as wide as the terminal.
// Knows nothing of what it says.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace mdcd::checker::cli {

// Lines after the first are set in a little. In one line where lines are not broken (width 0).
void print_paragraph(std::ostream& out, const std::string& lead, const std::string& text, std::size_t width);

} // namespace mdcd::checker::cli
