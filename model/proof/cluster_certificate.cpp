// The questions are built again, as they were asked; each premise is told from the others by what it is.
// Asks no solver.
#include "model/proof/cluster_certificate.hpp"

#include <map>

#include "checker/smt/smt_lib.hpp"
#include "model/proof/cluster_premises.hpp"

namespace mdcd::model::proof::cluster {

using checker::smt::Answer;
using Verdict = checker::smt::Finding::Verdict;

namespace {

// What each premise is, by node.
std::map<std::uint32_t, std::string> premise_names(const Questions& asked, const Step& step,
                                                   const ProofOptions& options) {
    std::map<std::uint32_t, std::string> names;
    for (const auto& part : {structure_before(step), structure_after(step)})
        for (const Premise& each : part)
            names[each.truth.node()] = "how windows hang together: " + each.name;
    for (const Lemma& lemma : asked.lemmas)
        names[assumed(lemma, step.before, step.happening).node()] =
            std::string("lemma ") + lemma.name + ": " + lemma.sentence;
    for (const Action& action : options.actions)
        names[action.relation(step).node()] = std::string("action ") + action.name + ": " + action.sentence;
    names[initial(step.before).node()] = "the beginning: nothing has happened yet";
    return names;
}

// Of a question that is there to be refuted, the cell says "proved" if it was.
Answer answer_of(const ProofCell& cell, bool to_be_refuted) {
    if (cell.verdict == Verdict::unknown)
        return Answer::unknown;
    return (cell.verdict == Verdict::proved) != to_be_refuted ? Answer::unsatisfiable : Answer::satisfiable;
}

} // namespace

std::vector<CertifiedQuestion> certified(const Proof& proof, const std::string& rules_name,
                                         const ProofOptions& options) {
    checker::smt::Formulas formulas;
    Step step;
    const Questions asked = questions(options, formulas, step);
    const std::map<std::uint32_t, std::string> names = premise_names(asked, step, options);
    const std::size_t first_claim = 1 + options.actions.size();
    const std::size_t first_alone = first_claim + options.claims.size();
    std::vector<CertifiedQuestion> all;
    for (std::size_t number = 0; number < asked.groups.size(); ++number) {
        const auto& group = asked.groups[number];
        for (std::size_t place = 0; place < group.obligations.size(); ++place) {
            const bool is_lemma = number < first_claim;
            const bool is_last = place + 1 == group.obligations.size();
            const ProofRow& row =
                is_lemma ? proof.lemmas[place] : proof.claims[(number - first_claim) % options.claims.size()];
            const ProofCell& cell = row.cells[is_lemma ? number : number >= first_alone ? 2 : place];
            const bool to_be_refuted = is_last; // of each group the last one asks whether something can be
            const std::string where = number == 0 ? "At the start" : "After " + group.name;
            const std::string sentence =
                is_lemma && is_last ? (number == 0 ? "There is a start" : group.name + " can happen") +
                                          " in a state in which all lemmas hold (sat: it can)"
                : is_lemma              ? where + " lemma " + row.name + " holds: " + row.sentence
                : number >= first_alone ? "Without the lemmas claim " + row.name + " could be false (sat: it could)"
                : is_last               ? "The case that claim " + row.name + " is there for can happen (sat: it can)"
                                        : "Claim " + row.name + " follows: " + row.sentence;
            checker::smt::WrittenQuestion text;
            text.comments = {"mdcd prove, rules " + rules_name + ", any number of components", sentence + ".",
                             "unsat: it is so in every window, whatever the numbers are.", ""};
            for (const Truth& premise : group.premises) {
                const auto known = names.find(premise.node());
                text.premises.push_back({known == names.end() ? "without a proof" : known->second, premise});
            }
            text.conclusion = {sentence, group.obligations[place].conclusion};
            text.expected = answer_of(cell, to_be_refuted);
            const std::string& question = group.obligations[place].name;
            all.push_back({.folder = "components",
                           .about = group.name,
                           .question = question,
                           .sentence = sentence,
                           .answer = text.expected,
                           .text = checker::smt::to_smt_lib(text)});
        }
    }
    return all;
}

} // namespace mdcd::model::proof::cluster
