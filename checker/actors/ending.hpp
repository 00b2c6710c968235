// How a run ends that settles a claim, in a sentence. Knows no report's form.
// Not for headers that users compile.
#pragma once

#include <string>

#include "checker/actors/check.hpp"

namespace mdcd::checker::actors {

// Of a claim with a run that was not looked for.
[[nodiscard]] std::string ending_of(const ClaimVerdict& claim);

} // namespace mdcd::checker::actors
