// Breaks words into lines.
// Knows no terminal.
#include "checker/cli/paragraph.hpp"

#include <algorithm>
#include <ostream>

#include "traces/characters.hpp"

namespace mdcd::checker::cli {

void print_paragraph(std::ostream& out, const std::string& lead, const std::string& text, std::size_t width) {
    constexpr std::size_t room_min = 20;
    const std::size_t room = width == 0 ? 0 : std::max(width, lead.size() + room_min) - lead.size();
    std::string margin = lead;
    for (const std::string& part : traces::wrapped(text, room)) {
        out << margin << part << '\n';
        margin.assign(std::min<std::size_t>(lead.size(), 4), ' ');
    }
}

} // namespace mdcd::checker::cli
