// Whether what the proof for any number of components fails at really happens: the explicit engine's steps,
// breadth-first in small scopes of two components (reach.hpp).
#pragma once

#include "model/proof/cluster_proof.hpp"
#include "model/proof/reach.hpp"

namespace mdcd::model::proof::cluster {

// Of each lemma that an action does not keep, and each claim that does not follow: by "action: lemma", or the claim.
[[nodiscard]] Occurrences find_failures(const impl::Rules& rules, const Proof& proof, std::uint64_t states_max);

} // namespace mdcd::model::proof::cluster
