// One table, one list of failures and one record for every proof.
// Knows no lemma and no action by name.
#include "checker/cli/prove_rows.hpp"

#include <algorithm>
#include <ostream>

#include "checker/cli/text_table.hpp"

namespace mdcd::checker::cli {

using RowVerdict = model::proof::AnsweredQuestion::Verdict;

namespace {

const char* mark_of(RowVerdict verdict) {
    return verdict == RowVerdict::proved ? "+" : verdict == RowVerdict::refuted ? "X" : "?";
}
const char* word_of(RowVerdict verdict) {
    return verdict == RowVerdict::proved ? "proved" : verdict == RowVerdict::refuted ? "refuted" : "unknown";
}
char letter_of_column(std::size_t column) {
    return static_cast<char>(column == 0 ? '0' : 'a' + static_cast<int>(column) - 1);
}
std::string name_of_column(const ReportedProof& proof, std::size_t column) {
    return column == 0 ? "start" : proof.actions[column - 1];
}

template <class Visit> void for_each_cell(const ReportedProof& proof, Visit visit) {
    for (const ReportedRow& row : proof.lemmas)
        for (std::size_t column = 0; column < row.cells.size(); ++column)
            visit(row, row.cells[column], name_of_column(proof, column));
    for (const ReportedRow& row : proof.claims)
        for (const ReportedCell& cell : row.cells)
            visit(row, cell, "");
}

const model::proof::Occurrence* run_to(const RunsToFailures& runs, const ReportedRow& row, const std::string& where) {
    const auto found = runs.find(where.empty() ? row.name : where + ": " + row.name);
    return found == runs.end() ? nullptr : &found->second;
}

} // namespace

const char* decision_word(const ReportedProof& proof) {
    return proof.verdict == "proved" ? "proved" : proof.verdict == "refuted" ? "not proved" : "inconclusive";
}

void print_table(std::ostream& out, const ReportedProof& proof) {
    std::size_t width = 0;
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const ReportedRow& row : *rows)
            width = std::max(width, row.name.size());
    out << "  columns: 0 start";
    for (std::size_t column = 1; column <= proof.actions.size(); ++column)
        out << (column % 4 == 1 ? "\n           " : ", ") << letter_of_column(column) << ' '
            << proof.actions[column - 1];
    out << "\n  " << padded("lemma", width);
    for (std::size_t column = 0; column <= proof.actions.size(); ++column)
        out << ' ' << letter_of_column(column);
    out << '\n';
    for (const ReportedRow& row : proof.lemmas) {
        out << "  " << padded(row.name, width);
        for (const ReportedCell& cell : row.cells)
            out << ' ' << mark_of(cell.verdict);
        out << '\n';
    }
    for (const ReportedRow& row : proof.claims) {
        const RowVerdict verdict = row.cells.front().verdict;
        const bool says_something = std::all_of(row.cells.begin() + 1, row.cells.end(), [](const ReportedCell& each) {
            return each.verdict == RowVerdict::proved;
        });
        out << "  " << padded(row.name, width) << ' '
            << (verdict == RowVerdict::proved    ? "follows from the lemmas"
                : verdict == RowVerdict::refuted ? "does not follow from the lemmas"
                                                 : "unknown")
            << (says_something ? ", and says something" : "") << '\n';
    }
    for (const std::string& fault : proof.faults)
        out << "  no proof: " << fault << '\n';
}

void print_failures(std::ostream& out, const ReportedProof& proof, const RunsToFailures& runs, bool quiet) {
    for_each_cell(proof, [&](const ReportedRow& row, const ReportedCell& cell, const std::string& where) {
        if (!cell.reason.empty())
            out << "  " << word_of(cell.verdict) << ": " << row.name << ", " << (where.empty() ? cell.question : where)
                << ": " << cell.reason << '\n';
        if (cell.window.empty() || quiet)
            return;
        if (where.empty())
            out << "  The lemmas do not imply " << row.name << ": " << row.sentence << '\n';
        else
            out << "  " << where << " does not keep " << row.name << ": " << row.sentence << '\n';
        out << "    a window in which all lemmas hold; what is 0 is left out\n";
        for (const std::string& line : cell.window)
            out << "      " << line << '\n';
        if (const auto* const run = run_to(runs, row, where)) {
            out << (where.empty() ? "    does a run lead to a state in which it is false?\n"
                                  : "    does a run lead to such a step?\n");
            for (const std::string& line : describe(*run))
                out << "      " << line << '\n';
        }
        out << '\n';
    });
}

traces::Value to_value(const ReportedProof& proof, const RunsToFailures& runs) {
    using traces::Value;
    const auto texts = [](const std::vector<std::string>& all) {
        Value::List list;
        for (const std::string& each : all)
            list.emplace_back(each);
        return Value(std::move(list));
    };
    const auto rows_of = [&](const std::vector<ReportedRow>& rows, bool is_claim) {
        Value::List list;
        for (const ReportedRow& row : rows) {
            Value::List cells;
            for (std::size_t column = 0; column < row.cells.size(); ++column) {
                const ReportedCell& cell = row.cells[column];
                const std::string where = is_claim ? "" : name_of_column(proof, column);
                Value::Record record{{is_claim ? "question" : "action", !is_claim     ? where
                                                                        : column == 0 ? "follows"
                                                                                      : cell.question},
                                     {"verdict", word_of(cell.verdict)}};
                if (!cell.reason.empty())
                    record.emplace_back("reason", cell.reason);
                if (!cell.window.empty())
                    record.emplace_back("window", texts(cell.window));
                const auto* const run = cell.window.empty() ? nullptr : run_to(runs, row, where);
                if (run != nullptr)
                    record.emplace_back("run",
                                        Value::Record{{"reached", run->reached}, {"text", texts(describe(*run))}});
                cells.emplace_back(std::move(record));
            }
            list.emplace_back(
                Value::Record{{"name", row.name}, {"sentence", row.sentence}, {"checks", Value(std::move(cells))}});
        }
        return Value(std::move(list));
    };
    return Value::Record{{"verdict", proof.verdict},
                         {"faults", texts(proof.faults)},
                         {"lemmas", rows_of(proof.lemmas, false)},
                         {"claims", rows_of(proof.claims, true)}};
}

} // namespace mdcd::checker::cli
