// Puts the questions together: every lemma may be assumed before a step, one is to hold after it. Then looks at each
// premise once more: whatever is no lemma, no part of how windows hang together, and not the action itself, is refused.
// Knows no action and no lemma by name.
#include "model/proof/argument.hpp"

#include <algorithm>

namespace mdcd::model::proof {

using checker::smt::Finding;
using checker::smt::Obligation;
using checker::smt::ObligationGroup;
using Verdict = Finding::Verdict;
using Truth = Symbolic::Truth;

namespace {

// A protocol compares numbers with each other, and counts by one.
constexpr std::int64_t named_number_max = 1;

class QuestionMaker {
public:
    explicit QuestionMaker(const Argument& argument) : argument_(argument) { questions_.faults = argument.faults; }

    ArgumentQuestions make() {
        std::vector<Truth> start = truths_of(argument_.structure_before);
        start.push_back(argument_.initial);
        add_lemmas(add_group("start", std::move(start)), &Argument::Lemma::at_start);
        for (const Argument::Action& action : argument_.actions) {
            std::vector<Truth> premises = all_assumed();
            for (const Premise& each : argument_.structure_after)
                premises.push_back(each.truth);
            premises.push_back(action.relation);
            for (const Argument::Beside& each : action.beside)
                premises.push_back(each.truth);
            add_lemmas(add_group(action.name, std::move(premises)), &Argument::Lemma::kept);
        }
        for (const Argument::Claim& claim : argument_.claims) {
            ObligationGroup& group = add_group(claim.name, all_assumed());
            group.obligations.push_back({claim.name, claim.text});
            for (const Argument::Case& each : claim.cases)
                group.obligations.push_back({each.name, !each.truth, false}); // to be refuted
        }
        for (const Argument::Claim& claim : argument_.claims)
            add_group(claim.name, truths_of(argument_.structure_before))
                .obligations.push_back({"can_fail", claim.text, false}); // ..
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
        std::vector<Truth> premises = truths_of(argument_.structure_before);
        for (const Argument::Lemma& lemma : argument_.lemmas)
            premises.push_back(lemma.assumed);
        if (argument_.also_assumed)
            premises.push_back(*argument_.also_assumed);
        return premises;
    }

    ObligationGroup& add_group(const std::string& name, std::vector<Truth> premises) {
        return questions_.groups.emplace_back(ObligationGroup{name, std::move(premises), {}});
    }

    void add_lemmas(ObligationGroup& group, Truth Argument::Lemma::*text) {
        for (const Argument::Lemma& lemma : argument_.lemmas)
            group.obligations.push_back({lemma.name, lemma.*text});
        group.obligations.push_back({"can_happen", !argument_.acts, false}); // to be refuted
    }

    void audit() {
        std::vector<std::uint32_t> allowed;
        for (const Argument::Lemma& lemma : argument_.lemmas)
            allowed.push_back(lemma.assumed.node());
        for (const auto* part : {&argument_.structure_before, &argument_.structure_after})
            for (const Premise& each : *part)
                allowed.push_back(each.truth.node());
        for (std::size_t number = 0; number < questions_.groups.size(); ++number) {
            const ObligationGroup& group = questions_.groups[number];
            std::vector<std::uint32_t> here = allowed;
            if (number == 0)
                here.push_back(argument_.initial.node());
            else if (number <= argument_.actions.size())
                for (const Truth& each : of_action(argument_.actions[number - 1]))
                    here.push_back(each.node());
            for (const Truth& premise : group.premises) {
                if (std::ranges::find(here, premise.node()) == here.end())
                    questions_.faults.push_back("the questions about " + group.name +
                                                " take for granted what no lemma says and no comparison covers");
                audit_numbers(group.name, premise);
            }
            for (const Obligation& obligation : group.obligations)
                audit_numbers(group.name, obligation.conclusion);
        }
        std::vector<std::string>& faults = questions_.faults;
        faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
    }

