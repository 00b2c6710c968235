// Text as bytes: UTF-8 (RFC 3629) and JSON strings (RFC 8259).
// Knows no file and no locale: the same bytes give the same answer everywhere.
#include "traces/characters.hpp"

#include <algorithm>
#include <array>

namespace mdcd::traces {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Of one valid character.
char32_t code_point(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character.front());
    if (character.size() == 1)
        return lead;
    char32_t code = lead & (0x7FU >> character.size());
    for (const char each : character.substr(1))
        code = code << 6U | (static_cast<unsigned char>(each) & 0x3FU);
    return code;
}

struct CodeRange {
    char32_t first;
    char32_t last;
};

// Unicode's controls (Cc), line breaks (Zl, Zp) and format characters (Cf) but for a few of single scripts.
constexpr std::array unseen{
    CodeRange{0x00, 0x1F},     CodeRange{0x7F, 0x9F},     CodeRange{0xAD, 0xAD},       CodeRange{0x61C, 0x61C},
    CodeRange{0x180E, 0x180E}, CodeRange{0x200B, 0x200F}, CodeRange{0x2028, 0x202E},   CodeRange{0x2060, 0x206F},
    CodeRange{0xFEFF, 0xFEFF}, CodeRange{0xFFF9, 0xFFFB}, CodeRange{0x1D173, 0x1D17A}, CodeRange{0xE0000, 0xE0FFF},
};

bool is_unseen(char32_t code) {
    return std::ranges::any_of(unseen, [&](const CodeRange& each) { return each.first <= code && code <= each.last; });
}

void append_unit(std::string& out, char32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (unsigned shift = 16; shift > 0; shift -= 4)
        out += digits[unit >> (shift - 4) & 0xFU];
}

void append_escaped(std::string& out, char32_t code) {
    if (code > 0xFFFF) {
        append_unit(out, 0xD800 + ((code - 0x10000) >> 10U));
        append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
    } else {
        append_unit(out, code);
    }
}

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

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= name_bytes_max && std::ranges::all_of(text, [](char each) {
        return is_within(each, 'a', 'z') || is_within(each, 'A', 'Z') || is_within(each, '0', '9') || each == '-' ||
               each == '_' || each == '+' || each == '=';
    });
}

std::string cut(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max)
        return std::string(text);
    std::size_t end = bytes_max;
    while (end > 0 && is_within(text[end], 0x80, 0xBF) && bytes_max - end < 4)
        --end;
    return std::string(text.substr(0, end)) + "..";
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        if (bytes == 0) {
            out += replacement;
        } else if (is_unseen(code_point(text.substr(0, bytes)))) {
            out += ' ';
        } else {
            out += text.substr(0, bytes);
        }
        text.remove_prefix(bytes == 0 ? 1 : bytes);
    }
    return out;
}

namespace {

std::string printable_line(std::string_view line) {
    const std::string text = printable(line);
    const std::size_t begin = text.find_first_not_of(' ');
    return begin != std::string::npos && text.compare(begin, 2, "::") == 0 ? "> " + text : text;
}

} // namespace

std::string printable_lines(std::string_view text) {
    std::string out;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        out += printable_line(text.substr(0, end)) + '\n';
        text.remove_prefix(end + 1);
    }
    return out + printable_line(text);
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
    out += '"';
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        const char letter = text.front();
        if (bytes == 0) {
            out += replacement;
        } else if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (letter == '\n') {
            out += "\\n";
        } else if (letter == '\t') {
            out += "\\t";
        } else if (is_unseen(code_point(text.substr(0, bytes)))) {
            append_escaped(out, code_point(text.substr(0, bytes)));
        } else {
            out += text.substr(0, bytes);
        }
        text.remove_prefix(bytes == 0 ? 1 : bytes);
    }
    out += '"';
}

} // namespace mdcd::traces
