// The work tree as the house rules see it: every file that is not ignored, as lines of text.
// Knows no rule.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::tests::house {

struct TextFile {
    std::string path; // from the root, with forward slashes
    std::vector<std::string> lines;

    [[nodiscard]] std::string_view name() const;             // after the last slash
    [[nodiscard]] bool is_in(std::string_view folder) const; // at any depth
    [[nodiscard]] bool is_cpp() const;                       // .hpp or .cpp
    [[nodiscard]] bool is_header() const;
};

struct Tree {
    std::vector<std::string> top_level; // names, sorted
    std::vector<TextFile> files;        // sorted by path; files with a zero byte are left out
};

// Leaves out .git and what the root's .gitignore names (plain names only, at any depth).
// Throws std::runtime_error if the root or a file cannot be read.
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

} // namespace mdcd::tests::house
