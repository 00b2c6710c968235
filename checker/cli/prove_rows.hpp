// What the reports of `mdcd prove` share: the rows of a proof, whatever its windows show, as a table, as failures with
// the window and what came of looking for a run, and for programs. Decides nothing.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "model/proof/argument.hpp"
#include "model/proof/occurrence.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {

struct ReportedCell {
    std::string question; // of an action the lemma, can_happen; of a claim itself, its cases, can_fail
    model::proof::AnsweredQuestion::Verdict verdict = model::proof::AnsweredQuestion::Verdict::unknown;
    std::string reason;
    std::vector<std::string> window; // of what is refuted: what is not 0
};
struct ReportedRow {
    std::string name;
    std::string sentence;
    std::vector<ReportedCell> cells;
};
struct ReportedProof {
    std::string verdict; // "proved", "refuted", "unknown"
    std::vector<std::string> actions;
    std::vector<ReportedRow> lemmas;
    std::vector<ReportedRow> claims;
    std::vector<std::string> faults;
};

// What came of looking for a run to each failure, by "action: lemma" or the claim.
using RunsToFailures = model::proof::Occurrences;

template <class Seen> [[nodiscard]] ReportedProof reported(const model::proof::ProofOf<Seen>& proof) {
    ReportedProof result{proof.proved()    ? "proved"
                         : proof.refuted() ? "refuted"
                                           : "unknown",
                         proof.actions,
                         {},
                         {},
                         proof.faults};
    const auto add = [&](std::vector<ReportedRow>& to, const model::proof::RowOf<Seen>& row, std::size_t first_group) {
        ReportedRow& added = to.emplace_back(ReportedRow{row.name, row.sentence, {}});
        for (std::size_t place = 0; place < row.cells.size(); ++place) {
            const auto& cell = row.cells[place];
            // A claim's last cell has a group of its own.
            const bool is_claim = first_group > 0;
            std::string question = row.name;
            if (is_claim && place > 0)
                question = place + 1 == row.cells.size() ? "can_fail" : proof.groups[first_group][place].name;
            added.cells.push_back({question, cell.verdict, cell.reason,
                                   cell.counterexample ? model::proof::describe_fields(*cell.counterexample)
                                                       : std::vector<std::string>()});
        }
    };
    for (const auto& row : proof.lemmas)
        add(result.lemmas, row, 0);
    for (std::size_t claim = 0; claim < proof.claims.size(); ++claim)
        add(result.claims, proof.claims[claim], 1 + proof.actions.size() + claim);
    return result;
}

[[nodiscard]] const char* decision_word(const ReportedProof& proof); // "proved", "not proved", "inconclusive"

// Lemmas by actions, and which claims follow.
void print_table(std::ostream& out, const ReportedProof& proof);
// Each with its window, and the run to it if one was looked for.
void print_failures(std::ostream& out, const ReportedProof& proof, const RunsToFailures& runs, bool quiet);
[[nodiscard]] traces::Value to_value(const ReportedProof& proof, const RunsToFailures& runs);

} // namespace mdcd::checker::cli
