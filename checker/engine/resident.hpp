// What the process holds in memory, as the system counts it. Knows nothing of who holds it.
// Not for exact accounts: other threads and what the allocator keeps are in it.
#pragma once

#include <cstdint>

namespace mdcd::checker::engine {

// 0 where it cannot be known, and under sanitizers, which multiply it.
[[nodiscard]] std::uint64_t resident_bytes();

// Asks the allocator to give back what it keeps for later.
void give_back_memory();

} // namespace mdcd::checker::engine
