// What `mdcd repair` prints and which exit code it comes to. Decides nothing about sets of changes.
// Knows nothing of searching.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "model/repair/repair.hpp"

namespace mdcd::checker::cli {

// Where the run of a refuted set is, by its position in Repair::sets.
using RefutingFiles = std::map<std::size_t, std::string>;

// The refuted sets that show why a repair needs each of its changes: everything below one. Without a repair: the rules
// to start from.
[[nodiscard]] std::vector<std::size_t> telling_sets(const model::Repair& repair);

// 0: there is a repair and every set was settled; 10: there is none; 11: there is none, but a set under which all
// claims hold and something is not reached any more; 20: some set is inconclusive.
[[nodiscard]] ExitCode exit_code_of(const model::Repair& repair);

void print_text(std::ostream& out, const model::Repair& repair, const RefutingFiles& files, bool color);
void print_json(std::ostream& out, const model::Repair& repair, const RefutingFiles& files);

} // namespace mdcd::checker::cli
