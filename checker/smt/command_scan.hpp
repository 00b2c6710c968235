// A first look at an SMT-LIB text, without a solver: which commands it has and where, and that its brackets close.
// Knows no vocabulary.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::checker::smt {

struct Command {
    std::string name;
    std::size_t line = 1; // of the name; from 1
    std::size_t column = 1;
};

// The commands in order. Throws FormulaError for what is no list of commands, or is nested too deep to be read safely.
[[nodiscard]] std::vector<Command> scan_commands(std::string_view text);

// Where a word first stands as a symbol of its own, outside of comments and strings; the start if nowhere.
[[nodiscard]] Command find_word(std::string_view text, std::string_view word);

} // namespace mdcd::checker::smt
