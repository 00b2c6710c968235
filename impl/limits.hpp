// How large one protected system can be. Everything in impl has a fixed capacity, so that a step needs
// no heap; what would exceed a capacity stops the process with a message, in release builds too.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace mdcd::impl {

inline constexpr std::size_t component_count_max = 4;   // p, the components of the cluster
inline constexpr std::size_t active_count_max = 6;      // q, the processes outside the cluster
inline constexpr std::size_t checkpoint_count_max = 24; // in one process's checkpoint array
inline constexpr std::size_t log_entry_count_max = 48;  // in one message log
inline constexpr std::size_t process_count_max = 2 * component_count_max + active_count_max;
inline constexpr std::size_t recovery_count_max = 8; // recoveries that one system goes through
inline constexpr std::size_t held_count_max = 32;    // messages that wait in one process while it is halted

[[noreturn]] inline void capacity_exceeded(const char* what, std::size_t capacity) {
    std::fprintf(stderr, "mdcd: %s is full (capacity %zu); raise the limit in impl/limits.hpp\n", what, capacity);
    std::abort();
}

} // namespace mdcd::impl
