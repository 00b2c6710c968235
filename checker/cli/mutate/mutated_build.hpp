// Builds the program from a copy of the protocol that holds the mutants, in a scratch folder.
// Knows how the build is told of it (CMakeLists.txt, MDCD_MUTATED_IMPL), and no mutant.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

namespace mdcd::checker::cli::mutate {

// `tree`: the root of the sources; `copy`: where write_mutated_copy() put its folder; `build`: is made, and used again.
// Returns the program; none if it was interrupted, or at `until`, before it was built: what was compiled stays. Throws
// UsageError with what the compiler said if it does not build.
[[nodiscard]] std::optional<std::string> build_mutated(const std::string& tree, const std::string& copy,
                                                       const std::string& build, unsigned workers,
                                                       std::optional<std::chrono::steady_clock::time_point> until,
                                                       const std::atomic<bool>* interrupt);

// The names of the mutants that a program holds; none of a program that was built from the sources as they are.
[[nodiscard]] std::string mutants_in(const std::string& program, const std::atomic<bool>* interrupt);

} // namespace mdcd::checker::cli::mutate
