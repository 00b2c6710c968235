// A hostile cluster as a family of scopes (docs/trust.md).
// Knows no actor: its source compiles them.
#pragma once

#include "model/families/family.hpp"

namespace mdcd::model::hostile {

[[nodiscard]] const Family& hostile_family();

} // namespace mdcd::model::hostile
