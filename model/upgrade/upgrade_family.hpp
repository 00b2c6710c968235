// The life of an upgrade as a family of scopes (docs/upgrades.md).
// Knows no actor: its source compiles them.
#pragma once

#include "model/families/family.hpp"

namespace mdcd::model::upgrade {

[[nodiscard]] const Family& upgrade_family();

} // namespace mdcd::model::upgrade
