// Whether a text has a part: what most expectations about a program's words ask.
// Knows no word.
#pragma once

#include <string_view>

namespace mdcd::tests {

[[nodiscard]] inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace mdcd::tests
