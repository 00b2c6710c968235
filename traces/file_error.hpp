// The mistake of a user in a file: caught once, in main, and printed as it stands (exit 65).
// Knows no format of any file: place and words are the reader's.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mdcd::traces {

class FileError : public std::runtime_error {
public:
    // "FILE: PLACE: WHAT"; place is a line and column or a JSON path, and may be empty.
    FileError(const std::string& file, const std::string& place, const std::string& what);
};

// " (did you mean 'x'?)" with the nearest of the known names by edit distance, "" if none is near.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> known);

} // namespace mdcd::traces