    // The action, and what lemmas that are proved here say of what it shows.
    [[nodiscard]] std::vector<Truth> of_action(const Argument::Action& action) const {
        std::vector<Truth> all{action.relation};
        for (const Argument::Beside& each : action.beside)
            if (std::ranges::find(argument_.lemmas, each.lemma, &Argument::Lemma::name) != argument_.lemmas.end())
                all.push_back(each.truth);
        return all;
    }

    // A state made up or reached shows only what numbers of its size do; that is no loss if none is named.
    void audit_numbers(const std::string& group, Truth formula) {
        if (checker::smt::largest_named_number(formula) > named_number_max)
            questions_.faults.push_back("the questions about " + group + " name the number " +
                                        std::to_string(checker::smt::largest_named_number(formula)) +
                                        ": nothing in the protocol does, and no comparison would show it");
    }

    const Argument& argument_;
    ArgumentQuestions questions_;
};

const char* reason_against(const std::string& question, bool is_of_claim) {
    if (question == "can_fail")
        return "it says nothing: it is true in every state, whatever the lemmas say";
    return is_of_claim ? "it is vacuous: the lemmas allow no state of the kind that it is there for"
                       : "the lemmas allow no state in which it can";
}

// Of those for which `is_one`: "action: question", or the claim.
template <class IsOne> std::vector<std::string> names_of(const Answers& answers, IsOne is_one) {
    std::vector<std::string> names;
    for (const auto& group : answers.groups)
        for (const AnsweredQuestion& each : group)
            if (is_one(each))
                names.push_back(each.about == each.name ? each.name : each.about + ": " + each.name);
    return names;
}

} // namespace

void Argument::leave_out(const std::vector<std::string>& names) {
    const auto is_named = [&](const std::string& name) { return std::ranges::find(names, name) != names.end(); };
    std::erase_if(lemmas, [&](const Lemma& each) { return is_named(each.name); });
    for (Action& action : actions)
        std::erase_if(action.beside, [&](const Beside& each) { return is_named(each.lemma); });
}

ArgumentQuestions questions(const Argument& argument) {
    return QuestionMaker(argument).make();
}

Answers read(const Argument& argument, const ArgumentQuestions& asked, const checker::smt::Findings& findings) {
    Answers answers;
    answers.statistics = findings.statistics;
    answers.faults = asked.faults;
    for (const Argument::Action& each : argument.actions)
        answers.actions.push_back(each.name);
    for (std::size_t number = 0; number < asked.groups.size(); ++number) {
        std::vector<AnsweredQuestion>& group = answers.groups.emplace_back();
        for (std::size_t place = 0; place < asked.groups[number].obligations.size(); ++place) {
            const Obligation& obligation = asked.groups[number].obligations[place];
            const Finding& finding = findings.groups[number][place];
            const bool is_of_claim = number > argument.actions.size();
            AnsweredQuestion answer{.about = asked.groups[number].name,
                                    .name = obligation.name,
                                    .is_claim = is_of_claim && obligation.wants_witness,
                                    .to_be_refuted = !obligation.wants_witness,
                                    .verdict = finding.verdict,
                                    .reason = finding.reason};
            if (answer.to_be_refuted && finding.verdict != Verdict::unknown) {
                const bool is_refuted = finding.verdict == Verdict::refuted;
                answer.verdict = is_refuted ? Verdict::proved : Verdict::refuted;
                answer.reason = is_refuted ? "" : reason_against(answer.name, is_of_claim);
            }
            group.push_back(std::move(answer));
        }
    }
    return answers;
}

bool Answers::refuted() const {
    return !faults.empty() || !refutations().empty();
}
bool Answers::unknown() const {
    return !unknowns().empty();
}
std::vector<std::string> Answers::refutations() const {
    return names_of(*this, [](const AnsweredQuestion& each) { return each.verdict == Verdict::refuted; });
}
std::vector<std::string> Answers::unknowns() const {
    return names_of(*this, [](const AnsweredQuestion& each) { return each.verdict == Verdict::unknown; });
}
std::vector<std::string> Answers::proved_claims() const {
    return names_of(*this,
                    [](const AnsweredQuestion& each) { return each.is_claim && each.verdict == Verdict::proved; });
}

} // namespace mdcd::model::proof
