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

// The same text fit for a terminal or a line of a file: valid UTF-8, every control character and line break (escape
// sequences, U+2028 and U+2029 too) replaced by a space.
[[nodiscard]] std::string printable(std::string_view text);

// As much of the start of `text` as fits into `width` characters, broken at a space where there is one (the space
// itself left for the next line). All of it if width is 0.
[[nodiscard]] std::string_view first_line(std::string_view text, std::size_t width);

// All lines, one after the other.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// Appends `text` as a JSON string with its quotes. A byte that is not UTF-8 becomes U+FFFD.
void append_quoted(std::string& out, std::string_view text);

} // namespace mdcd::traces
