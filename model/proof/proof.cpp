// What Z3 answered, as rows of lemmas and claims.
// Knows no action and no lemma by name.
#include "model/proof/proof.hpp"

#include <algorithm>

#include "model/proof/fields.hpp"

namespace mdcd::model::proof {

using checker::smt::Finding;
using checker::smt::Formulas;

namespace {

ProofCell cell_of(const Finding& finding) {
    ProofCell cell{.verdict = finding.verdict, .reason = finding.reason};
    if (finding.verdict == Finding::Verdict::refuted)
        cell.counterexample = from_values<Transition<Concrete>>(finding.witness);
    return cell;
}

// Of a question that is to be refuted.
ProofCell happens(const Finding& finding, const std::string& otherwise) {
    if (finding.verdict == Finding::Verdict::unknown)
        return {.verdict = finding.verdict, .reason = finding.reason};
    const bool possible = finding.verdict == Finding::Verdict::refuted;
    return {.verdict = possible ? Finding::Verdict::proved : Finding::Verdict::refuted,
            .reason = possible ? "" : otherwise};
}

Proof read(const Questions& asked, const checker::smt::Findings& findings, const ProofOptions& options) {
    Proof proof;
    proof.statistics = findings.statistics;
    proof.faults = asked.faults;
    for (const Lemma& lemma : asked.lemmas)
        proof.lemmas.push_back({lemma.name, lemma.sentence, {}});
    proof.lemmas.push_back({"can_happen", "Some state in which all lemmas hold allows the action.", {}});
    for (const ProvedClaim& claim : options.claims)
        if (claim.claim == options.claim)
            proof.claims.push_back({claim.name, claim.sentence, {}});
    const std::size_t first_claim = 1 + options.actions.size();
    const std::size_t first_alone = first_claim + proof.claims.size();
    for (std::size_t group = 0; group < findings.groups.size(); ++group) {
        const std::vector<Finding>& answers = findings.groups[group];
        if (group >= first_alone) {
            proof.claims[group - first_alone].cells.push_back(
                happens(answers[0], "it says nothing: it is true in every state, whatever the lemmas say"));
        } else if (group >= first_claim) {
            ProofRow& row = proof.claims[group - first_claim];
            row.cells.push_back(cell_of(answers[0]));
            row.cells.push_back(happens(answers[1], "it is vacuous: the lemmas allow no state of the kind that it is "
                                                    "there for"));
        } else {
            for (std::size_t lemma = 0; lemma < asked.lemmas.size(); ++lemma)
                proof.lemmas[lemma].cells.push_back(cell_of(answers[lemma]));
            proof.lemmas.back().cells.push_back(happens(answers.back(), "the lemmas allow no state in which it can"));
        }
    }
    return proof;
}

template <class Wanted> bool some_cell(const Proof& proof, Wanted wanted) {
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const ProofRow& row : *rows)
            if (std::ranges::any_of(row.cells, wanted))
                return true;
    return false;
}

} // namespace

bool Proof::refuted() const {
    return !faults.empty() ||
           some_cell(*this, [](const ProofCell& each) { return each.verdict == Finding::Verdict::refuted; });
}

bool Proof::unknown() const {
    return some_cell(*this, [](const ProofCell& each) { return each.verdict == Finding::Verdict::unknown; });
}

Proof prove(const impl::Rules& rules, const ProofOptions& options) {
    Formulas formulas;
    Transition<Symbolic> step;
    const Questions asked = questions(rules, options, formulas, step);
    return read(asked, checker::smt::prove(formulas, asked.groups, options.induction), options);
}

} // namespace mdcd::model::proof
