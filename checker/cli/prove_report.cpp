// The report of a proof: which lemma stays true with which action, and a state for each that does not. All but times is
// the same in every run.
#include "checker/cli/prove_report.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "checker/cli/text_table.hpp"
#include "model/inputs/library.hpp"
#include "model/proof/window_text.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

using model::proof::Claim;
using model::proof::Proof;
using model::proof::ProofCell;
using model::proof::ProofRow;
using Answered = smt::Finding::Verdict;

namespace {

const char* name_of(Claim claim) {
    return claim == Claim::containment ? "containment" : "consistency";
}

// What the proof takes for granted, beside what docs/soundness.md says of the model.
constexpr std::array assumptions = {
    "one component in the cluster; recovery by all at once, and nothing after it",
    "channels lose and duplicate nothing, in whatever order they deliver; acceptance tests are never wrong",
    "numbers do not overflow, and no array or log is full",
    "both versions of the component send the same internal messages out of the cluster, in one order",
    "actions, recovery and claims are what implementation and checker do: compared below, not proved",
};
constexpr std::array not_claimed = {"minimal_rollback", "reclamation_safety", "reclamation_completeness",
                                    "takeover_order"};

char column_letter(std::size_t column) {
    return static_cast<char>(column == 0 ? '0' : 'a' + static_cast<int>(column) - 1);
}

const char* sign(Answered verdict) {
    return verdict == Answered::proved ? "+" : verdict == Answered::refuted ? "X" : "?";
}

const char* word(Answered verdict) {
    return verdict == Answered::proved ? "proved" : verdict == Answered::refuted ? "refuted" : "unknown";
}

Answered verdict_of(const Proof& proof) {
    return proof.refuted() ? Answered::refuted : proof.unknown() ? Answered::unknown : Answered::proved;
}

std::string column_name(std::size_t column) {
    return column == 0 ? "start" : model::proof::actions()[column - 1].name;
}

// What the cells of a claim are about.
const char* claim_question(std::size_t cell) {
    return cell == 0 ? "follows" : cell == 1 ? "can_happen" : "can_fail";
}

void print_lines(std::ostream& out, const std::string& head, const std::vector<std::string>& lines) {
    out << "    " << head << '\n';
    for (const std::string& line : lines)
        out << "      " << line << '\n';
}

void print_counterexample(std::ostream& out, const ProofOfClaim& proof, const ProofRow& row, std::size_t column,
                          bool is_claim) {
    const auto& seen = *row.cells[column].counterexample;
    if (is_claim)
        out << "  The lemmas do not imply " << row.name << ": " << row.sentence << '\n';
    else
        out << "  " << column_name(column) << " does not keep " << row.name << ": " << row.sentence << '\n';
    print_lines(out, "a state in which all lemmas hold", describe(seen.before));
    if (is_claim) {
        print_lines(out, "the other end of m", describe(seen.happening.other, "Q", seen.before.message));
    } else if (column > 0) {
        print_lines(out, std::string(model::proof::actions()[column - 1].sentence),
                    describe(static_cast<model::proof::ActionId>(column - 1), seen.happening, seen.before.message));
        print_lines(out, "the state after it", describe(seen.after));
    }
    if (const auto looked = proof.looked_for.find({row.name, column}); looked != proof.looked_for.end())
        print_lines(out,
                    is_claim ? "does a run lead to a state in which it is false?" : "does a run lead to such a step?",
                    describe(looked->second));
    out << '\n';
}

void print_proof(std::ostream& out, const ProofOfClaim& each, bool quiet) {
    const Proof& proof = each.proof;
    std::size_t width = 0;
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const ProofRow& row : *rows)
            width = std::max(width, row.name.size());
    out << name_of(each.claim) << ": "
        << (proof.proved()    ? "proved"
            : proof.refuted() ? "not proved"
                              : "inconclusive")
        << '\n'
        << "  " << padded("lemma", width + 1);
    for (std::size_t column = 0; column <= model::proof::action_count; ++column)
        out << ' ' << column_letter(column);
    out << '\n';
    for (const ProofRow& row : proof.lemmas) {
        out << "  " << padded(row.name, width + 1);
        for (const ProofCell& cell : row.cells)
            out << ' ' << sign(cell.verdict);
        out << '\n';
    }
    for (const ProofRow& row : proof.claims)
        out << "  " << padded(row.name, width + 2)
            << (row.cells[0].verdict == Answered::proved    ? "follows from the lemmas"
                : row.cells[0].verdict == Answered::refuted ? "does not follow from the lemmas"
                                                            : "unknown")
            << (row.cells[1].verdict == Answered::proved && row.cells[2].verdict == Answered::proved
                    ? ", and says something"
                    : "")
            << '\n';
    for (const std::string& fault : proof.faults)
        out << "  no proof: " << fault << '\n';
    out << '\n';
    for (const auto* rows : {&proof.lemmas, &proof.claims})
        for (const ProofRow& row : *rows)
            for (std::size_t column = 0; column < row.cells.size(); ++column) {
                if (row.cells[column].counterexample && !quiet)
                    print_counterexample(out, each, row, column, rows == &proof.claims);
                else if (!row.cells[column].reason.empty())
                    out << "  " << word(row.cells[column].verdict) << ": " << row.name << ", "
                        << (rows == &proof.lemmas ? column_name(column) : claim_question(column)) << ": "
                        << row.cells[column].reason << '\n';
            }
}

