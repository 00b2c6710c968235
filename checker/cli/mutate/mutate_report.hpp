// The report of a campaign, for people and for programs.
// Knows nothing of how it was found out.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/mutate/campaign.hpp"

namespace mdcd::checker::cli::mutate {

// Every mutant and by what it was seen, then the score by layer; of those that survived, fault and reason.
void print_text(std::ostream& out, const std::string& gate, const std::vector<Trial>& trials, const Campaign& campaign,
                bool color);
void print_json(std::ostream& out, const std::string& gate, const std::vector<Trial>& trials, const Campaign& campaign);

// 10 if a mutant that matters is seen by no property, 20 if one that matters is undecided or the time was over before
// all were tried, 130 after an interrupt.
// Whether a value of a rule matters nobody has said: it never decides.
[[nodiscard]] ExitCode exit_code_of(const std::vector<Trial>& trials, const Campaign& campaign);

} // namespace mdcd::checker::cli::mutate
