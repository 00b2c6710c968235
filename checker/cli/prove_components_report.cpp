// The part of the report of `mdcd prove` that is about several components: which lemma stays true with which action,
// and a state for each that does not. All but times is the same in every run.
#include "checker/cli/prove_components_report.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "checker/cli/text_table.hpp"

namespace mdcd::checker::cli {

namespace cluster = model::proof::cluster;
using Verdict = smt::Finding::Verdict;

namespace {

constexpr std::array assumed_of_components = {
    "each component has its own order and fails by itself; messages inside the cluster on both sides",
    "both versions send and output the same, in one order for each component; recovery by all at once, nothing after "
    "it",
};
constexpr std::array left_open = {"minimal_rollback"};

std::string action_name(std::size_t column) {
    return column == 0 ? "start" : cluster::actions()[column - 1].name;
}
char letter_of(std::size_t column) {
    return static_cast<char>(column == 0 ? '0' : 'a' + static_cast<int>(column) - 1);
}
const char* mark_of(Verdict verdict) {
    return verdict == Verdict::proved ? "+" : verdict == Verdict::refuted ? "X" : "?";
}
const char* name_of_verdict(Verdict verdict) {
    return verdict == Verdict::proved ? "proved" : verdict == Verdict::refuted ? "refuted" : "unknown";
}
const char* question_about(bool is_claim, std::size_t column) {
    return !is_claim ? "" : column == 0 ? "follows" : column == 1 ? "can_happen" : "can_fail";
}

void print_seen(std::ostream& out, const model::proof::cluster::Transition<model::proof::Concrete>& seen) {
    for (const std::string& line : cluster::describe(seen))
        out << "      " << line << '\n';
}

void print_row(std::ostream& out, const cluster::ProofRow& row, bool is_claim, std::size_t width) {
    out << "  " << padded(row.name, width);
    if (!is_claim) {
        for (const cluster::ProofCell& cell : row.cells)
            out << ' ' << mark_of(cell.verdict);
    } else {
        const Verdict verdict = row.cells[0].verdict;
        out << ' '
            << (verdict == Verdict::proved    ? "follows from the lemmas"
                : verdict == Verdict::refuted ? "does not follow from the lemmas"
                                              : "unknown")
            << (row.cells[1].verdict == Verdict::proved && row.cells[2].verdict == Verdict::proved
                    ? ", and says something"
                    : "");
    }
    out << '\n';
}

void print_failures(std::ostream& out, const cluster::ProofRow& row, bool is_claim) {
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
        const cluster::ProofCell& cell = row.cells[column];
        if (!cell.reason.empty())
            out << "  " << name_of_verdict(cell.verdict) << ": " << row.name << ", "
                << (is_claim ? question_about(true, column) : action_name(column)) << ": " << cell.reason << '\n';
        if (!cell.counterexample)
            continue;
        if (is_claim)
            out << "  The lemmas do not imply " << row.name << ": " << row.sentence << '\n';
        else
            out << "  " << action_name(column) << " does not keep " << row.name << ": " << row.sentence << '\n';
        out << "    a window in which all lemmas hold; what is 0 is left out\n";
        print_seen(out, *cell.counterexample);
        out << '\n';
    }
}

void print_comparison(std::ostream& out, const cluster::TieReport& tie) {
    if (tie.failure) {
        out << "  the proof does not fit the implementation: " << tie.failure->place << ": " << tie.failure->what
            << '\n';
        if (tie.failure->seen)
            print_seen(out, *tie.failure->seen);
        return;
    }
    out << "  tie: " << grouped(tie.steps) << " steps of the implementation, from states reached by chance and from "
        << "states altered, fit the actions, and " << grouped(tie.recoveries) << " recoveries ("
        << grouped(tie.rollbacks) << " rollbacks, " << grouped(tie.shadow_rollbacks)
        << " of shadows) fit the claims, in " << grouped(tie.windows)
        << " windows; each claim is true where the checker's is, in " << grouped(tie.judged_states) << " states\n";
    for (const std::string& each : tie.not_met())
        out << "  not compared: " << each << '\n';
}

} // namespace

