// How much memory the system has to spare. Knows nothing of what it is wanted for.
// Answers for this process: a container's limit counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace mdcd::checker::cli {

// Where the system says so; a test says it in other places.
struct MemorySources {
    std::string proc = "/proc";
    std::string groups = "/sys/fs/cgroup";
};

// In bytes, what could be given up without a loss (copies of files) included; nothing where the system does not tell.
// 0 is an answer: a container that is full.
[[nodiscard]] std::optional<std::uint64_t> memory_available(const MemorySources& sources = {});

// Of that, what a search may take, as a limit where 0 is none: nine tenths; 1, which everything exceeds, if nothing is
// left; 0 if the system does not tell.
[[nodiscard]] std::uint64_t automatic_limit(std::optional<std::uint64_t> available);

} // namespace mdcd::checker::cli
