// Tables and numbers as reports print them: aligned for people, or in Markdown.
// Knows nothing of what is in a cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace mdcd::checker::cli {

// 23,278,639
[[nodiscard]] std::string grouped(std::uint64_t number);

// "1 step", "2 steps"
[[nodiscard]] std::string plural(std::uint64_t count, const std::string& noun);

// With so many digits after the point.
[[nodiscard]] std::string decimal(double number, int digits);

// Blanks after it up to a width.
[[nodiscard]] std::string padded(std::string text, std::size_t width);

// "a, b, c"
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

struct Cell {
    enum class Tone : std::uint8_t { plain, good, bad };

    std::string text;
    Tone tone = Tone::plain;
};

class TextTable {
public:
    // Of the columns; the first heads the names of the rows.
    explicit TextTable(std::vector<std::string> heads) : heads_(std::move(heads)) {}

    // As many cells as heads, or fewer.
    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

    // Two blanks before each line and between columns; tones as colours, if wanted.
    void print_text(std::ostream& out, bool color) const;
    // A table of Markdown; what is good or bad is bold.
    void print_markdown(std::ostream& out) const;

private:
    std::vector<std::string> heads_;
    std::vector<std::vector<Cell>> rows_;
};

} // namespace mdcd::checker::cli
