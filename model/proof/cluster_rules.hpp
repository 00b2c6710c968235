// Under which readings of the paper the proof for any number of components argues: the texts have no others in them.
// Whatever is not listed is refused by name.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "impl/rules.hpp"

namespace mdcd::model::proof::cluster {

// The readings that the texts argue about. Of a rule that changes nothing here, one of its values.
[[nodiscard]] const impl::Rules& readings();

// Whether the rules number by component: then claims are about any number of them, unless one is asked about.
[[nodiscard]] bool made_for_several(const impl::Rules& rules);

// A sentence for each rule of `table` that has a value here which the proof does not know.
[[nodiscard]] std::vector<std::string>
unknown_to_proof(const impl::Rules& rules, std::span<const impl::RuleDescription> table = impl::rule_table());

} // namespace mdcd::model::proof::cluster
