// Text inside XML and HTML.
// Knows no element: the callers write the tags.
#include "traces/markup.hpp"

#include "traces/characters.hpp"

namespace mdcd::traces {

std::string markup_escaped(std::string_view text) {
    std::string out;
    const std::string shown = printable(text);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        switch (shown[i]) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\xEF': // U+FFFE and U+FFFF are characters, but not of XML
            if (shown.compare(i, 3, "\xEF\xBF\xBE") == 0 || shown.compare(i, 3, "\xEF\xBF\xBF") == 0) {
                out += "\xEF\xBF\xBD";
                i += 2;
                break;
            }
            [[fallthrough]];
        default:
            out += shown[i];
        }
    }
    return out;
}

std::string shortened(std::string_view text, std::size_t width) {
    const std::string shown = printable(text);
    if (character_count(shown) <= width) {
        return shown;
    }
    std::size_t bytes = 0;
    for (std::size_t i = 0; i + 1 < width; ++i) {
        bytes += character_bytes(std::string_view(shown).substr(bytes));
    }
    return shown.substr(0, bytes) + "\xE2\x80\xA6";
}

} // namespace mdcd::traces
