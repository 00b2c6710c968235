// What a word of the program's output means: the glossary of the docs, properties, rules, scopes, presets, exit codes.
// Knows no command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mdcd::checker::cli {

// docs/glossary.md, built into the program.
[[nodiscard]] std::string_view glossary_text();

struct Explanation {
    std::string word;
    std::string kind; // "term", "property", "rule", "scope", "preset", "exit code"
    std::vector<std::string> paragraphs;
};

// The rows of the tables of such a page. A row of several terms gives one explanation for each, with the same text.
[[nodiscard]] std::vector<Explanation> terms_of(std::string_view page);

// Everything that can be explained. A word may be there more than once.
[[nodiscard]] std::vector<Explanation> all_explanations();

} // namespace mdcd::checker::cli
