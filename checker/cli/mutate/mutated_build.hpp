// Builds the program from a copy of the protocol that holds the mutants, in a scratch folder.
// Knows how the build is told of it (CMakeLists.txt, MDCD_MUTATED_IMPL), and no mutant.
#pragma once

#include <atomic>
#include <string>

namespace mdcd::checker::cli::mutate {

// `tree`: the root of the sources; `copy`: where write_mutated_copy() put its folder; `build`: is made, and used again.
// Returns the program. Throws UsageError with what the compiler said if it does not build, std::runtime_error if it is
// interrupted.
[[nodiscard]] std::string build_mutated(const std::string& tree, const std::string& copy, const std::string& build,
                                        unsigned workers, const std::atomic<bool>* interrupt);

// The names of the mutants that a program holds; none of a program that was built from the sources as they are.
[[nodiscard]] std::string mutants_in(const std::string& program, const std::atomic<bool>* interrupt);

} // namespace mdcd::checker::cli::mutate
