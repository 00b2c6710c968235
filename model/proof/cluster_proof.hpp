// The proof for any number of components, active processes, messages and tests: questions, and what Z3 found.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (cluster_tie.hpp).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
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

// One question that Z3 was asked.
struct ProofCell {
    checker::smt::Finding::Verdict verdict = checker::smt::Finding::Verdict::unknown;
    std::string reason;                                      // of `unknown`
    std::optional<Transition<Concrete>> counterexample = {}; // of `refuted`
};

// As in proof.hpp: of a lemma the start, then each action; of a claim: it follows, its case is possible, and without
// the lemmas it could be false. The last lemma row, `can_happen`, says that the questions of its column are not empty.
struct ProofRow {
    std::string name;
    std::string sentence;
    std::vector<ProofCell> cells;
};

struct Proof {
    std::vector<ProofRow> lemmas;
    std::vector<ProofRow> claims;
    std::vector<std::string> faults; // why this is no proof whatever Z3 says
    checker::smt::Statistics statistics;

    [[nodiscard]] bool refuted() const; // or faulty
    [[nodiscard]] bool unknown() const;
    [[nodiscard]] bool proved() const { return !refuted() && !unknown(); }
};

struct Questions {
    std::vector<Lemma> lemmas;
    std::vector<checker::smt::ObligationGroup> groups; // the start, each action, each claim, each claim without lemmas
    std::vector<std::string> faults;
};
// `formulas` and `step` are filled, and must outlive the questions.
[[nodiscard]] Questions questions(const ProofOptions& options, checker::smt::Formulas& formulas, Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options);

// Every field that is not 0, by its name, as lines.
[[nodiscard]] std::vector<std::string> describe(const Transition<Concrete>& seen);

} // namespace mdcd::model::proof::cluster
