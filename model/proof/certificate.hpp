// A proof as files that others can check without us: every question as SMT-LIB 2, a list of them with hashes, and a
// script that has other solvers answer them anew. Touches no file itself.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/proof/proof.hpp"

namespace mdcd::model::proof {

struct CertifiedProof {
    Claim claim = Claim::containment;
    const Proof& proof;
};

struct CertificateFile {
    std::string name; // a path below the certificate's folder
    std::string text;
};

// `options` are those of the proofs, but for the claim. `rules_name` is for people.
// One question, written down.
struct CertifiedQuestion {
    std::string folder; // which proof it is of
    std::string about;  // an action, or a claim
    std::string question;
    std::string sentence;
    checker::smt::Answer answer = checker::smt::Answer::unknown;
    std::string text;
};
// Those of a proof that is not one of `proofs`, and what it came to.
struct CertifiedQuestions {
    std::vector<CertifiedQuestion> questions;
    std::string verdict; // "" if there are none
};

[[nodiscard]] std::vector<CertificateFile> certificate(const impl::Rules& rules, const std::string& rules_name,
                                                       std::span<const CertifiedProof> proofs,
                                                       const ProofOptions& options = {},
                                                       const CertifiedQuestions& more = {});

} // namespace mdcd::model::proof