void print_tie_failure(std::ostream& out, const model::proof::TieFailure& failure) {
    out << (failure.action ? "the actions do not fit the implementation: "
                           : "the proof does not fit the implementation: ")
        << failure.place << ": " << failure.what << '\n';
    if (!failure.seen)
        return;
    print_lines(out, failure.action ? "before" : "the state", describe(failure.seen->before));
    if (!failure.action)
        return;
    print_lines(out, "the step", describe(*failure.action, failure.seen->happening, failure.seen->before.message));
    print_lines(out, "after it", describe(failure.seen->after));
}

void print_tie(std::ostream& out, const model::proof::TieReport& tie) {
    if (tie.failure)
        return print_tie_failure(out, *tie.failure);
    if (tie.steps == 0) {
        out << "the actions were not compared with the implementation\n";
        return;
    }
    out << "tie: " << grouped(tie.steps)
        << " steps of the implementation, from states reached by chance and from states "
        << "made up, fit the actions, and " << grouped(tie.recoveries) << " recoveries (" << grouped(tie.rollbacks)
        << " rollbacks, " << grouped(tie.shadow_rollbacks) << " of the shadow) fit the claims, in "
        << grouped(tie.windows) << " windows; each claim is true where the checker's is, in "
        << grouped(tie.judged_states) << " states\n";
    for (const std::string& each : tie.not_met())
        out << "not compared: " << each << '\n';
}

// Of all questions that Z3 was asked.
smt::Statistics statistics_of(const ProveResult& result) {
    smt::Statistics statistics;
    for (const ProofOfClaim& each : result.proofs)
        statistics.add(each.proof.statistics);
    if (result.components)
        statistics.add(result.components->proof.statistics);
    if (result.agreement) {
        statistics.add(result.agreement->proof.statistics);
        statistics.add(result.agreement->change.statistics);
        statistics.add(result.agreement->link.statistics);
    }
    return statistics;
}

} // namespace

ExitCode exit_code_of(const ProveResult& result) {
    bool unknown = false;
    for (const ProofOfClaim& each : result.proofs) {
        if (each.proof.refuted())
            return ExitCode::violated;
        unknown |= each.proof.unknown();
    }
    const ExitCode components = result.components ? exit_code_of(*result.components) : ExitCode::as_expected;
    const ExitCode agreement = result.agreement ? exit_code_of(*result.agreement) : ExitCode::as_expected;
    if (result.tie.failure || components == ExitCode::violated || agreement == ExitCode::violated)
        return ExitCode::violated;
    return unknown || components == ExitCode::inconclusive || agreement == ExitCode::inconclusive ||
                   !result.tie.not_met().empty()
               ? ExitCode::inconclusive
               : ExitCode::as_expected;
}

void print_text(std::ostream& out, const ProveResult& result, bool quiet) {
    const std::string changed = model::changes(model::preset("published").rules, result.rules.rules);
    out << "rules " << result.rules.name << (changed.empty() ? "" : " (published with " + changed + ")")
        << ", for any number of messages, checkpoints and active processes\n";
    for (const std::string& name : result.without)
        out << "without lemma " << name << '\n';
    out << "columns: 0 start";
    for (std::size_t column = 1; column <= model::proof::action_count; ++column)
        out << (column % 4 == 1 ? "\n         " : ", ") << column_letter(column) << ' ' << column_name(column);
    out << "\n+: true at the start, or kept by the action if all lemmas hold before it; X: not; ?: unknown\n\n";
    for (const ProofOfClaim& each : result.proofs)
        print_proof(out, each, quiet);
    if (result.components)
        print_text(out, *result.components, quiet);
    if (result.agreement)
        print_text(out, *result.agreement, quiet);
    const smt::Statistics statistics = statistics_of(result);
    out << (result.components ? "assumed of the first two, for one component:\n" : "assumed:\n");
    for (const char* each : assumptions)
        out << "  " << each << '\n';
    out << "not claimed:";
    for (const char* each : not_claimed)
        out << ' ' << each;
    out << '\n';
    print_tie(out, result.tie);
    out << "Z3: " << grouped(statistics.queries) << " questions, " << statistics.unknowns << " unknown, "
        << decimal(statistics.seconds, 1) << " s (slowest " << decimal(1000 * statistics.slowest_seconds, 1)
        << " ms)\n";
    if (!result.certificate.empty())
        out << "certificate: " << result.certificate << ", to be checked by sh " << result.certificate
            << "/check.sh; its hashes have the hash " << result.certificate_hash << '\n';
    const ExitCode code = exit_code_of(result);
    out << "verdict: "
        << (code == ExitCode::as_expected ? "proved"
            : code == ExitCode::violated  ? "not proved"
                                          : "inconclusive")
        << '\n';
}

