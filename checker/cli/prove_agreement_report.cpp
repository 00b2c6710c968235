// The part of the report of `mdcd prove` that is about recovery by messages, about upgrades and about links.
// All but times is the same in every run.
#include "checker/cli/prove_agreement_report.hpp"

#include <algorithm>
#include <ostream>

#include "checker/cli/text_table.hpp"
#include "model/inputs/rules_file.hpp"

namespace mdcd::checker::cli {

namespace agreement = model::proof::agreement;
namespace change = model::proof::change;
namespace link = model::proof::link;

namespace {

// What is asked about each value of the rule that says who takes part.
model::proof::agreement::TieReport tie_agreement(const impl::Rules& rules, const agreement::TieOptions& options) {
    const std::vector<agreement::Action> actions = agreement::actions();
    agreement::TieReport all;
    for (const char* const value : {"stop_low=all_first", "stop_low=detector_only"}) {
        agreement::TieOptions each = options;
        each.protocol = rules;
        model::set_rule(each.protocol, value);
        all.add(agreement::tie(actions, each));
    }
    return all;
}

} // namespace

ProofOfAgreement prove_agreement(const AgreementOptions& options) {
    const auto kept_of = [&](const auto& lemmas) { // of one proof: the others' lemmas mean nothing to it
        std::vector<std::string> names;
        for (const auto& each : lemmas)
            if (std::ranges::find(options.without, each.name) != options.without.end())
                names.emplace_back(each.name);
        return names;
    };
    ProofOfAgreement result;
    result.proof = agreement::prove({.without = kept_of(agreement::lemmas()), .induction = options.induction});
    result.tie = tie_agreement(options.rules, {.protocol = options.rules,
                                               .seed = options.seed,
                                               .walks = options.walks,
                                               .failures = result.proof.refutations(),
                                               .judge_lemmas = result.proof.proved()});
    const std::vector<change::Action> changes = change::actions(options.upgrade_rules);
    result.change =
        change::prove({.without = kept_of(change::lemmas()), .actions = changes, .induction = options.induction});
    result.change_tie = change::tie(changes, {.protocol = options.rules,
                                              .upgrade_rules = options.upgrade_rules,
                                              .seed = options.seed,
                                              .walks = options.walks,
                                              .failures = result.change.refutations(),
                                              .judge_lemmas = result.change.proved()});
    result.link = link::prove({.without = kept_of(link::lemmas()), .induction = options.induction});
    result.link_tie = link::tie(link::actions(), {.seed = options.seed,
                                                  .walks = options.walks,
                                                  .failures = result.link.refutations(),
                                                  .judge_lemmas = result.link.proved()});
    return result;
}

ExitCode exit_code_of(const ProofOfAgreement& result) {
    if (result.proof.refuted() || !result.tie.failure.empty() || result.change.refuted() ||
        !result.change_tie.failure.empty() || result.link.refuted() || !result.link_tie.failure.empty())
        return ExitCode::violated;
    const bool is_met =
        result.tie.not_met().empty() && result.change_tie.not_met().empty() && result.link_tie.not_met().empty();
    return result.proof.proved() && result.change.proved() && result.link.proved() && is_met ? ExitCode::as_expected
                                                                                             : ExitCode::inconclusive;
}

namespace {

// Claims, lemmas, and what is not so.
void print_argument(std::ostream& out, const ReportedProof& proof, const RunsToFailures& runs, bool quiet) {
    std::size_t width = 0;
    for (const ReportedRow& each : proof.claims)
        width = std::max(width, each.name.size());
    for (const ReportedRow& each : proof.claims)
        out << "  " << padded(each.name, width) << ' '
            << (each.cells.front().verdict == smt::Finding::Verdict::proved ? "follows" : "does not follow") << ": "
            << each.sentence << '\n';
    print_table(out, proof);
    print_failures(out, proof, runs, quiet);
}

void print_changes(std::ostream& out, const ProofOfAgreement& result, bool quiet) {
    const ReportedProof changes = reported(result.change);
    const change::TieReport& tie = result.change_tie;
    out << "\nbegin, commit, abort and recovery of upgrades, any number of seats: " << decision_word(changes) << '\n';
    print_argument(out, changes, tie.met, quiet);
    if (!tie.failure.empty())
        out << "  the proof does not fit the implementation: " << tie.failure << '\n';
    else
        out << "  tie: " << grouped(tie.events) << " events of the implementation fit the actions, in "
            << grouped(tie.windows) << " windows; " << grouped(tie.begun) << " upgrades begun, "
            << grouped(tie.unchanged) << " refused, " << grouped(tie.committed) << " committed, "
            << grouped(tie.recovered) << " recovered\n";
    for (const std::string& each : tie.not_met())
        out << "  not compared: " << each << '\n';
}

} // namespace

void print_text(std::ostream& out, const ProofOfAgreement& result, bool quiet) {
    const ReportedProof recovery = reported(result.proof);
    out << "recovery by messages, any number of processes: " << decision_word(recovery) << '\n';
    print_argument(out, recovery, result.tie.met, quiet);
    out << "  assumed: new versions take part in the first recovery, or only one of them may announce it\n";
    if (!result.tie.failure.empty())
        out << "  the proof does not fit the implementation: " << result.tie.failure << '\n';
    else
        out << "  tie: " << grouped(result.tie.events) << " events of the implementation fit the actions, in "
            << grouped(result.tie.windows) << " windows; " << grouped(result.tie.recoveries) << " recoveries, "
            << grouped(result.tie.yields) << " coordinators that give way, " << grouped(result.tie.handed_on)
            << " that hand on what they hear\n";
    for (const std::string& each : result.tie.not_met())
        out << "  not compared: " << each << '\n';
    print_changes(out, result, quiet);
    const ReportedProof of_link = reported(result.link);
    out << "\na link, any number of messages and crashes: " << decision_word(of_link) << '\n';
    print_argument(out, of_link, result.link_tie.met, quiet);
    out << "  assumed: what is stored is stored whole, with the state of the process, and is not lost\n";
    if (!result.link_tie.failure.empty())
        out << "  the proof does not fit the implementation: " << result.link_tie.failure << '\n';
    else
        out << "  tie: " << grouped(result.link_tie.steps) << " steps of two ends fit the actions, in "
            << grouped(result.link_tie.windows) << " windows; " << grouped(result.link_tie.duplicates)
            << " frames that brought what was known\n";
    for (const std::string& each : result.link_tie.not_met())
        out << "  not compared: " << each << '\n';
    out << '\n';
}

traces::Value to_value(const ProofOfAgreement& result) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const auto texts = [](const std::vector<std::string>& all) {
        Value::List list;
        for (const std::string& each : all)
            list.emplace_back(each);
        return Value(std::move(list));
    };
    Value::Record recovery = *to_value(reported(result.proof), result.tie.met).record();
    recovery.emplace_back("tie", Value::Record{{"events", number(result.tie.events)},
                                               {"windows", number(result.tie.windows)},
                                               {"recoveries", number(result.tie.recoveries)},
                                               {"yields", number(result.tie.yields)},
                                               {"handed_on", number(result.tie.handed_on)},
                                               {"not_met", texts(result.tie.not_met())},
                                               {"failure", result.tie.failure}});
    Value::Record of_changes = *to_value(reported(result.change), result.change_tie.met).record();
    of_changes.emplace_back("tie", Value::Record{{"events", number(result.change_tie.events)},
                                                 {"windows", number(result.change_tie.windows)},
                                                 {"begun", number(result.change_tie.begun)},
                                                 {"unchanged", number(result.change_tie.unchanged)},
                                                 {"committed", number(result.change_tie.committed)},
                                                 {"recovered", number(result.change_tie.recovered)},
                                                 {"not_met", texts(result.change_tie.not_met())},
                                                 {"failure", result.change_tie.failure}});
    Value::Record of_link = *to_value(reported(result.link), result.link_tie.met).record();
    of_link.emplace_back("steps", number(result.link_tie.steps));
    of_link.emplace_back("windows", number(result.link_tie.windows));
    of_link.emplace_back("not_met", texts(result.link_tie.not_met()));
    of_link.emplace_back("failure", result.link_tie.failure);
    recovery.emplace_back("upgrades", Value(std::move(of_changes)));
    recovery.emplace_back("link", Value(std::move(of_link)));
    return recovery;
}

} // namespace mdcd::checker::cli
