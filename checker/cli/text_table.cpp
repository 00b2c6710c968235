// Aligns cells and formats numbers.
// Knows nothing of what is in a cell.
#include "checker/cli/text_table.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

#include "traces/github.hpp"

namespace mdcd::checker::cli {
namespace {

std::string colored(const std::string& text, Cell::Tone tone) {
    switch (tone) {
    case Cell::Tone::plain:
        break;
    case Cell::Tone::good:
        return "\033[32m" + text + "\033[0m";
    case Cell::Tone::bad:
        return "\033[31m" + text + "\033[0m";
    }
    return text;
}

} // namespace

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t position = digits.size(); position > 3; position -= 3)
        digits.insert(position - 3, ",");
    return digits;
}

std::string plural(std::uint64_t count, const std::string& noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string decimal(double number, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, number);
    return text;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

void TextTable::print_text(std::ostream& out, bool color) const {
    std::vector<std::size_t> widths;
    for (const std::string& head : heads_)
        widths.push_back(head.size());
    for (const std::vector<Cell>& row : rows_)
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].text.size());
    std::vector<Cell> head_cells;
    for (const std::string& head : heads_)
        head_cells.push_back({head});
    const auto print_row = [&](const std::vector<Cell>& row) {
        std::size_t last = row.size();
        while (last > 0 && row[last - 1].text.empty())
            --last;
        for (std::size_t column = 0; column < last; ++column) {
            const Cell& cell = row[column];
            const std::size_t width = column + 1 == last ? 0 : widths[column];
            out << "  " << (color ? colored(cell.text, cell.tone) : cell.text)
                << std::string(std::max(width, cell.text.size()) - cell.text.size(), ' ');
        }
        out << '\n';
    };
    print_row(head_cells);
    for (const std::vector<Cell>& row : rows_)
        print_row(row);
}

void TextTable::print_markdown(std::ostream& out) const {
    out << '|';
    for (const std::string& head : heads_)
        out << ' ' << traces::markdown_text(head) << " |";
    out << "\n|";
    for (std::size_t column = 0; column < heads_.size(); ++column)
        out << "---|";
    out << '\n';
    for (const std::vector<Cell>& row : rows_) {
        out << '|';
        for (std::size_t column = 0; column < heads_.size(); ++column) {
            const Cell cell = column < row.size() ? row[column] : Cell{};
            const char* mark = cell.tone == Cell::Tone::plain ? "" : "**";
            out << ' ' << mark << traces::markdown_text(cell.text) << mark << " |";
        }
        out << '\n';
    }
}

} // namespace mdcd::checker::cli
