// Verdicts with their runs as bytes: what rank 0 tells the others, so that all return one report.
// Knows no search.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/report.hpp"

namespace mdcd::checker::distributed {

[[nodiscard]] std::string verdicts_to_bytes(const std::vector<PropertyVerdict>& verdicts);
[[nodiscard]] std::vector<PropertyVerdict> verdicts_from_bytes(std::string_view bytes);

} // namespace mdcd::checker::distributed
