// The proof for any number of messages: lemmas that every action keeps, claims that follow, and what Z3 found.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (tie.hpp).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/claims.hpp"

namespace mdcd::model::proof {

struct ProofOptions {
    Claim claim = Claim::containment;
    std::vector<std::string> without = {}; // lemmas to leave out, by name
    std::span<const Action> actions = proof::actions();
    std::span<const ProvedClaim> claims = proof::claims();
    // Taken for granted as well, to see what would follow from it; then nothing is proved.
    std::function<Truth(const Transition<Symbolic>&)> also_assumed = {};
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
// `can_happen`, says that the questions of its column are not empty: some state with all lemmas allows the action. Of a
// claim there are three cells: it follows; the case that it is there for is possible (`can_happen`); and without the
// lemmas it could be false (`can_fail`), so that it says something.
struct ProofRow {
    std::string name;
    std::string sentence;
    std::vector<ProofCell> cells; // lemmas: the start, then ActionId; claims: three
};

struct Proof {
    std::vector<ProofRow> lemmas;
    std::vector<ProofRow> claims;
    // Why this is no proof whatever Z3 says: rules that it does not know, a premise that nobody proves, an action that
    // names a number. Sentences.
    std::vector<std::string> faults;
    checker::smt::Statistics statistics;

    [[nodiscard]] bool refuted() const; // or faulty
    [[nodiscard]] bool unknown() const; // some answer is missing
    [[nodiscard]] bool proved() const { return !refuted() && !unknown(); }
};

// All that is asked, and where it was found to rest on what is not proved.
struct Questions {
    std::vector<Lemma> lemmas;
    std::vector<checker::smt::ObligationGroup> groups; // the start, each action, each claim, each claim without lemmas
    std::vector<std::string> faults;
};
// `formulas` and `step` are filled, and must outlive the questions.
[[nodiscard]] Questions questions(const impl::Rules& rules, const ProofOptions& options,
                                  checker::smt::Formulas& formulas, Transition<Symbolic>& step);

// A name in `without` that is no lemma has no effect.
[[nodiscard]] Proof prove(const impl::Rules& rules, const ProofOptions& options);

} // namespace mdcd::model::proof
