// Requests to end, as a flag: Ctrl-C, the end of the terminal, and the system's limits on time and file size. The first
// one asks the search to end with what it has; a second Ctrl-C ends the program.
// Knows no search.
#pragma once

#include <atomic>

namespace mdcd::checker::cli {

// Installs the handlers once; the flag lives as long as the program.
[[nodiscard]] const std::atomic<bool>& interrupt_flag();

// A file that outgrows the system's limit on its size is a failed write, and not the end of the program.
void tell_of_failed_writes();

} // namespace mdcd::checker::cli
