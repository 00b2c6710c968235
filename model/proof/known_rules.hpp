// Which readings of the paper the proof is about. Whatever is not listed here is refused by name: the formulas would
// take a new value for one that they know.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "impl/rules.hpp"

namespace mdcd::model::proof {

// A sentence for each rule of `table` that has a value here which the proof does not know. The table is that of impl,
// unless a test says otherwise.
[[nodiscard]] std::vector<std::string>
unknown_to_proof(const impl::Rules& rules, std::span<const impl::RuleDescription> table = impl::rule_table());

} // namespace mdcd::model::proof
