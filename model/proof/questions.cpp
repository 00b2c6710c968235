// Puts the questions together: every lemma may be assumed before a step, one is to hold after it. Then looks at each
// premise once more: whatever is no lemma, no part of how windows hang together, and not the action itself, is refused.
// Knows no action and no lemma by name.
#include <algorithm>

#include "model/proof/fields.hpp"
#include "model/proof/known_rules.hpp"
#include "model/proof/premises.hpp"
#include "model/proof/proof.hpp"

namespace mdcd::model::proof {

using checker::smt::Formulas;
using checker::smt::Obligation;
using checker::smt::ObligationGroup;

namespace {

// The protocol compares numbers with each other, and counts by one.
constexpr std::int64_t named_number_max = 1;

std::vector<Lemma> lemmas_of(const ProofOptions& options, const impl::Rules& rules) {
    std::vector<Lemma> all = lemmas(options.claim, rules);
    std::erase_if(
        all, [&](const Lemma& each) { return std::ranges::find(options.without, each.name) != options.without.end(); });
    return all;
}

std::vector<Truth> truths_of(const std::vector<Premise>& premises) {
    std::vector<Truth> truths;
    for (const Premise& each : premises)
        truths.push_back(each.truth);
    return truths;
}

class QuestionMaker {
public:
    QuestionMaker(const impl::Rules& rules, const ProofOptions& options, Transition<Symbolic>& step)
        : rules_(rules), options_(options), step_(step) {
        questions_.lemmas = lemmas_of(options, rules);
    }

    Questions make() {
        questions_.faults = unknown_to_proof(rules_);
        add_start();
        for (const Action& action : options_.actions)
            add_action(action);
        for (const ProvedClaim& claim : options_.claims)
            if (claim.claim == options_.claim)
                add_claim(claim);
        for (const ProvedClaim& claim : options_.claims)
            if (claim.claim == options_.claim)
                add_claim_alone(claim);
        audit();
        return std::move(questions_);
    }

private:
    [[nodiscard]] std::vector<Truth> all_assumed() const {
        std::vector<Truth> premises;
        for (const Lemma& lemma : questions_.lemmas)
            premises.push_back(assumed(lemma, step_.before, step_.happening));
        for (const Premise& each : structure_before(step_))
            premises.push_back(each.truth);
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
        group.obligations.push_back({"can_happen", !step_.happening.here, false}); // to be refuted
    }

    void add_start() {
        std::vector<Truth> premises = truths_of(structure_before(step_));
        premises.push_back(initial(step_.before));
        add_obligations(add_group("start", std::move(premises)), step_.before);
    }

    void add_action(const Action& action) {
        std::vector<Truth> premises = all_assumed();
        for (const Premise& each : structure_after(step_))
            premises.push_back(each.truth);
        premises.push_back(action.relation(step_, rules_));
        add_obligations(add_group(action.name, std::move(premises)), step_.after);
    }

    void add_claim(const ProvedClaim& claim) {
        ObligationGroup& group = add_group(claim.name, all_assumed());
        group.obligations.push_back({claim.name, claim.text(step_.before, step_.happening, rules_)});
        const Truth possible =
            claim.guard(step_.before, step_.happening, rules_) && claim.telling(step_.before, step_.happening, rules_);
        group.obligations.push_back({"can_happen", !possible, false}); // to be refuted
    }

    void add_claim_alone(const ProvedClaim& claim) {
        ObligationGroup& group = add_group(claim.name, truths_of(structure_before(step_)));
        group.obligations.push_back({"can_fail", claim.text(step_.before, step_.happening, rules_), false}); // ..
    }

    // What every group may assume without a word, and what each action's group besides.
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
                here.push_back(options_.actions[number - 1].relation(step_, rules_).node());
            for (const Truth& premise : group.premises)
                if (std::ranges::find(here, premise.node()) == here.end())
                    questions_.faults.push_back("the questions about " + group.name +
                                                " take for granted what no lemma says and no comparison covers");
            for (const Truth& premise : group.premises)
                audit_numbers(group.name, premise);
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

    impl::Rules rules_;
    const ProofOptions& options_;
    Transition<Symbolic>& step_;
    Questions questions_;
};

} // namespace

Questions questions(const impl::Rules& rules, const ProofOptions& options, Formulas& formulas,
                    Transition<Symbolic>& step) {
    make_unknown(formulas, step);
    return QuestionMaker(rules, options, step).make();
}

} // namespace mdcd::model::proof
