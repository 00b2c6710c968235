// The proof for any number of components, active processes, messages and tests: questions, and what Z3 found.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (cluster_tie.hpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/argument.hpp"
#include "model/proof/cluster_claims.hpp"
#include "model/proof/cluster_lemmas.hpp"

namespace mdcd::model::proof::cluster {

struct ProofOptions {
    std::vector<std::string> without = {}; // lemmas to leave out, by name
    std::span<const Action> actions = cluster::actions();
    std::span<const ProvedClaim> claims = cluster::claims();
    // Taken for granted as well, to see what would follow from it; then nothing is proved.
    std::function<Truth(const Step&)> also_assumed = {};
    checker::smt::InductionOptions induction = {};
};

using ProofCell = CellOf<Transition<Concrete>>;
using ProofRow = RowOf<Transition<Concrete>>;
using Proof = ProofOf<Transition<Concrete>>;

[[nodiscard]] Argument argument(const ProofOptions& options, const Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options);

} // namespace mdcd::model::proof::cluster
