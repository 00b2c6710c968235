// The part of the report of `mdcd prove` that is about several components: which lemma stays true with which action,
// and a state for each that does not. All but times is the same in every run.
#include "checker/cli/prove_components_report.hpp"

#include <array>
#include <ostream>

#include "checker/cli/text_table.hpp"

namespace mdcd::checker::cli {

namespace cluster = model::proof::cluster;
namespace {

constexpr std::array assumed_of_components = {
    "each component has its own order and fails by itself; messages inside the cluster on both sides",
    "both versions send and output the same, in one order for each component; recovery by all at once, nothing after "
    "it",
};
constexpr std::array left_open = {"minimal_rollback"};

void print_seen(std::ostream& out, const model::proof::cluster::Transition<model::proof::Concrete>& seen) {
    for (const std::string& line : model::proof::describe_fields(seen))
        out << "      " << line << '\n';
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

ExitCode exit_code_of(const ProofOfComponents& result) {
    if (result.proof.refuted() || result.tie.failure)
        return ExitCode::violated;
    return result.proof.unknown() || !result.tie.not_met().empty() ? ExitCode::inconclusive : ExitCode::as_expected;
}

void print_text(std::ostream& out, const ProofOfComponents& result, bool quiet) {
    const ReportedProof proof = reported(result.proof);
    out << "any number of components: " << decision_word(proof) << '\n';
    print_table(out, proof);
    print_failures(out, proof, result.runs, quiet);
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
    const cluster::TieReport& tie = result.tie;
    Value::Record compared{{"steps", number(tie.steps)},
                           {"windows", number(tie.windows)},
                           {"recoveries", number(tie.recoveries)},
                           {"rollbacks", number(tie.rollbacks)},
                           {"judged_states", number(tie.judged_states)},
                           {"not_met", texts(tie.not_met())}};
    if (tie.failure)
        compared.emplace_back("failure", tie.failure->place + ": " + tie.failure->what);
    Value::Record record = *to_value(reported(result.proof), result.runs).record();
    record.emplace_back("assumptions", texts(assumed_of_components));
    record.emplace_back("not_claimed", texts(left_open));
    record.emplace_back("tie", Value(std::move(compared)));
    return record;
}

} // namespace mdcd::checker::cli
