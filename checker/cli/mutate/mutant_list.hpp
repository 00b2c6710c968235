// A list of source mutants: small patches of the kind an engineer makes by mistake, each with the fault in a sentence
// and whether it matters. Text files that people write, in a folder of the repository (docs/mutants.md).
// Knows no language: a patch is old text and new text.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mdcd::checker::cli::mutate {

struct SourceMutant {
    std::string name; // unique; letters, digits and "_"
    std::string file; // that it changes, from the root of the tree: "impl/recovery.hpp"
    std::string fault;
    bool matters = true;
    std::string reason; // why it does not matter
    std::string after;  // "", or a text of the file: the old text is the first one after it
    std::string old_text;
    std::string new_text;
    std::string list_file; // where it is written
    std::size_t line = 0;
};

// Of a file, or of all files *.mutants of a folder in the order of their names. Throws traces::FileError with file,
// line and the nearest known word.
[[nodiscard]] std::vector<SourceMutant> read_mutants(const std::filesystem::path& file_or_folder);

} // namespace mdcd::checker::cli::mutate