namespace {

traces::Value certificate_of(const ProveResult& result) {
    if (result.certificate.empty())
        return traces::Value();
    return traces::Value::Record{{"folder", result.certificate}, {"hash", result.certificate_hash}};
}

} // namespace

void print_json(std::ostream& out, const ProveResult& result) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const auto texts = [](const auto& all) {
        Value::List list;
        for (const auto& each : all)
            list.emplace_back(std::string(each));
        return Value(std::move(list));
    };
    const auto rows_of = [&](const ProofOfClaim& proof, const std::vector<ProofRow>& rows, bool claims) {
        Value::List list;
        for (const ProofRow& row : rows) {
            Value::List cells;
            for (std::size_t column = 0; column < row.cells.size(); ++column) {
                const ProofCell& cell = row.cells[column];
                Value::Record record;
                record.emplace_back(claims ? "question" : "action",
                                    claims ? claim_question(column) : column_name(column));
                record.emplace_back("verdict", word(cell.verdict));
                if (!cell.reason.empty())
                    record.emplace_back("reason", cell.reason);
                if (cell.counterexample) {
                    record.emplace_back("before", to_value(cell.counterexample->before));
                    record.emplace_back("happening", to_value(cell.counterexample->happening));
                    if (!claims && column > 0)
                        record.emplace_back("after", to_value(cell.counterexample->after));
                }
                if (const auto looked = proof.looked_for.find({row.name, column}); looked != proof.looked_for.end())
                    record.emplace_back("run", Value::Record{{"reached", looked->second.reached},
                                                             {"text", texts(describe(looked->second))}});
                cells.emplace_back(std::move(record));
            }
            list.emplace_back(
                Value::Record{{"name", row.name}, {"sentence", row.sentence}, {"checks", Value(std::move(cells))}});
        }
        return Value(std::move(list));
    };
    Value::List proofs;
    for (const ProofOfClaim& each : result.proofs)
        proofs.emplace_back(Value::Record{{"claim", name_of(each.claim)},
                                          {"verdict", word(verdict_of(each.proof))},
                                          {"faults", texts(each.proof.faults)},
                                          {"lemmas", rows_of(each, each.proof.lemmas, false)},
                                          {"claims", rows_of(each, each.proof.claims, true)}});
    const smt::Statistics statistics = statistics_of(result);
    Value::Record tie{{"steps", number(result.tie.steps)},
                      {"windows", number(result.tie.windows)},
                      {"recoveries", number(result.tie.recoveries)},
                      {"rollbacks", number(result.tie.rollbacks)},
                      {"judged_states", number(result.tie.judged_states)},
                      {"not_met", texts(result.tie.not_met())}};
    if (result.tie.failure)
        tie.emplace_back("failure", result.tie.failure->place + ": " + result.tie.failure->what);
    out << traces::to_json(Value::Record{
        {"certificate", certificate_of(result)},
        {"rules", Value::Record{{"name", result.rules.name}, {"values", model::to_value(result.rules.rules)}}},
        {"without", texts(result.without)},
        {"proofs", Value(std::move(proofs))},
        {"components", result.components ? to_value(*result.components) : Value()},
        {"recovery", result.agreement ? to_value(*result.agreement) : Value()},
        {"assumptions", texts(assumptions)},
        {"not_claimed", texts(not_claimed)},
        {"tie", Value(std::move(tie))},
        {"z3", Value::Record{{"questions", number(statistics.queries)}, {"unknown", number(statistics.unknowns)}}},
        {"exit_code", static_cast<int>(exit_code_of(result))}});
}

} // namespace mdcd::checker::cli
