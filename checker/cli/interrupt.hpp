// Ctrl-C as a flag: the first one asks the search to end with what it has, a second one ends the program.
// Knows no search.
#pragma once

#include <atomic>

namespace mdcd::checker::cli {

// Installs the handler once; the flag lives as long as the program.
[[nodiscard]] const std::atomic<bool>& interrupt_flag();

} // namespace mdcd::checker::cli
