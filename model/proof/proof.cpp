// Puts the questions together: every lemma may be assumed before a step, one is to hold after it.
// Knows no action and no lemma by name.
#include "model/proof/proof.hpp"

#include <algorithm>

#include "model/proof/fields.hpp"

namespace mdcd::model::proof {

using checker::smt::Finding;
using checker::smt::Formulas;
using checker::smt::ObligationGroup;

namespace {

std::vector<Lemma> lemmas_of(const ProofOptions& options, const impl::Rules& rules) {
    std::vector<Lemma> all = lemmas(options.claim, rules);
    std::erase_if(
        all, [&](const Lemma& each) { return std::ranges::find(options.without, each.name) != options.without.end(); });
    return all;
}

// Nothing has happened yet.
Truth initial(const Window<Symbolic>& window) {
    const Number zero = window.validated.owner().number(0);
    const ProcessWindow<Symbolic>& process = window.process;
    return window.validated == zero && window.agreed == zero && window.resolved == zero && window.low_sent == zero &&
           window.low_sn == zero && window.low_valid == zero && window.low_depends == zero && !window.notified &&
           !window.message.exists && !process.dirty && !process.propagating && process.low_sn == zero &&
           process.valid_sn == zero && process.depends == zero && process.sent == zero && process.shadow_sn == zero &&
           !process.received && !process.duplicated && !process.logged && !process.output_logged &&
           !process.focus.present;
}

// The two processes are different ones.
Truth distinct(const Transition<Symbolic>& step) {
    const ProcessWindow<Symbolic>& one = step.before.process;
    const ProcessWindow<Symbolic>& other = step.happening.other;
    return !(one.shadow && other.shadow) && !(one.sends && other.sends) && !(one.receives && other.receives);
}

class Questions {
public:
    Questions(const impl::Rules& rules, const ProofOptions& options)
        : rules_(rules), options_(options), lemmas_(lemmas_of(options, rules)) {
        make_unknown(formulas_, step_);
    }

    Proof answer() {
        add_start();
        for (const Action& action : actions())
            add_action(action);
        for (const ProvedClaim& claim : claims())
            if (claim.claim == options_.claim)
                add_claim(claim);
        return read(checker::smt::prove(formulas_, groups_, options_.induction));
    }

private:
    [[nodiscard]] std::vector<Truth> all_assumed() const {
        std::vector<Truth> premises;
        for (const Lemma& lemma : lemmas_)
            premises.push_back(assumed(lemma, step_.before, step_.happening));
        premises.push_back(well_formed(step_.before.process, step_.before.message));
        premises.push_back(well_formed(step_.happening.other, step_.before.message));
        premises.push_back(distinct(step_));
        return premises;
    }

    void add_group(const char* name, std::vector<Truth> premises, const Window<Symbolic>& behind) {
        ObligationGroup& group = groups_.emplace_back();
        group.name = name;
        group.premises = std::move(premises);
        for (const Lemma& lemma : lemmas_)
            group.obligations.push_back({lemma.name, concluded(lemma, behind)});
        group.obligations.push_back({"can_happen", !step_.happening.here, false}); // to be refuted
    }

    void add_start() {
        add_group("start", {initial(step_.before), well_formed(step_.before.process, step_.before.message)},
                  step_.before);
    }

    void add_action(const Action& action) {
        std::vector<Truth> premises = all_assumed();
        premises.push_back(well_formed(step_.after.process, step_.after.message));
        premises.push_back(action.relation(step_, rules_));
        add_group(action.name, std::move(premises), step_.after);
    }

    void add_claim(const ProvedClaim& claim) {
        ObligationGroup& group = groups_.emplace_back();
        group.name = claim.name;
        group.premises = all_assumed();
        group.obligations.push_back({claim.name, claim.text(step_.before, step_.happening, rules_)});
        claims_.push_back(&claim);
    }

    [[nodiscard]] static ProofCell cell_of(const Finding& finding) {
        ProofCell cell{.verdict = finding.verdict, .reason = finding.reason};
        if (finding.verdict == Finding::Verdict::refuted)
            cell.counterexample = from_values<Transition<Concrete>>(finding.witness);
        return cell;
    }

    // Whether there is a state at all in which the process shown acts.
    [[nodiscard]] static ProofCell happens(const Finding& finding) {
        if (finding.verdict == Finding::Verdict::unknown)
            return {.verdict = finding.verdict, .reason = finding.reason};
        const bool possible = finding.verdict == Finding::Verdict::refuted;
        return {.verdict = possible ? Finding::Verdict::proved : Finding::Verdict::refuted,
                .reason = possible ? "" : "the lemmas allow no state in which it can"};
    }

    [[nodiscard]] Proof read(const checker::smt::Findings& findings) const {
        Proof proof;
        proof.statistics = findings.statistics;
        for (const Lemma& lemma : lemmas_)
            proof.lemmas.push_back({lemma.name, lemma.sentence, {}});
        proof.lemmas.push_back({"can_happen", "Some state in which all lemmas hold allows the action.", {}});
        const std::size_t first_claim = 1 + action_count;
        for (std::size_t group = 0; group < findings.groups.size(); ++group) {
            const std::vector<Finding>& answers = findings.groups[group];
            if (group >= first_claim) {
                const ProvedClaim& claim = *claims_[group - first_claim];
                ProofRow& row = proof.claims.emplace_back(ProofRow{claim.name, claim.sentence, {}});
                for (const Finding& each : answers)
                    row.cells.push_back(cell_of(each));
                continue;
            }
            for (std::size_t lemma = 0; lemma < lemmas_.size(); ++lemma)
                proof.lemmas[lemma].cells.push_back(cell_of(answers[lemma]));
            proof.lemmas.back().cells.push_back(happens(answers.back()));
        }
        return proof;
    }

    impl::Rules rules_;
    ProofOptions options_;
    std::vector<Lemma> lemmas_;
    Formulas formulas_;
    Transition<Symbolic> step_;
    std::vector<ObligationGroup> groups_;
    std::vector<const ProvedClaim*> claims_;
};

template <class Wanted> bool some_cell(const Proof& proof, Wanted wanted) {
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const ProofRow& row : *rows)
            if (std::ranges::any_of(row.cells, wanted))
                return true;
    return false;
}

} // namespace

bool Proof::refuted() const {
    return some_cell(*this, [](const ProofCell& each) { return each.verdict == Finding::Verdict::refuted; });
}

bool Proof::unknown() const {
    return some_cell(*this, [](const ProofCell& each) { return each.verdict == Finding::Verdict::unknown; });
}

Proof prove(const impl::Rules& rules, const ProofOptions& options) {
    return Questions(rules, options).answer();
}

} // namespace mdcd::model::proof
