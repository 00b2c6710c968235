// Puts the questions together and reads the answers; each premise is looked at once more, as in cluster_proof.cpp.
// Knows no action and no lemma by name.
#include "model/proof/boundary_proof.hpp"

#include <algorithm>

#include "model/proof/fields.hpp"

namespace mdcd::model::proof::boundary {

using checker::smt::Finding;
using checker::smt::Formulas;
using checker::smt::Obligation;
using checker::smt::ObligationGroup;
using Verdict = Finding::Verdict;

namespace {

constexpr std::int64_t named_number_max = 1; // the line of defence counts by one, the protocol compares

class QuestionMaker {
public:
    QuestionMaker(const ProofOptions& options, Step& step) : options_(options), step_(step) {
        questions_.lemmas = lemmas();
        std::erase_if(questions_.lemmas, [&](const Lemma& each) {
            return std::ranges::find(options.without, each.name) != options.without.end();
        });
        questions_.actions = options.changed ? *options.changed : actions(options.rules);
    }

    Questions make() {
        std::vector<Truth> start = truths_of(structure_before(step_));
        start.push_back(initial(step_.before));
        add_lemmas(add_group("start", start), step_.before);
        for (const Action& action : questions_.actions) {
            std::vector<Truth> premises = all_assumed();
            for (const Premise& each : structure_after(step_))
                premises.push_back(each.truth);
            premises.push_back(action.relation(step_));
            add_lemmas(add_group(action.name, premises), step_.after);
        }
        ObligationGroup& claim = add_group(claim_name, all_assumed());
        claim.obligations.push_back({"follows", contained(step_.before)});
        claim.obligations.push_back({"influenced", !influenced(step_.before), false}); // to be refuted
        claim.obligations.push_back({"influenced_and_clean", !influenced_and_clean(step_.before), false});
        add_group(claim_name, truths_of(structure_before(step_)))
            .obligations.push_back({"can_fail", contained(step_.before), false});
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
            premises.push_back(assumed(lemma, step_));
        if (options_.also_assumed)
            premises.push_back(options_.also_assumed(step_));
        return premises;
    }
    ObligationGroup& add_group(const std::string& name, std::vector<Truth> premises) {
        ObligationGroup& group = questions_.groups.emplace_back();
        group.name = name;
        group.premises = std::move(premises);
        return group;
    }
    void add_lemmas(ObligationGroup& group, const Window<Symbolic>& after) {
        for (const Lemma& lemma : questions_.lemmas)
            group.obligations.push_back({lemma.name, concluded(lemma, after)});
        group.obligations.push_back({"can_happen", !step_.happening.here, false});
    }

    void audit() {
        std::vector<std::uint32_t> allowed;
        for (const Lemma& lemma : questions_.lemmas)
            allowed.push_back(assumed(lemma, step_).node());
        for (const auto& part : {structure_before(step_), structure_after(step_)})
            for (const Premise& each : part)
                allowed.push_back(each.truth.node());
        for (std::size_t number = 0; number < questions_.groups.size(); ++number) {
            const ObligationGroup& group = questions_.groups[number];
            std::vector<std::uint32_t> here = allowed;
            if (number == 0)
                here.push_back(initial(step_.before).node());
            else if (number <= questions_.actions.size())
                here.push_back(questions_.actions[number - 1].relation(step_).node());
            for (const Truth& premise : group.premises) {
                if (std::ranges::find(here, premise.node()) == here.end())
                    questions_.faults.push_back("the questions about " + group.name +
                                                " take for granted what no lemma says and no comparison covers");
                if (checker::smt::largest_named_number(premise) > named_number_max)
                    questions_.faults.push_back("the questions about " + group.name +
                                                " name a number that nothing in the protocol names");
            }
        }
        std::vector<std::string>& faults = questions_.faults;
        faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
    }

