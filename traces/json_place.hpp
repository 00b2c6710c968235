// Where a value stands in a JSON text: what a message, an annotation or an editor needs to point at it.
// Knows no document; the text must be one that parse_json accepts.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace mdcd::traces {

struct TextPlace {
    std::size_t line = 1;
    std::size_t column = 1; // in characters (code points)
    friend bool operator==(const TextPlace&, const TextPlace&) = default;
};

// The place of the byte at that offset; of the end if the text is shorter.
[[nodiscard]] TextPlace place_of(std::string_view text, std::size_t offset);

// Where the field's name, the item, or the whole value begins that a Reader's path ("$.checks[0].expect") leads to;
// none if it leads nowhere.
[[nodiscard]] std::optional<TextPlace> place_in_json(std::string_view text, std::string_view path);

} // namespace mdcd::traces
