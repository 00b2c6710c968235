// Text as bytes: UTF-8 taken apart, and the one way in which JSON strings are quoted.
// Knows no format beyond that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::traces {

// How many bytes the first character of `text` takes; 0 if it is empty or does not start with valid UTF-8.
[[nodiscard]] std::size_t character_bytes(std::string_view text);

// Characters (code points) in `text`; a byte that is not UTF-8 counts as one.
[[nodiscard]] std::size_t character_count(std::string_view text);

// The same text with U+FFFD in place of every byte that is not UTF-8.
[[nodiscard]] std::string valid_utf8(std::string_view text);

// What a name is, in every document: letters, digits, '-', '_', '+' and '=' of ASCII, at least one and at most
// name_bytes_max. So no name is a path, moves a cursor, or means something in markup.
inline constexpr std::size_t name_bytes_max = 1000;
inline constexpr const char* name_alphabet = "letters, digits, '-', '_', '+', '='";
[[nodiscard]] bool is_name(std::string_view text);

// The same text fit for a terminal or a line of a file: valid UTF-8, and a space for every character that cannot be
// seen but changes how others are: controls (escape sequences), line breaks (U+2028 and U+2029 too), marks of direction
// and of width zero, tags.
[[nodiscard]] std::string printable(std::string_view text);

// As much of the start of `text` as fits into `width` characters, broken at a space where there is one (the space
// itself left for the next line). All of it if width is 0.
[[nodiscard]] std::string_view first_line(std::string_view text, std::size_t width);

// All lines, one after the other.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// The same, but line feeds stay; a line that GitHub's runner would take for a command (::error ..) begins with "> ".
[[nodiscard]] std::string printable_lines(std::string_view text);

// At most `bytes_max` bytes of the start of `text`, cut between characters, and ".." if that is not all.
[[nodiscard]] std::string cut(std::string_view text, std::size_t bytes_max);

// Appends `text` as a JSON string with its quotes: what printable() replaces is escaped. A byte that is not UTF-8
// becomes U+FFFD.
void append_quoted(std::string& out, std::string_view text);

} // namespace mdcd::traces
