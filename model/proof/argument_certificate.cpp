// Every question of an argument as text. They are built again, as they were asked; each premise is told from the others
// by what it is. Asks no solver.
#include <map>

#include "checker/smt/smt_lib.hpp"
#include "model/proof/argument.hpp"

namespace mdcd::model::proof {

using checker::smt::Answer;
using AnswerVerdict = checker::smt::Finding::Verdict;

namespace {

// What each premise is, by node.
std::map<std::uint32_t, std::string> premise_names(const Argument& argument) {
    std::map<std::uint32_t, std::string> names;
    for (const auto* part : {&argument.structure_before, &argument.structure_after})
        for (const Premise& each : *part)
            names[each.truth.node()] = "how windows hang together: " + each.name;
    for (const Argument::Lemma& each : argument.lemmas)
        names[each.assumed.node()] = "lemma " + each.name + ": " + each.sentence;
    for (const Argument::Action& action : argument.actions) {
        names[action.relation.node()] = "action " + action.name + ": " + action.sentence;
        for (const Argument::Beside& each : action.beside)
            names[each.truth.node()] = "lemma " + each.lemma + ", of what the action shows beside the window";
    }
    names[argument.initial.node()] = "the beginning: nothing has happened yet";
    return names;
}

// Of a question that is there to be refuted, the answer says "proved" if it was.
Answer answer_of(const AnsweredQuestion& answer) {
    if (answer.verdict == AnswerVerdict::unknown)
        return Answer::unknown;
    return (answer.verdict == AnswerVerdict::proved) != answer.to_be_refuted ? Answer::unsatisfiable
                                                                             : Answer::satisfiable;
}

std::string sentence_of(const Argument& argument, std::size_t group, std::size_t place, const AnsweredQuestion& asked) {
    if (group <= argument.actions.size()) {
        const std::string where = group == 0 ? "At the start" : "After " + asked.about;
        if (!asked.to_be_refuted)
            return where + " lemma " + asked.name + " holds: " + argument.lemmas[place].sentence;
        return (group == 0 ? "There is a start" : asked.about + " can happen") +
               " in a state in which all lemmas hold (sat: it can)";
    }
    if (asked.name == "can_fail")
        return "Without the lemmas claim " + asked.about + " could be false (sat: it could)";
    if (asked.to_be_refuted)
        return "The case that claim " + asked.about + " is there for can happen" +
               (asked.name == "can_happen" ? "" : ", " + asked.name) + " (sat: it can)";
    return "Claim " + asked.about +
           " follows: " + argument.claims[(group - 1 - argument.actions.size()) % argument.claims.size()].sentence;
}

} // namespace

std::vector<CertifiedQuestion> certified(const Argument& argument, const Answers& answers, const std::string& heading) {
    const ArgumentQuestions asked = questions(argument);
    const std::map<std::uint32_t, std::string> names = premise_names(argument);
    std::vector<CertifiedQuestion> all;
    for (std::size_t group = 0; group < asked.groups.size(); ++group)
        for (std::size_t place = 0; place < asked.groups[group].obligations.size(); ++place) {
            const AnsweredQuestion& answer = answers.groups[group][place];
            const std::string sentence = sentence_of(argument, group, place, answer);
            checker::smt::WrittenQuestion text;
            text.comments = {"mdcd prove, " + heading, sentence + ".",
                             "unsat: it is so in every window, whatever the numbers are.", ""};
            for (const Symbolic::Truth& premise : asked.groups[group].premises) {
                const auto known = names.find(premise.node());
                text.premises.push_back({known == names.end() ? "without a proof" : known->second, premise});
            }
            text.conclusion = {sentence, asked.groups[group].obligations[place].conclusion};
            text.expected = answer_of(answer);
            all.push_back({answer.about, answer.name, sentence, text.expected, checker::smt::to_smt_lib(text)});
        }
    return all;
}

} // namespace mdcd::model::proof
