// The proof for any number of messages: lemmas that every action keeps, claims that follow, and what Z3 found.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (tie.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/claims.hpp"

namespace mdcd::model::proof {

struct ProofOptions {
    Claim claim = Claim::containment;
    std::vector<std::string> without = {}; // lemmas to leave out, by name
    checker::smt::InductionOptions induction = {};
};

// One question that Z3 was asked.
struct ProofCell {
    checker::smt::Finding::Verdict verdict = checker::smt::Finding::Verdict::unknown;
    std::string reason; // of `unknown`
    // Of `refuted`, but for can_happen. A claim has no `after`.
    std::optional<Transition<Concrete>> counterexample = {};
};

// Is a lemma true at the start, and does it stay true with each action? Or: does a claim follow? The last lemma row,
// `can_happen`, says that the questions of its column are not empty: some state with all lemmas allows the action.
struct ProofRow {
    std::string name;
    std::string sentence;
    std::vector<ProofCell> cells; // lemmas: the start, then ActionId; claims: one
};

struct Proof {
    std::vector<ProofRow> lemmas;
    std::vector<ProofRow> claims;
    checker::smt::Statistics statistics;

    [[nodiscard]] bool refuted() const;
    [[nodiscard]] bool unknown() const; // some answer is missing
    [[nodiscard]] bool proved() const { return !refuted() && !unknown(); }
};

// A name in `without` that is no lemma has no effect.
[[nodiscard]] Proof prove(const impl::Rules& rules, const ProofOptions& options);

} // namespace mdcd::model::proof
