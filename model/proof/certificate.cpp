// The questions are built again, as they were asked; each premise is told from the others by what it is.
// Asks no solver.
#include "model/proof/certificate.hpp"

#include <map>

#include "checker/content_hash.hpp"
#include "checker/smt/smt_lib.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/proof/premises.hpp"
#include "traces/json.hpp"

namespace mdcd::model::proof {

using checker::smt::Answer;
using checker::smt::Formulas;
using checker::smt::ObligationGroup;
using Verdict = checker::smt::Finding::Verdict;

namespace {

// Whoever has only this folder can run it: a POSIX shell, b2sum of the GNU core utilities, and the solvers.
constexpr const char* script = R"sh(#!/bin/sh
# Has every question of this certificate answered anew: sh check.sh [SOLVER...]; without arguments by cvc5 and z3.
# Exit 0: every file is as it was written, and every answer is the one that was written down. Exit 1: not so.
# Exit 69: a solver is not installed.
set -u
cd "$(dirname "$0")" || exit 1
[ $# -gt 0 ] || set -- cvc5 z3
b2sum --length=256 --check --quiet hashes || { echo "a file is not what it was"; exit 1; }
wrong=0
written=$(grep -c '"file": ' manifest.json)
for solver in "$@"; do
    command -v "$solver" >/dev/null || { echo "$solver is not installed"; exit 69; }
    asked=0
    proved=0
    while read -r _ file; do
        case $file in *.smt2) ;; *) continue ;; esac
        expected=$(sed -n 's/^(set-info :status \([a-z]*\))$/\1/p' "$file")
        answer=$("$solver" "$file" 2>&1 </dev/null | head -n 1)
        asked=$((asked + 1))
        [ "$answer" != unsat ] || proved=$((proved + 1))
        if [ "$answer" != "$expected" ]; then
            echo "$solver: $file: $answer, and not ${expected:-answered before}"
            wrong=$((wrong + 1))
        fi
    done <hashes
    echo "$solver: $asked questions, $proved of them unsat"
    if [ "$asked" -eq 0 ] || [ "$asked" -ne "$written" ]; then
        echo "the manifest lists $written questions"
        exit 1
    fi
done
[ "$wrong" -eq 0 ] || { echo "$wrong answers are others"; exit 1; }
)sh";

const char* name_of(Claim claim) {
    return claim == Claim::containment ? "containment" : "consistency";
}

// Of a question that is there to be refuted, the cell says "proved" if it was.
Answer expected_of(const ProofCell& cell, bool to_be_refuted) {
    if (cell.verdict == Verdict::unknown)
        return Answer::unknown;
    return (cell.verdict == Verdict::proved) != to_be_refuted ? Answer::unsatisfiable : Answer::satisfiable;
}

class Writer {
public:
    Writer(const impl::Rules& rules, const std::string& rules_name, const ProofOptions& options)
        : rules_(rules), rules_name_(rules_name), options_(options) {}

    void add(const CertifiedProof& certified) {
        Formulas formulas;
        Transition<Symbolic> step;
        ProofOptions options = options_;
        options.claim = certified.claim;
        const Questions asked = questions(rules_, options, formulas, step);
        name_premises(asked, step);
        const std::size_t first_claim = 1 + options.actions.size();
        const std::size_t claim_count = certified.proof.claims.size();
        for (std::size_t number = 0; number < asked.groups.size(); ++number) {
            const ObligationGroup& group = asked.groups[number];
            for (std::size_t place = 0; place < group.obligations.size(); ++place) {
                const bool is_lemma = number < first_claim;
                const bool is_alone = number >= first_claim + claim_count;
                const ProofRow& row = is_lemma ? certified.proof.lemmas[place]
                                               : certified.proof.claims[(number - first_claim) % claim_count];
                const ProofCell& cell = row.cells[is_lemma ? number : is_alone ? 2 : place];
                const bool to_be_refuted = is_alone || (is_lemma ? place + 1 == group.obligations.size() : place == 1);
                write(certified.claim, group, group.obligations[place].name, place,
                      sentence_of(asked, group, number, place, row), expected_of(cell, to_be_refuted));
            }
        }
        verdicts_.emplace_back(name_of(certified.claim), certified.proof.proved()    ? "proved"
                                                         : certified.proof.refuted() ? "refuted"
                                                                                     : "unknown");
    }

    void add(const CertifiedQuestions& more) {
        for (const CertifiedQuestion& each : more.questions)
            list(each);
        if (!more.questions.empty())
            verdicts_.emplace_back(more.questions.front().folder, more.verdict);
    }

