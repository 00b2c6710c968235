// A copy of source files in which every mutant of a list is present and one can be chosen when the program starts.
// Each function that some mutant changes holds its body once as it is and once for each mutant; each function notes
// that it was run. The sources themselves are left alone.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "checker/cli/mutate/mutant_list.hpp"

namespace mdcd::checker::cli::mutate {

// What a program that was built from a copy reads from its environment.
inline constexpr const char* mutant_variable = "MDCD_MUTANT";       // the mutant's name; "?": print all names and exit
inline constexpr const char* functions_variable = "MDCD_FUNCTIONS"; // a file: append the functions that were run

// Names the mutants, in the folder of the copy; what has it is a copy.
inline constexpr const char* switch_header = "mutation_switch.hpp";

struct MutatedCopy {
    std::vector<std::string> functions;   // of the copied files: "impl/recovery.hpp: replay"
    std::vector<std::string> function_of; // for each mutant, the function that it changes
};

// Copies folder `tree`/`folder` to `target`/`folder`. Files that would not change are not touched. Throws FileError if
// a mutant's old text is not in its file exactly once, or not within one function.
[[nodiscard]] MutatedCopy write_mutated_copy(const std::filesystem::path& tree, const std::string& folder,
                                             std::span<const SourceMutant> mutants,
                                             const std::filesystem::path& target);

// One file's text with the mutants in it; `mutants` of other files are left out. `functions` grows.
[[nodiscard]] std::string mutated_text(const std::string& file, const std::string& text,
                                       std::span<const SourceMutant> mutants, MutatedCopy& copy);

} // namespace mdcd::checker::cli::mutate
