// One claim of a system, as if it had no others.
// Not for headers that users compile.
#pragma once

#include <string>

#include "checker/actors/check.hpp"

namespace mdcd::checker::actors {

[[nodiscard]] SystemReport check_one(const SystemParts& parts, const std::string& claim, const CheckOptions& options);

} // namespace mdcd::checker::actors
