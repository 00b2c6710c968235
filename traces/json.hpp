// JSON text to value and back; the one door to the JSON library.
// Knows no document: which fields there must be is said where they are read.
#pragma once

#include <string>
#include <string_view>

#include "traces/value.hpp"

namespace mdcd::traces {

// Throws FileError with line and column. Duplicate keys, non-integral or out-of-range numbers, invalid UTF-8, nesting
// deeper than 64 and trailing text are errors.
[[nodiscard]] Value parse_json(std::string_view text, const std::string& file);

// Throws FileError if the file cannot be read or is larger than 256 MiB.
[[nodiscard]] std::string read_text_file(const std::string& file);

// Two-space indented, fields in their order, lists of scalars on one line, newline at the end. Same value, same bytes.
[[nodiscard]] std::string to_json(const Value& value);

} // namespace mdcd::traces