    std::vector<CertificateFile> finish() {
        files_.push_back({"check.sh", script});
        files_.push_back({"manifest.json", traces::to_json(manifest())});
        std::string hashes;
        for (const CertificateFile& each : files_)
            hashes += checker::content_hash(each.text) + "  " + each.name + "\n";
        files_.push_back({"hashes", hashes});
        return std::move(files_);
    }

private:
    void name_premises(const Questions& asked, const Transition<Symbolic>& step) {
        premises_.clear();
        for (const auto& part : {structure_before(step), structure_after(step)})
            for (const Premise& each : part)
                premises_[each.truth.node()] = "how windows hang together: " + each.name;
        for (const Lemma& lemma : asked.lemmas)
            premises_[assumed(lemma, step.before, step.happening).node()] =
                std::string("lemma ") + lemma.name + ": " + lemma.sentence;
        for (const Action& action : options_.actions)
            premises_[action.relation(step, rules_).node()] =
                std::string("action ") + action.name + ": " + action.sentence;
        premises_[initial(step.before).node()] = "the beginning: nothing has happened yet";
    }

    std::string sentence_of(const Questions& asked, const ObligationGroup& group, std::size_t number, std::size_t place,
                            const ProofRow& row) const {
        const std::size_t actions = options_.actions.size();
        if (number <= actions) {
            const std::string where = number == 0 ? "At the start" : "After " + group.name;
            if (place == asked.lemmas.size())
                return (number == 0 ? "There is a start" : group.name + " can happen") +
                       " in a state in which all lemmas hold (sat: it can)";
            return where + " lemma " + row.name + " holds: " + row.sentence;
        }
        if (number > actions + claims_of_kind(asked))
            return "Without the lemmas claim " + row.name + " could be false (sat: it could)";
        return place == 0 ? "Claim " + row.name + " follows: " + row.sentence
                          : "The case that claim " + row.name + " is there for can happen (sat: it can)";
    }

    // Each is asked about twice, the second time without lemmas.
    [[nodiscard]] std::size_t claims_of_kind(const Questions& asked) const {
        return (asked.groups.size() - 1 - options_.actions.size()) / 2;
    }

    void write(Claim claim, const ObligationGroup& group, const std::string& obligation, std::size_t place,
               const std::string& sentence, Answer expected) {
        checker::smt::WrittenQuestion question;
        question.comments = {"mdcd prove, rules " + rules_name_ + ", " + name_of(claim), sentence + ".",
                             "unsat: it is so in every window, whatever the numbers are.", ""};
        for (const checker::smt::Truth& premise : group.premises) {
            const auto known = premises_.find(premise.node());
            question.premises.push_back({known == premises_.end() ? "without a proof" : known->second, premise});
        }
        question.conclusion = {sentence, group.obligations[place].conclusion};
        question.expected = expected;
        list({name_of(claim), group.name, obligation, sentence, expected, checker::smt::to_smt_lib(question)});
    }

    void list(const CertifiedQuestion& each) {
        const std::string subject = each.about == each.question ? each.question : each.about + "." + each.question;
        files_.push_back({each.folder + "/" + subject + ".smt2", each.text});
        listed_.emplace_back(traces::Value::Record{{"file", files_.back().name},
                                                   {"claim", each.folder},
                                                   {"about", each.about},
                                                   {"question", each.question},
                                                   {"sentence", each.sentence},
                                                   {"answer", checker::smt::name_of(each.answer)},
                                                   {"blake2b_256", checker::content_hash(each.text)}});
    }

    [[nodiscard]] traces::Value manifest() const {
        using traces::Value;
        Value::Record verdicts;
        for (const auto& [claim, verdict] : verdicts_)
            verdicts.emplace_back(claim, verdict);
        Value::List without;
        for (const std::string& each : options_.without)
            without.emplace_back(each);
        return Value::Record{{"format", 1},
                             {"rules", Value::Record{{"name", rules_name_}, {"values", to_value(rules_)}}},
                             {"without_lemmas", Value(std::move(without))},
                             {"verdicts", Value(std::move(verdicts))},
                             {"questions", Value(listed_)}};
    }

    impl::Rules rules_;
    std::string rules_name_;
    ProofOptions options_;
    std::map<std::uint32_t, std::string> premises_; // what each is, by node
    std::vector<CertificateFile> files_;
    traces::Value::List listed_;
    std::vector<std::pair<std::string, std::string>> verdicts_;
};

} // namespace

std::vector<CertificateFile> certificate(const impl::Rules& rules, const std::string& rules_name,
                                         std::span<const CertifiedProof> proofs, const ProofOptions& options,
                                         const CertifiedQuestions& more) {
    Writer writer(rules, rules_name, options);
    for (const CertifiedProof& each : proofs)
        writer.add(each);
    writer.add(more);
    return writer.finish();
}

} // namespace mdcd::model::proof
