// What a file looks like: it opens with what it is, stays short, and holds no unfinished business.
// The forbidden words are written in two halves here, or this file would break its own rule.
#include <algorithm>
#include <array>
#include <cctype>

#include "tests/house/rules.hpp"

namespace mdcd::tests::house {
namespace {

constexpr std::ptrdiff_t opening_lines_min = 2;
constexpr std::ptrdiff_t opening_lines_max = 6;
constexpr std::size_t lines_max = 400;
constexpr std::size_t columns_max = 120;
constexpr std::size_t function_lines_max = 70;

bool is_script(const TextFile& file) {
    return file.name() == "CMakeLists.txt" || file.path.ends_with(".cmake") || file.path.ends_with(".sh") ||
           (!file.lines.empty() && file.lines.front().starts_with("#!"));
}

void check_opening(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        const auto is_comment = [](const std::string& line) { return line.starts_with("//"); };
        if (file.is_cpp()) {
            const auto end = std::ranges::find_if_not(file.lines, is_comment);
            const auto length =
                std::count_if(file.lines.begin(), end, [](const std::string& line) { return line != "//"; });
            if (length < opening_lines_min || length > opening_lines_max)
                complaints.push_back({file.path, 1,
                                      "must open with two to six comment lines: what it is, what it must "
                                      "not know; it has " +
                                          std::to_string(length)});
        } else if (is_script(file)) {
            const std::size_t first = !file.lines.empty() && file.lines.front().starts_with("#!") ? 1 : 0;
            if (first >= file.lines.size() || !file.lines[first].starts_with("# "))
                complaints.push_back({file.path, first + 1, "must open with a comment that says what it is"});
        }
    }
}

std::size_t columns_of(const std::string& line) { // code points of UTF-8
    return static_cast<std::size_t>(
        std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

void check_size(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        if (!file.is_cpp() && !is_script(file))
            continue;
        if (file.lines.size() > lines_max)
            complaints.push_back(
                {file.path, lines_max + 1,
                 "has " + std::to_string(file.lines.size()) + " lines; at most " + std::to_string(lines_max)});
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            if (columns_of(file.lines[i]) > columns_max)
                complaints.push_back({file.path, i + 1, "is wider than " + std::to_string(columns_max) + " columns"});
        }
    }
}

// Relies on the format of the house: what is not nested in a class starts and ends in the first column.
void check_functions(const Tree& tree, std::vector<Complaint>& complaints) {
    static constexpr std::array others = {"namespace ", "class ",         "struct ", "enum ",
                                          "union ",     "extern \"C\" {", "= {"};
    for (const TextFile& file : tree.files) {
        std::size_t start = 0; // line number of the declaration that is open, 0: none
        for (std::size_t i = 0; file.is_cpp() && i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            const bool is_other =
                std::ranges::any_of(others, [&line](const char* word) { return line.find(word) != std::string::npos; });
            if (line.starts_with("}")) {
                if (start != 0 && i + 2 - start > function_lines_max)
                    complaints.push_back({file.path, start,
                                          "is a function of " + std::to_string(i + 2 - start) + " lines; at most " +
                                              std::to_string(function_lines_max)});
                start = 0;
            } else if (is_other) {
                start = 0;
            } else if (line.ends_with("{") && std::isalpha(static_cast<unsigned char>(line.front())) != 0) {
                start = i + 1;
            }
        }
    }
}

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool has_word(const std::string& line, const std::string& word) {
    for (std::size_t at = line.find(word); at != std::string::npos; at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word_character(line[at - 1])) && (end == line.size() || !is_word_character(line[end])))
            return true;
    }
    return false;
}

void check_unfinished(const Tree& tree, std::vector<Complaint>& complaints) {
    static const std::array<std::string, 4> words = {"TO"
                                                     "DO",
                                                     "FIX"
                                                     "ME",
                                                     "XX"
                                                     "X",
                                                     "HA"
                                                     "CK"};
    for (const TextFile& file : tree.files) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const std::string& word : words) {
                if (has_word(file.lines[i], word))
                    complaints.push_back({file.path, i + 1, "says " + word});
            }
        }
    }
}

void check_machine_paths(const Tree& tree, std::vector<Complaint>& complaints) {
    static const std::array<std::string, 5> places = {"/wo"
                                                      "rk/",
                                                      "/tm"
                                                      "p/",
                                                      "/ho"
                                                      "me/",
                                                      "/ro"
                                                      "ot/",
                                                      "/fa"
                                                      "rm/"};
    for (const TextFile& file : tree.files) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const std::string& place : places) {
                const std::size_t at = file.lines[i].find(place);
                const bool starts_a_path = at != std::string::npos &&
                                           (at == 0 || (!is_word_character(file.lines[i][at - 1]) &&
                                                        file.lines[i][at - 1] != '.' && file.lines[i][at - 1] != '}'));
                if (starts_a_path)
                    complaints.push_back({file.path, i + 1, "names a path of one machine: " + place});
            }
        }
    }
}

void check_pragma(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        if (file.is_header() && std::ranges::find(file.lines, "#pragma once") == file.lines.end())
            complaints.push_back({file.path, 1, "is a header without #pragma once"});
    }
}

} // namespace

std::vector<Rule> text_rules() {
    return {
        {"opening_comment", "A reader learns from the first lines whether this is the right file.", check_opening},
        {"size", "A file fits into one head, a line into one window.", check_size},
        {"function_size", "A function fits onto one screen.", check_functions},
        {"nothing_unfinished", "What is not done is not in the tree.", check_unfinished},
        {"no_machine_paths", "The tree works in any place.", check_machine_paths},
        {"pragma_once", "A header can be included twice.", check_pragma},
    };
}

} // namespace mdcd::tests::house
