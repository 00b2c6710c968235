// Levels of trust as a family of scopes (docs/levels.md).
// Knows no actor: its source compiles them.
#pragma once

#include "model/families/family.hpp"

namespace mdcd::model::levels {

[[nodiscard]] const Family& levels_family();

} // namespace mdcd::model::levels
