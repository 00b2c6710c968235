// The proof for any number of messages: lemmas that every action keeps, claims that follow, and what Z3 found.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (tie.hpp).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/argument.hpp"
#include "model/proof/claims.hpp"

namespace mdcd::model::proof {

struct ProofOptions {
    Claim claim = Claim::containment;
    std::vector<std::string> without = {}; // lemmas to leave out, by name; one that is none has no effect
    std::span<const Action> actions = proof::actions();
    std::span<const ProvedClaim> claims = proof::claims();
    // Taken for granted as well, to see what would follow from it; then nothing is proved.
    std::function<Truth(const Transition<Symbolic>&)> also_assumed = {};
    checker::smt::InductionOptions induction = {};
};

using ProofCell = CellOf<Transition<Concrete>>;
using ProofRow = RowOf<Transition<Concrete>>;
using Proof = ProofOf<Transition<Concrete>>;

// Is a lemma true at the start, and does it stay true with each action? Does a claim follow?
[[nodiscard]] Argument argument(const impl::Rules& rules, const ProofOptions& options,
                                const Transition<Symbolic>& step);

[[nodiscard]] Proof prove(const impl::Rules& rules, const ProofOptions& options);

} // namespace mdcd::model::proof
