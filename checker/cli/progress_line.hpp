// The line that shows on a terminal how a search gets on. Writes to standard error and nowhere else.
// Knows no search.
#pragma once

#include <functional>
#include <string>

#include "checker/search_options.hpp"

namespace mdcd::checker::cli {

// `when` is auto, on or off; with auto it shows only if standard error is a terminal. Empty if it shows nothing.
[[nodiscard]] std::function<void(const Progress&)> progress_line(const std::string& when);

// The same at most `width` characters wide, the rest left out; 0: all of it.
[[nodiscard]] std::string progress_text(const Progress& at, std::size_t width);

// A line for each violation when it is found, on the same conditions. What was told stays.
[[nodiscard]] std::function<void(const PropertyVerdict&)> decision_line(const std::string& when);

// Ends the line, if one was shown.
void end_progress_line(const std::function<void(const Progress&)>& line);

} // namespace mdcd::checker::cli
