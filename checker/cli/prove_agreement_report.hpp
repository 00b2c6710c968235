// What `mdcd prove` prints of the proofs that a recovery by messages has one outcome, and that a link delivers each
// message once and in order. Decides nothing.
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
#include "model/proof/link_tie.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {

struct ProofOfAgreement {
    model::proof::agreement::Proof proof;
    model::proof::agreement::TieReport tie;
    model::proof::link::Proof link;
    model::proof::link::TieReport link_tie;
};

// With as many random runs as that for the comparison.
[[nodiscard]] ProofOfAgreement prove_agreement(const std::vector<std::string>& without, const impl::Rules& rules,
                                               std::uint64_t seed, std::uint64_t walks,
                                               const smt::InductionOptions& induction);
[[nodiscard]] ExitCode exit_code_of(const ProofOfAgreement& result);
void print_text(std::ostream& out, const ProofOfAgreement& result, bool quiet);
[[nodiscard]] traces::Value to_value(const ProofOfAgreement& result);

} // namespace mdcd::checker::cli
