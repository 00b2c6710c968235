// Puts the questions together and reads the answers. Each premise is looked at once more: whatever is no lemma, no part
// of how windows hang together, and not the action itself, is refused. Knows no action and no lemma by name.
#include "model/proof/cluster_proof.hpp"

#include <algorithm>

#include "model/proof/cluster_premises.hpp"
#include "model/proof/fields.hpp"

namespace mdcd::model::proof::cluster {

using checker::smt::Finding;
using checker::smt::Formulas;
using checker::smt::Obligation;
using checker::smt::ObligationGroup;

namespace {

constexpr std::int64_t named_number_max = 1; // the protocol compares numbers with each other, and counts by one

class QuestionMaker {
public:
    QuestionMaker(const ProofOptions& options, Step& step) : options_(options), step_(step) {
        questions_.lemmas = lemmas();
        std::erase_if(questions_.lemmas, [&](const Lemma& each) {
            return std::ranges::find(options.without, each.name) != options.without.end();
        });
    }

    Questions make() {
        std::vector<Truth> start = truths_of(structure_before(step_));
        start.push_back(initial(step_.before));
        add_obligations(add_group("start", std::move(start)), step_.before);
        for (const Action& action : options_.actions) {
            std::vector<Truth> premises = all_assumed();
            for (const Premise& each : structure_after(step_))
                premises.push_back(each.truth);
            premises.push_back(action.relation(step_));
            add_obligations(add_group(action.name, std::move(premises)), step_.after);
        }
        for (const ProvedClaim& claim : options_.claims) {
            ObligationGroup& group = add_group(claim.name, all_assumed());
            group.obligations.push_back({claim.name, claim.text(step_.before, step_.happening)});
            const Truth possible =
                claim.guard(step_.before, step_.happening) && claim.telling(step_.before, step_.happening);
            group.obligations.push_back({"can_happen", !possible, false}); // to be refuted
        }
        for (const ProvedClaim& claim : options_.claims)
            add_group(claim.name, truths_of(structure_before(step_)))
                .obligations.push_back({"can_fail", claim.text(step_.before, step_.happening), false}); // ..
        audit();
        return std::move(questions_);
    }

private:
    static std::vector<Truth> truths_of(const std::vector<Premise>& premises) {
        std::vector<Truth> truths;
        for (const Premise& each : premises)
            truths.push_back(each.truth);
        return truths;
    }

    [[nodiscard]] std::vector<Truth> all_assumed() const {
        std::vector<Truth> premises = truths_of(structure_before(step_));
        for (const Lemma& lemma : questions_.lemmas)
            premises.push_back(assumed(lemma, step_.before, step_.happening));
        if (options_.also_assumed)
            premises.push_back(options_.also_assumed(step_));
        return premises;
    }

    ObligationGroup& add_group(const char* name, std::vector<Truth> premises) {
        ObligationGroup& group = questions_.groups.emplace_back();
        group.name = name;
        group.premises = std::move(premises);
        return group;
    }

    void add_obligations(ObligationGroup& group, const Window<Symbolic>& after) {
        for (const Lemma& lemma : questions_.lemmas)
            group.obligations.push_back({lemma.name, concluded(lemma, after)});
        group.obligations.push_back({"can_happen", !(step_.happening.here && step_.happening.low_here), false});
    }

    void audit() {
        std::vector<std::uint32_t> allowed;
        for (const Lemma& lemma : questions_.lemmas)
            allowed.push_back(assumed(lemma, step_.before, step_.happening).node());
        for (const auto& part : {structure_before(step_), structure_after(step_)})
            for (const Premise& each : part)
                allowed.push_back(each.truth.node());
        for (std::size_t number = 0; number < questions_.groups.size(); ++number) {
            const ObligationGroup& group = questions_.groups[number];
            std::vector<std::uint32_t> here = allowed;
            if (number == 0)
                here.push_back(initial(step_.before).node());
            else if (number <= options_.actions.size())
                here.push_back(options_.actions[number - 1].relation(step_).node());
            for (const Truth& premise : group.premises) {
                if (std::ranges::find(here, premise.node()) == here.end())
                    questions_.faults.push_back("the questions about " + group.name +
                                                " take for granted what no lemma says and no comparison covers");
                audit_numbers(group.name, premise);
            }
            for (const Obligation& obligation : group.obligations)
                audit_numbers(group.name, obligation.conclusion);
            if (number <= options_.actions.size())
                audit_obligations(group);
        }
        std::vector<std::string>& faults = questions_.faults;
        faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
    }

