// The line that shows on a terminal how a search gets on. Writes to standard error and nowhere else.
// Knows no search.
#pragma once

#include <functional>
#include <string>

#include "checker/search_options.hpp"

namespace mdcd::checker::cli {

// `when` is auto, on or off; with auto it shows only if standard error is a terminal. Empty if it shows nothing.
[[nodiscard]] std::function<void(const Progress&)> progress_line(const std::string& when);

// Ends the line, if one was shown.
void end_progress_line(const std::function<void(const Progress&)>& line);

} // namespace mdcd::checker::cli
