// Text as bytes: UTF-8 (RFC 3629) and JSON strings (RFC 8259).
// Knows no file and no locale: the same bytes give the same answer everywhere.
#include "traces/characters.hpp"

#include <algorithm>

namespace mdcd::traces {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_within(char letter, unsigned char low, unsigned char high) {
    const auto byte = static_cast<unsigned char>(letter);
    return low <= byte && byte <= high;
}

} // namespace

std::size_t character_bytes(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) {
        return 1;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) {
        return 0;
    }
    // The second byte excludes over-long forms, surrogates and what lies beyond U+10FFFF.
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (!is_within(text[1], low, high)) {
        return 0;
    }
    for (std::size_t i = 2; i < size; ++i) {
        if (!is_within(text[i], 0x80, 0xBF)) {
            return 0;
        }
    }
    return size;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        text.remove_prefix(bytes == 0 ? 1 : bytes);
        ++count;
    }
    return count;
}

std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        out += bytes == 0 ? replacement : text.substr(0, bytes);
        text.remove_prefix(bytes == 0 ? 1 : bytes);
    }
    return out;
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        const std::string_view character = text.substr(0, bytes);
        const auto lead = static_cast<unsigned char>(text.front());
        const bool is_c1_control = bytes == 2 && lead == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
        if (bytes == 0) {
            out += replacement;
        } else if (lead < 0x20 || lead == 0x7F || is_c1_control || character == "\xE2\x80\xA8" ||
                   character == "\xE2\x80\xA9") {
            out += ' ';
        } else {
            out += text.substr(0, bytes);
        }
        text.remove_prefix(bytes == 0 ? 1 : bytes);
    }
    return out;
}

std::string_view first_line(std::string_view text, std::size_t width) {
    std::size_t bytes = 0;
    std::size_t last_space = std::string_view::npos;
    for (std::size_t characters = 0; bytes < text.size(); ++characters) {
        if (width != 0 && characters == width) {
            const bool here = text[bytes] == ' ' || last_space == std::string_view::npos || last_space == 0;
            return text.substr(0, here ? bytes : last_space);
        }
        if (text[bytes] == ' ') {
            last_space = bytes;
        }
        const std::size_t size = character_bytes(text.substr(bytes));
        bytes += size == 0 ? 1 : size;
    }
    return text;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    do {
        const std::string_view line = first_line(text, width);
        lines.emplace_back(line);
        text.remove_prefix(line.size());
        text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
    } while (!text.empty());
    return lines;
}

void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        const char letter = text.front();
        const auto byte = static_cast<unsigned char>(letter);
        if (bytes == 0) {
            out += replacement;
        } else if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (letter == '\n') {
            out += "\\n";
        } else if (letter == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            out += text.substr(0, bytes);
        }
        text.remove_prefix(bytes == 0 ? 1 : bytes);
    }
    out += '"';
}

} // namespace mdcd::traces
