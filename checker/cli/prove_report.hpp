// What `mdcd prove` prints and which exit code it comes to. Decides nothing about lemmas.
// Knows nothing of how they were proved.
#pragma once

#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/prove_agreement_report.hpp"
#include "checker/cli/prove_components_report.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/proof/proof.hpp"
#include "model/proof/reach.hpp"
#include "model/proof/tie.hpp"

namespace mdcd::checker::cli {

struct ProofOfClaim {
    model::proof::Claim claim;
    model::proof::Proof proof;
    // Of what was refuted, by the name of the row and the column: whether it really happens.
    std::map<std::pair<std::string, std::size_t>, model::proof::Occurrence> looked_for = {};
};

struct ProveResult {
    model::NamedRules rules;
    impl::UpgradeRules upgrade_rules; // of the proof about upgrades
    std::vector<std::string> without;
    std::vector<ProofOfClaim> proofs;
    model::proof::TieReport tie;
    std::optional<ProofOfComponents> components; // if it was asked about more than one
    std::optional<ProofOfAgreement> agreement;   // .. and all claims
    std::string certificate;                     // the folder, if one was written
    std::string certificate_hash;                // of its list of hashes
};

// violated: something is refuted, or the actions are not what the implementation does.
[[nodiscard]] ExitCode exit_code_of(const ProveResult& result);

void print_text(std::ostream& out, const ProveResult& result, bool quiet);
void print_json(std::ostream& out, const ProveResult& result);

} // namespace mdcd::checker::cli
