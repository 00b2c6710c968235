// The choices of the life of an upgrade (impl/upgrade_rules.hpp) as a system's file names them: what differs from the
// right ones, {"commit_declares": "what_is_validated"}.
// Knows no handler.
#pragma once

#include <string_view>

#include "impl/upgrade_rules.hpp"
#include "traces/reader.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli::node {

[[nodiscard]] bool is_upgrade_rule(std::string_view name);

// Throws traces::FileError with the nearest name.
[[nodiscard]] impl::UpgradeRules upgrade_rules_from(const traces::Reader& place);

// A record of what is not as it should be, in one order; an empty one if all is.
[[nodiscard]] traces::Value::Record changed_upgrade_rules(const impl::UpgradeRules& rules);

} // namespace mdcd::checker::cli::node
