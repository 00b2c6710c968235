// Text inside XML and HTML. Knows no element.
// Everything that a trace says passes through here before it stands in a page or a drawing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mdcd::traces {

// Fit for element content and for attribute values in double quotes: printable, XML 1.0 characters only.
[[nodiscard]] std::string markup_escaped(std::string_view text);

// At most `width` characters, the last one an ellipsis if something was left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

} // namespace mdcd::traces
