// What the test and the library in front of libc say to each other through one page of shared memory: which disk is
// full, fails or is slow, how often clocks have jumped, and how often each of it has hit a process.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace mdcd::tests::torture {

enum class Trouble : std::uint32_t { none, full_disk, failed_sync, slow_disk };

struct MachineFaults {
    // Of the disk of one process: whose files have "/NAME/" in their paths. Set before `trouble`.
    std::array<std::atomic<char>, 8> name;
    std::atomic<std::uint32_t> trouble;
    std::atomic<std::uint32_t> slow_ms;
    std::atomic<std::uint32_t> jumps; // 0: clocks are right
    std::atomic<std::uint64_t> half_writes;
    std::atomic<std::uint64_t> refused_writes;
    std::atomic<std::uint64_t> refused_syncs;
    std::atomic<std::uint64_t> slow_syncs;
    std::atomic<std::uint64_t> wrong_clocks; // times read since the last jump
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<std::uint32_t>::is_always_lock_free);

// Where its file is.
inline constexpr const char* faults_variable = "MDCD_TORTURE_FAULTS";

} // namespace mdcd::tests::torture
