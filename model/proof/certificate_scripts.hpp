// The programs that come with a certificate, as their texts.
// Runs nothing.
#pragma once

namespace mdcd::model::proof {

extern const char* const script_of_answers; // check.sh: asks other solvers anew
extern const char* const script_of_proofs;  // proofs.sh: cvc5 proves, another program checks
extern const char* const reader_of_proofs;  // proof.awk: what a proof assumes, and what it only asserts

} // namespace mdcd::model::proof
