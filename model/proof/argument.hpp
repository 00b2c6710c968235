// A proof by induction as data, whatever its windows show: lemmas, actions and claims as formulas over one step. From
// it come the questions, with all that each may assume; from the answers come rows for a report, and files for others.
// Knows no window, no lemma and no action by name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/fields.hpp"

namespace mdcd::model::proof {

// How windows hang together. None of it is proved: it is compared with states of the implementation in every proof.
struct Premise {
    std::string name;
    Symbolic::Truth truth;
};

struct Argument {
    using Truth = Symbolic::Truth;

    struct Lemma {
        std::string name;
        std::string sentence;
        Truth assumed;  // of all that a step shows before it
        Truth at_start; // of the window before
        Truth kept;     // of the window after
    };
    // What an action shows beside the windows, say the message that it takes, is in another window of the state before:
    // a lemma says the same of that one.
    struct Beside {
        std::string lemma;
        Truth truth;
    };
    struct Action {
        std::string name;
        std::string sentence;
        Truth relation;
        std::vector<Beside> beside = {};
    };
    struct Case { // that a claim is there for: it has to be possible
        std::string name;
        Truth truth;
    };
    struct Claim {
        std::string name;
        std::string sentence;
        Truth text;
        std::vector<Case> cases;
    };

    std::vector<Premise> structure_before; // of the window before, and what happens
    std::vector<Premise> structure_after;
    Truth initial;
    Truth acts; // a process that is shown acts
    std::vector<Lemma> lemmas;
    std::vector<Action> actions;
    std::vector<Claim> claims;
    std::optional<Truth> also_assumed = {}; // to see what would follow from it; then nothing is proved
    std::vector<std::string> faults = {};   // why there is no proof whatever is answered

    // Those of these names, and what they say of what is shown beside.
    void leave_out(const std::vector<std::string>& names);
};

// In groups: the start, each action, each claim, each claim without lemmas. Of the first two the last question,
// `can_happen`, says that the others are not empty: some state with all lemmas allows the action. Of a claim it is
// asked whether it follows; whether its cases are possible; and whether it could be false without the lemmas
// (`can_fail`), so that it says something.
struct ArgumentQuestions {
    std::vector<checker::smt::ObligationGroup> groups;
    std::vector<std::string> faults; // those of the argument, and what else no question may rest on
};
[[nodiscard]] ArgumentQuestions questions(const Argument& argument);

struct AnsweredQuestion {
    using Verdict = checker::smt::Finding::Verdict;

    std::string about; // an action or a claim
    std::string name;
    bool is_claim = false;      // whether a claim follows
    bool to_be_refuted = false; // can_happen and the like: then `proved` says that it was refuted
    Verdict verdict = Verdict::unknown;
    std::string reason; // of what is not proved, if there is one to tell
};

// What was answered, in the order of the questions.
struct Answers {
    std::vector<std::string> actions; // their names
    std::vector<std::vector<AnsweredQuestion>> groups;
    std::vector<std::string> faults; // why this is no proof whatever was answered
    checker::smt::Statistics statistics;

    [[nodiscard]] bool refuted() const; // or faulty
    [[nodiscard]] bool unknown() const; // some answer is missing
    [[nodiscard]] bool proved() const { return !refuted() && !unknown(); }
    // "action: lemma", or the claim, or "action: can_happen".
    [[nodiscard]] std::vector<std::string> refutations() const;
    [[nodiscard]] std::vector<std::string> unknowns() const;
    [[nodiscard]] std::vector<std::string> proved_claims() const; // those that follow
};
[[nodiscard]] Answers read(const Argument& argument, const ArgumentQuestions& asked,
                           const checker::smt::Findings& findings);

// One question that was asked; `Seen` is a step as numbers.
template <class Seen> struct CellOf {
    checker::smt::Finding::Verdict verdict = checker::smt::Finding::Verdict::unknown;
    std::string reason;
    std::optional<Seen> counterexample = {}; // of `refuted`, but for can_happen; of a claim `after` means nothing
};
template <class Seen> struct RowOf {
    std::string name;
    std::string sentence;
    std::vector<CellOf<Seen>> cells; // lemmas: the start, then each action; claims: follows, its cases, can_fail
};
template <class Seen> struct ProofOf : Answers {
    std::vector<RowOf<Seen>> lemmas; // the last row is can_happen
    std::vector<RowOf<Seen>> claims;
};

template <class Seen>
[[nodiscard]] ProofOf<Seen> prove_argument(checker::smt::Formulas& formulas, const Argument& argument,
                                           const checker::smt::InductionOptions& options) {
    const ArgumentQuestions asked = questions(argument);
    const checker::smt::Findings findings = checker::smt::prove(formulas, asked.groups, options);
    ProofOf<Seen> proof{read(argument, asked, findings), {}, {}};
    for (const Argument::Lemma& each : argument.lemmas)
        proof.lemmas.push_back({each.name, each.sentence, {}});
    proof.lemmas.push_back({"can_happen", "Some state in which all lemmas hold allows the action", {}});
    for (const Argument::Claim& each : argument.claims)
        proof.claims.push_back({each.name, each.sentence, {}});
    const std::size_t first_claim = 1 + argument.actions.size();
    for (std::size_t group = 0; group < proof.groups.size(); ++group)
        for (std::size_t place = 0; place < proof.groups[group].size(); ++place) {
            const AnsweredQuestion& answer = proof.groups[group][place];
            CellOf<Seen> cell{.verdict = answer.verdict, .reason = answer.reason};
            const std::vector<std::int64_t>& witness = findings.groups[group][place].witness;
            if (!answer.to_be_refuted && answer.verdict == AnsweredQuestion::Verdict::refuted)
                cell.counterexample = from_values<Seen>(witness);
            RowOf<Seen>& row = group < first_claim ? proof.lemmas[place]
                                                   : proof.claims[(group - first_claim) % argument.claims.size()];
            row.cells.push_back(std::move(cell));
        }
    return proof;
}

// Every field that is not 0, by its name, as lines.
template <class Seen> [[nodiscard]] std::vector<std::string> describe_fields(const Seen& seen) {
    std::vector<std::string> lines;
    visit_named(seen, "", [&](const std::string& name, const auto& field) {
        if (field != 0)
            lines.push_back(name + " " + std::to_string(static_cast<std::int64_t>(field)));
    });
    return lines;
}

// A question for others to answer (certificate.hpp).
struct CertifiedQuestion {
    std::string about;
    std::string name;
    std::string sentence;
    checker::smt::Answer answer = checker::smt::Answer::unknown;
    std::string text; // SMT-LIB 2
};
// In the order in which they were asked; `heading` says of what, for people.
[[nodiscard]] std::vector<CertifiedQuestion> certified(const Argument& argument, const Answers& answers,
                                                       const std::string& heading);

} // namespace mdcd::model::proof
