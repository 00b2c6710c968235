// How much memory the system has to spare. Knows nothing of what it is wanted for.
// Answers for this process: a container's limit counts.
#pragma once

#include <cstdint>

namespace mdcd::checker::cli {

// In bytes; 0 where the system does not tell.
[[nodiscard]] std::uint64_t memory_available();

} // namespace mdcd::checker::cli
