// Every question of the proof for any number of components, as text, for the certificate (certificate.hpp).
// Asks no solver.
#pragma once

#include "model/proof/certificate.hpp"
#include "model/proof/cluster_proof.hpp"

namespace mdcd::model::proof::cluster {

// In the order in which they were asked; `options` are those of the proof.
[[nodiscard]] std::vector<CertifiedQuestion> certified(const Proof& proof, const std::string& rules_name,
                                                       const ProofOptions& options);

} // namespace mdcd::model::proof::cluster