    const ProofOptions& options_;
    Step& step_;
    Questions questions_;
};

ProofCell cell_of(const Finding& finding) {
    ProofCell cell{.verdict = finding.verdict, .reason = finding.reason};
    if (finding.verdict == Verdict::refuted)
        cell.counterexample = from_values<Transition<Concrete>>(finding.witness);
    return cell;
}
// Of a question that is to be refuted.
ProofCell possible(const Finding& finding, const std::string& otherwise) {
    if (finding.verdict == Verdict::unknown)
        return {.verdict = finding.verdict, .reason = finding.reason};
    const bool is_so = finding.verdict == Verdict::refuted;
    return {.verdict = is_so ? Verdict::proved : Verdict::refuted, .reason = is_so ? "" : otherwise};
}

template <class Wanted> bool some_cell(const Proof& proof, Wanted wanted) {
    const auto in_row = [&](const ProofRow& row) {
        return std::ranges::any_of(row.cells, [&](const ProofCell& each) { return each.verdict == wanted; });
    };
    return std::ranges::any_of(proof.lemmas, in_row) || in_row(proof.claim);
}

} // namespace

bool Proof::refuted() const {
    return !faults.empty() || some_cell(*this, Verdict::refuted);
}
bool Proof::unknown() const {
    return some_cell(*this, Verdict::unknown);
}

std::vector<std::string> Proof::refutations() const {
    std::vector<std::string> all;
    for (std::size_t column = 0; column <= actions.size(); ++column)
        for (const ProofRow& row : lemmas)
            if (row.cells[column].verdict == Verdict::refuted)
                all.push_back((column == 0 ? "start" : actions[column - 1]) + ": " + row.name);
    for (const ProofCell& cell : claim.cells)
        if (cell.verdict == Verdict::refuted)
            all.push_back(claim.name);
    return all;
}

Questions questions(const ProofOptions& options, Formulas& formulas, Step& step) {
    make_unknown(formulas, step);
    return QuestionMaker(options, step).make();
}

Proof prove(const ProofOptions& options) {
    Formulas formulas;
    Step step;
    const Questions asked = questions(options, formulas, step);
    const checker::smt::Findings findings = checker::smt::prove(formulas, asked.groups, options.induction);
    Proof proof;
    proof.statistics = findings.statistics;
    proof.faults = asked.faults;
    for (const Action& each : asked.actions)
        proof.actions.emplace_back(each.name);
    for (const Lemma& each : asked.lemmas)
        proof.lemmas.push_back({each.name, each.sentence, {}});
    proof.lemmas.push_back({"can_happen", "Some state in which all lemmas hold allows the action", {}});
    const std::size_t claim = 1 + asked.actions.size();
    for (std::size_t group = 0; group < claim; ++group) {
        const std::vector<Finding>& answers = findings.groups[group];
        for (std::size_t lemma = 0; lemma < asked.lemmas.size(); ++lemma)
            proof.lemmas[lemma].cells.push_back(cell_of(answers[lemma]));
        proof.lemmas.back().cells.push_back(possible(answers.back(), "the lemmas allow no state in which it can"));
    }
    const std::vector<Finding>& answers = findings.groups[claim];
    proof.claim = {claim_name, claim_sentence, {cell_of(answers[0])}};
    proof.claim.cells.push_back(possible(answers[1], "it is vacuous: nobody is influenced beyond V"));
    proof.claim.cells.push_back(possible(answers[2], "it is vacuous: nobody is influenced and clean"));
    proof.claim.cells.push_back(possible(findings.groups[claim + 1][0], "it says nothing: it is true in every state"));
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

std::vector<Weakening> weakenings() {
    using impl::BoundaryRules;
    std::vector<Weakening> all;
    const auto add = [&](const char* rule, const char* value, auto change) {
        BoundaryRules rules;
        change(rules);
        all.push_back({rule, value, rules});
    };
    add("links", "as_claimed", [](BoundaryRules& rules) { rules.links = impl::Links::as_claimed; });
    add("boundary_stamp", "one_counter",
        [](BoundaryRules& rules) { rules.boundary_stamp = impl::BoundaryStamp::one_counter; });
    add("boundary_stamp", "at_least_claimed",
        [](BoundaryRules& rules) { rules.boundary_stamp = impl::BoundaryStamp::at_least_claimed; });
    add("boundary_stamp", "as_claimed",
        [](BoundaryRules& rules) { rules.boundary_stamp = impl::BoundaryStamp::as_claimed; });
    add("boundary_checkpoint", "by_confidence",
        [](BoundaryRules& rules) { rules.boundary_checkpoint = impl::BoundaryCheckpoint::by_confidence; });
    add("boundary_checkpoint", "none",
        [](BoundaryRules& rules) { rules.boundary_checkpoint = impl::BoundaryCheckpoint::none; });
    add("detector", "none", [](BoundaryRules& rules) { rules.detector = impl::Detector::none; });
    add("assertion", "none", [](BoundaryRules& rules) { rules.assertion = impl::Assertion::none; });
    add("low_tests", "prove", [](BoundaryRules& rules) { rules.low_tests = impl::LowTests::prove; });
    add("cluster_in_recovery", "is_believed",
        [](BoundaryRules& rules) { rules.cluster_in_recovery = impl::ClusterInRecovery::is_believed; });
    add("other_kinds", "received", [](BoundaryRules& rules) { rules.other_kinds = impl::OtherKinds::received; });
    add("after_recovery", "by_incarnation",
        [](BoundaryRules& rules) { rules.after_recovery = impl::AfterRecovery::by_incarnation; });
    add("overruled_claim", "kept", [](BoundaryRules& rules) { rules.overruled_claim = impl::OverruledClaim::kept; });
    return all;
}

} // namespace mdcd::model::proof::boundary
