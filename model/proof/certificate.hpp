// A proof as files that others can check without us: every question as SMT-LIB 2, a list of them with hashes, and a
// script that has other solvers answer them anew. Touches no file itself.
#pragma once

#include <string>
#include <vector>

#include "model/proof/argument.hpp"
#include "traces/value.hpp"

namespace mdcd::model::proof {

// One of the proofs in a certificate, in a folder of its own.
struct CertifiedProof {
    std::string folder;
    std::string verdict; // "proved", "refuted" or "unknown"
    std::vector<CertifiedQuestion> questions;
};
[[nodiscard]] CertifiedProof certified(const std::string& folder, const Argument& argument, const Answers& answers,
                                       const std::string& heading);

struct CertificateFile {
    std::string name; // a path below the certificate's folder
    std::string text;
};

// `subject` says in the manifest what was asked about. The last file is the list of hashes.
[[nodiscard]] std::vector<CertificateFile> certificate(const traces::Value::Record& subject,
                                                       const std::vector<CertifiedProof>& proofs);

} // namespace mdcd::model::proof
