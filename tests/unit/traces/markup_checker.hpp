// Whether a text is well-formed XML, as far as our documents use it: elements, attributes in double quotes, text and
// the five named entities. Knows no document.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::traces::examples {

struct MarkupElement {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::string text; // directly inside, as written
};

struct Markup {
    std::vector<MarkupElement> elements; // in the order of their start tags
    std::string violation;               // "" if the text is well-formed
};

[[nodiscard]] Markup read_markup(std::string_view text);

} // namespace mdcd::traces::examples
