// What tells this very program, with the libraries that it runs on, from every other: results that are kept in files
// belong to it.
// Knows no such file.
#pragma once

#include <optional>
#include <string>

namespace mdcd::checker::cli {

// The version, then a line for the program and each library that is loaded, with the hash of its content; nothing where
// that cannot be read. As it is when it is asked for first: what is loaded after that decides nothing.
[[nodiscard]] std::optional<std::string> build_identity();

} // namespace mdcd::checker::cli
