// A number with its noun, as people say it.
// Knows nothing that is counted.
#pragma once

#include <cstdint>
#include <string>

namespace mdcd::checker::cli {

// "1 restart", "2 restarts"; with `plural` where it is not an s.
[[nodiscard]] inline std::string counted(std::uint64_t count, const std::string& noun, const std::string& plural = "") {
    return std::to_string(count) + " " + (count == 1 ? noun : plural.empty() ? noun + "s" : plural);
}

} // namespace mdcd::checker::cli
