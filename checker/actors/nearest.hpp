// What is said of a name that nobody has: the nearest of those that there are, and all of them if they are few.
// Not for headers that users compile.
#pragma once

#include <string>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors {

// " (did you mean 'x'?)", and nothing if none is near.
[[nodiscard]] std::string nearest_of(const std::string& name, const std::vector<std::string>& known);

// `(did you mean 'x'?); it claims: x, y`
[[nodiscard]] std::string nearest_claim(const std::string& name, const std::vector<Claim>& claims);
[[nodiscard]] std::string nearest_claim(const std::string& name, const std::vector<std::string>& claims);

// "a, b and 3 more"
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

} // namespace mdcd::checker::actors
