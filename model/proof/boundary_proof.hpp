// The proof that a hostile cluster is contained, for any number of messages, components and active processes: questions
// and what Z3 found, under the line of defence as it is, and with each of its parts taken away.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (boundary_tie.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/boundary_lemmas.hpp"

namespace mdcd::model::proof::boundary {

struct ProofOptions {
    impl::BoundaryRules rules = {};
    std::vector<std::string> without = {};               // lemmas to leave out, by name
    std::optional<std::vector<Action>> changed = {};     // in place of those of the rules: for tests
    std::function<Truth(const Step&)> also_assumed = {}; // taken for granted as well; then nothing is proved
    checker::smt::InductionOptions induction = {};
};

// One question that Z3 was asked.
struct ProofCell {
    checker::smt::Finding::Verdict verdict = checker::smt::Finding::Verdict::unknown;
    std::string reason;                                      // of `unknown`
    std::optional<Transition<Concrete>> counterexample = {}; // of `refuted`
};
struct ProofRow {
    std::string name;
    std::string sentence;
    std::vector<ProofCell> cells; // of a lemma the start, then each action; of the claim see `claim`
};

struct Proof {
    std::vector<std::string> actions;
    std::vector<ProofRow> lemmas;    // the last row, `can_happen`, says that the questions of its column are not empty
    ProofRow claim;                  // it follows; both of its cases can happen; without the lemmas it could be false
    std::vector<std::string> faults; // why this is no proof whatever Z3 says
    checker::smt::Statistics statistics;

    [[nodiscard]] bool refuted() const; // or faulty
    [[nodiscard]] bool unknown() const;
    [[nodiscard]] bool proved() const { return !refuted() && !unknown(); }
    // "action: lemma" of each that is refuted, and the claim's name.
    [[nodiscard]] std::vector<std::string> refutations() const;
};

struct Questions {
    std::vector<Lemma> lemmas;
    std::vector<Action> actions;
    std::vector<checker::smt::ObligationGroup> groups; // the start, each action, the claim, the claim without lemmas
    std::vector<std::string> faults;
};
// `formulas` and `step` are filled, and must outlive the questions.
[[nodiscard]] Questions questions(const ProofOptions& options, checker::smt::Formulas& formulas, Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options);

// Every field that is not 0, by its name, as lines.
[[nodiscard]] std::vector<std::string> describe(const Transition<Concrete>& seen);

// The line of defence with one part taken away: each value that is not the first.
struct Weakening {
    std::string rule;
    std::string value;
    impl::BoundaryRules rules;
};
[[nodiscard]] std::vector<Weakening> weakenings();

} // namespace mdcd::model::proof::boundary