const char* verdict_word(const cluster::Proof& proof) {
    return proof.proved() ? "proved" : proof.refuted() ? "refuted" : "unknown";
}

ExitCode exit_code_of(const ProofOfComponents& result) {
    if (result.proof.refuted() || result.tie.failure)
        return ExitCode::violated;
    return result.proof.unknown() || !result.tie.not_met().empty() ? ExitCode::inconclusive : ExitCode::as_expected;
}

void print_text(std::ostream& out, const ProofOfComponents& result, bool quiet) {
    const cluster::Proof& proof = result.proof;
    std::size_t width = 0;
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const cluster::ProofRow& row : *rows)
            width = std::max(width, row.name.size());
    out << "any number of components: "
        << (proof.proved()    ? "proved"
            : proof.refuted() ? "not proved"
                              : "inconclusive")
        << "\n  columns: 0 start";
    for (std::size_t column = 1; column <= cluster::action_count; ++column)
        out << (column % 4 == 1 ? "\n           " : ", ") << letter_of(column) << ' ' << action_name(column);
    out << "\n  " << padded("lemma", width);
    for (std::size_t column = 0; column <= cluster::action_count; ++column)
        out << ' ' << letter_of(column);
    out << '\n';
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const cluster::ProofRow& row : *rows)
            print_row(out, row, rows == &proof.claims, width);
    for (const std::string& fault : proof.faults)
        out << "  no proof: " << fault << '\n';
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const cluster::ProofRow& row : *rows)
            if (!quiet)
                print_failures(out, row, rows == &proof.claims);
    for (const char* each : assumed_of_components)
        out << "  assumed: " << each << '\n';
    out << "  not claimed:";
    for (const char* each : left_open)
        out << ' ' << each;
    out << '\n';
    print_comparison(out, result.tie);
    out << '\n';
}

traces::Value to_value(const ProofOfComponents& result) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const auto texts = [](const auto& all) {
        Value::List list;
        for (const auto& each : all)
            list.emplace_back(std::string(each));
        return Value(std::move(list));
    };
    const auto rows_of = [&](const std::vector<cluster::ProofRow>& rows, bool is_claim) {
        Value::List list;
        for (const cluster::ProofRow& row : rows) {
            Value::List cells;
            for (std::size_t column = 0; column < row.cells.size(); ++column) {
                const cluster::ProofCell& cell = row.cells[column];
                Value::Record record{
                    {is_claim ? "question" : "action", is_claim ? question_about(true, column) : action_name(column)},
                    {"verdict", name_of_verdict(cell.verdict)}};
                if (!cell.reason.empty())
                    record.emplace_back("reason", cell.reason);
                if (cell.counterexample)
                    record.emplace_back("window", texts(cluster::describe(*cell.counterexample)));
                cells.emplace_back(std::move(record));
            }
            list.emplace_back(
                Value::Record{{"name", row.name}, {"sentence", row.sentence}, {"checks", Value(std::move(cells))}});
        }
        return Value(std::move(list));
    };
    const cluster::TieReport& tie = result.tie;
    Value::Record compared{{"steps", number(tie.steps)},
                           {"windows", number(tie.windows)},
                           {"recoveries", number(tie.recoveries)},
                           {"rollbacks", number(tie.rollbacks)},
                           {"judged_states", number(tie.judged_states)},
                           {"not_met", texts(tie.not_met())}};
    if (tie.failure)
        compared.emplace_back("failure", tie.failure->place + ": " + tie.failure->what);
    return Value::Record{{"verdict", verdict_word(result.proof)},
                         {"faults", texts(result.proof.faults)},
                         {"lemmas", rows_of(result.proof.lemmas, false)},
                         {"claims", rows_of(result.proof.claims, true)},
                         {"assumptions", texts(assumed_of_components)},
                         {"not_claimed", texts(left_open)},
                         {"tie", Value(std::move(compared))}};
}

} // namespace mdcd::checker::cli