    // A state made up or reached shows only what numbers of its size do; that is no loss if none is named.
    void audit_numbers(const std::string& group, Truth formula) {
        if (checker::smt::largest_named_number(formula) > named_number_max)
            questions_.faults.push_back("the questions about " + group + " name the number " +
                                        std::to_string(checker::smt::largest_named_number(formula)) +
                                        ": nothing in the protocol does, and no comparison would show it");
    }

    // Each lemma that is assumed anywhere is to be shown here.
    void audit_obligations(const ObligationGroup& group) {
        for (const Lemma& lemma : questions_.lemmas)
            if (std::ranges::find(group.obligations, lemma.name, &Obligation::name) == group.obligations.end())
                questions_.faults.push_back("nobody asks whether " + group.name + " keeps " + lemma.name);
    }

    const ProofOptions& options_;
    Step& step_;
    Questions questions_;
};

ProofCell cell_read(const Finding& finding) {
    ProofCell cell{.verdict = finding.verdict, .reason = finding.reason};
    if (finding.verdict == Finding::Verdict::refuted)
        cell.counterexample = from_values<Transition<Concrete>>(finding.witness);
    return cell;
}

// Of a question that is to be refuted.
ProofCell cell_of_happening(const Finding& finding, const std::string& otherwise) {
    if (finding.verdict == Finding::Verdict::unknown)
        return {.verdict = finding.verdict, .reason = finding.reason};
    const bool possible = finding.verdict == Finding::Verdict::refuted;
    return {.verdict = possible ? Finding::Verdict::proved : Finding::Verdict::refuted,
            .reason = possible ? "" : otherwise};
}

template <class Wanted> bool some_answer(const Proof& proof, Wanted wanted) {
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const ProofRow& row : *rows)
            if (std::ranges::any_of(row.cells, [&](const ProofCell& each) { return each.verdict == wanted; }))
                return true;
    return false;
}

} // namespace

Questions questions(const ProofOptions& options, Formulas& formulas, Step& step) {
    make_unknown(formulas, step);
    return QuestionMaker(options, step).make();
}

bool Proof::refuted() const {
    return !faults.empty() || some_answer(*this, Finding::Verdict::refuted);
}
bool Proof::unknown() const {
    return some_answer(*this, Finding::Verdict::unknown);
}

Proof prove(const ProofOptions& options) {
    Formulas formulas;
    Step step;
    const Questions asked = questions(options, formulas, step);
    const checker::smt::Findings findings = checker::smt::prove(formulas, asked.groups, options.induction);
    Proof proof;
    proof.statistics = findings.statistics;
    proof.faults = asked.faults;
    for (const Lemma& lemma : asked.lemmas)
        proof.lemmas.push_back({lemma.name, lemma.sentence, {}});
    proof.lemmas.push_back({"can_happen", "Some state in which all lemmas hold allows the action", {}});
    for (const ProvedClaim& claim : options.claims)
        proof.claims.push_back({claim.name, claim.sentence, {}});
    const std::size_t first_claim = 1 + options.actions.size();
    for (std::size_t group = 0; group < findings.groups.size(); ++group) {
        const std::vector<Finding>& answers = findings.groups[group];
        if (group < first_claim) {
            for (std::size_t lemma = 0; lemma < asked.lemmas.size(); ++lemma)
                proof.lemmas[lemma].cells.push_back(cell_read(answers[lemma]));
            proof.lemmas.back().cells.push_back(
                cell_of_happening(answers.back(), "the lemmas allow no state in which it can"));
            continue;
        }
        ProofRow& row = proof.claims[(group - first_claim) % proof.claims.size()];
        if (group >= first_claim + proof.claims.size()) {
            row.cells.push_back(
                cell_of_happening(answers[0], "it says nothing: it is true in every state, whatever the lemmas say"));
            continue;
        }
        row.cells.push_back(cell_read(answers[0]));
        row.cells.push_back(
            cell_of_happening(answers[1], "it is vacuous: the lemmas allow no state of the kind that it is there for"));
    }
    return proof;
}

std::vector<std::string> describe(const Transition<Concrete>& seen) {
    std::vector<std::string> lines;
    visit_named(seen, "", [&](const std::string& name, const auto& field) {
        if (field != 0)
            lines.push_back(name + " " + std::to_string(static_cast<std::int64_t>(field)));
    });
    return lines;
}

} // namespace mdcd::model::proof::cluster
