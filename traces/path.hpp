// Paths into a value tree, "A1.checkpoints[0].index": how they are built and taken apart again.
// A field whose name would be ambiguous is written in brackets and quotes: A1["L1.A1"][0].
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mdcd::traces {

[[nodiscard]] std::string field_path(std::string_view parent, std::string_view field);
[[nodiscard]] std::string item_path(std::string_view parent, std::size_t position);

using PathPart = std::variant<std::string, std::size_t>; // the name of a field, or a position in a list

// The parts of a path built by the two functions above, outermost first; none if it is not such a path.
[[nodiscard]] std::optional<std::vector<PathPart>> path_parts(std::string_view path);

} // namespace mdcd::traces
