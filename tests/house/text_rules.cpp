// What a file looks like: it opens with what it is, stays short, and holds no unfinished business.
// The forbidden words are written in two halves here, or this file would break its own rule.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

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

std::string without_template(std::string text) {
    while (text.starts_with("template")) {
        std::size_t at = text.find('<');
        for (int open = 0; at < text.size(); ++at) {
            open += text[at] == '<' ? 1 : text[at] == '>' ? -1 : 0;
            if (open == 0)
                break;
        }
        text.erase(0, std::min(at + 1, text.size()));
        text.erase(0, text.find_first_not_of(' '));
    }
    return text;
}

// What a declaration that opens a brace is. Of functions only the outermost is measured, in files and in classes.
enum class Opened { scope, type, function, other };
Opened opened_by(const std::string& declaration) {
    const std::string text = without_template(declaration);
    for (const char* word : {"namespace ", "inline namespace ", "extern \"C\" {"})
        if (text.starts_with(word))
            return Opened::scope;
    for (const char* word : {"class ", "struct ", "union "})
        if (text.starts_with(word) &&
            (text.find('(') == std::string::npos || text.find(" alignas(") != std::string::npos))
            return Opened::type;
    const bool names_values = text.starts_with("enum ") || text.ends_with("= {");
    return !names_values && text.find('(') != std::string::npos ? Opened::function : Opened::other;
}

// Relies on the format of the house: what is declared in a file starts and ends in the first column, what is declared
// in a class four columns further in.
class FunctionMeasurer {
public:
    FunctionMeasurer(const TextFile& file, std::vector<Complaint>& complaints) : file_(file), complaints_(complaints) {}

    void run() {
        for (std::size_t i = 0; i < file_.lines.size(); ++i)
            i = take(i);
    }

private:
    static constexpr std::size_t indent = 4;

    // Looks at that line; returns the last one that belongs to it.
    std::size_t take(std::size_t i) {
        const std::string& line = file_.lines[i];
        const std::size_t column = line.find_first_not_of(' ');
        if (declaration_.empty()) {
            if (column == std::string::npos || line[column] == '/' || line[column] == '#')
                return i;
            if (!scopes_.empty() && line[column] == '}' && column == scopes_.back()) {
                inner_ -= types_.back() ? indent : 0;
                scopes_.pop_back();
                types_.pop_back();
                return i;
            }
            if (column != inner_ || line[column] == '}' || line.ends_with(":"))
                return i;
            start_ = i;
        } else {
            declaration_ += ' ';
        }
        const std::string code = line.substr(0, line.find(" // "));
        declaration_ += column == std::string::npos ? "" : code.substr(std::min(column, code.size()));
        if (declaration_.ends_with("{"))
            i = open(i);
        else if (!declaration_.ends_with(";") && !declaration_.ends_with("}"))
            return i; // it goes on
        declaration_.clear();
        return i;
    }

    std::size_t open(std::size_t i) {
        const Opened opened = opened_by(declaration_);
        if (opened == Opened::scope || opened == Opened::type) {
            scopes_.push_back(inner_);
            types_.push_back(opened == Opened::type);
            inner_ += opened == Opened::type ? indent : 0;
            return i;
        }
        const std::string end = std::string(inner_, ' ') + "}";
        std::size_t last = i + 1;
        while (last < file_.lines.size() && !file_.lines[last].starts_with(end))
            ++last;
        const std::size_t length = last - start_ + 1;
        if (opened == Opened::function && last < file_.lines.size() && length > function_lines_max)
            complaints_.push_back({file_.path, start_ + 1,
                                   "is a function of " + std::to_string(length) + " lines; at most " +
                                       std::to_string(function_lines_max)});
        return std::min(last, file_.lines.size() - 1);
    }

    const TextFile& file_;
    std::vector<Complaint>& complaints_;
    std::vector<std::size_t> scopes_; // columns in which those that are open will end
    std::vector<bool> types_;         // whether they are classes
    std::size_t inner_ = 0;           // the column of declarations inside
    std::string declaration_;         // what there is of it so far, on one line
    std::size_t start_ = 0;           // its first line
};

void check_functions(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files)
        if (file.is_cpp())
            FunctionMeasurer(file, complaints).run();
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
