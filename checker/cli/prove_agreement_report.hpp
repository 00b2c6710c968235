// What `mdcd prove` prints of the proofs that a recovery by messages and each change in the life of an upgrade have one
// outcome, and that a link delivers each message once and in order. Decides nothing.
// Knows nothing of how it was proved.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/prove_rows.hpp"
#include "impl/rules.hpp"
#include "model/proof/agreement_tie.hpp"
#include "model/proof/change_tie.hpp"
#include "model/proof/link_tie.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {

struct ProofOfAgreement {
    model::proof::agreement::Proof proof;
    model::proof::agreement::TieReport tie;
    model::proof::change::Proof change;
    model::proof::change::TieReport change_tie;
    model::proof::link::Proof link;
    model::proof::link::TieReport link_tie;
};

struct AgreementOptions {
    std::vector<std::string> without; // lemmas; a name that several of these proofs have is left out in each
    impl::Rules rules;
    impl::UpgradeRules upgrade_rules;
    std::uint64_t seed = 1;
    std::uint64_t walks = 80; // random runs for each comparison
    smt::InductionOptions induction;
};
[[nodiscard]] ProofOfAgreement prove_agreement(const AgreementOptions& options);
[[nodiscard]] ExitCode exit_code_of(const ProofOfAgreement& result);
void print_text(std::ostream& out, const ProofOfAgreement& result, bool quiet);
[[nodiscard]] traces::Value to_value(const ProofOfAgreement& result);

} // namespace mdcd::checker::cli
