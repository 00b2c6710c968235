// What `mdcd prove` is given with --set and --without: rules of the cluster and rules of upgrades, apart; and the names
// of the lemmas that are known where several components are asked about. Proves nothing.
#pragma once

#include <string>
#include <vector>

#include "impl/upgrade_rules.hpp"
#include "model/inputs/rules_file.hpp"

namespace mdcd::checker::cli {

// With those of `set` that are no rules of upgrades.
[[nodiscard]] model::NamedRules rules_of_cluster(const std::string& name, const std::vector<std::string>& set);
// Those that are. Throws traces::FileError with the nearest name.
[[nodiscard]] impl::UpgradeRules rules_of_upgrades(const std::vector<std::string>& set);

// Throws UsageError if the proof does not know one of them, or they are not at their first values and nobody asks.
void expect_known_rules_of_upgrades(const impl::UpgradeRules& rules, bool is_asked);

// About components, recovery by messages, upgrades and links.
void add_lemmas_about_several(std::vector<std::string>& known);

[[nodiscard]] std::string joined_sentences(const std::vector<std::string>& sentences);

} // namespace mdcd::checker::cli
