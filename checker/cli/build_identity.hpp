// What tells this very program from every other build of it: answers that are kept in files depend on it.
// Knows no such file.
#pragma once

#include <optional>
#include <string>

namespace mdcd::checker::cli {

// Version and two hashes of the program's own content; nothing where that cannot be read.
[[nodiscard]] std::optional<std::string> build_identity();

} // namespace mdcd::checker::cli
