// Which program asks Z3 for this one, in a process of its own. Knows no question.
// The subcommand that it runs is not for people.
#pragma once

#include <string>
#include <vector>

namespace mdcd::checker::cli {

// For CheckOptions::z3_asker: this very program, or what the environment variable MDCD_Z3_ASKER names.
[[nodiscard]] std::vector<std::string> z3_asker();

} // namespace mdcd::checker::cli
