// The part of the report of `mdcd prove` that is about recovery by messages and about links.
// All but times is the same in every run.
#include "checker/cli/prove_agreement_report.hpp"

#include <algorithm>
#include <ostream>

#include "checker/cli/text_table.hpp"
#include "model/inputs/rules_file.hpp"

namespace mdcd::checker::cli {

namespace agreement = model::proof::agreement;
namespace link = model::proof::link;

namespace {

template <class Proof> const char* agreement_word(const Proof& proof) {
    return proof.proved() ? "proved" : proof.refuted.empty() ? "inconclusive" : "not proved";
}

} // namespace

ProofOfAgreement prove_agreement(const impl::Rules& rules, std::uint64_t seed, std::uint64_t walks,
                                 const smt::InductionOptions& induction) {
    ProofOfAgreement result;
    result.proof = agreement::prove({.induction = induction});
    impl::Rules protocol = rules;
    model::set_rule(protocol, "stop_low=detector_only"); // no new version is there that would have to reply
    const std::vector<agreement::Action> actions = agreement::actions();
    result.tie = agreement::tie(
        actions, {.protocol = protocol, .seed = seed, .walks = walks, .judge_lemmas = result.proof.proved()});
    result.link = link::prove({.induction = induction});
    result.link_tie = link::tie(link::actions(), {.seed = seed, .walks = walks, .judge_lemmas = result.link.proved()});
    return result;
}

ExitCode exit_code_of(const ProofOfAgreement& result) {
    if (!result.proof.refuted.empty() || !result.tie.failure.empty() || !result.link.refuted.empty() ||
        !result.link_tie.failure.empty())
        return ExitCode::violated;
    const bool is_met = result.tie.not_met().empty() && result.link_tie.not_met().empty();
    return result.proof.proved() && result.link.proved() && is_met ? ExitCode::as_expected : ExitCode::inconclusive;
}

namespace {

// Claims, lemmas, and what is not so.
template <class Proof, class Claims, class Lemmas>
void print_argument(std::ostream& out, const Proof& proof, const Claims& claims, const Lemmas& lemmas,
                    std::size_t actions) {
    std::size_t width = 0;
    for (const auto& each : claims)
        width = std::max(width, std::string(each.name).size());
    for (const auto& each : claims) {
        const bool follows = std::ranges::find(proof.proved_claims, each.name) != proof.proved_claims.end();
        out << "  " << padded(each.name, width) << ' ' << (follows ? "follows" : "does not follow") << ": "
            << each.sentence << '\n';
    }
    out << "  lemmas, of " << actions << " actions:";
    for (const auto& each : lemmas)
        out << ' ' << each.name;
    out << '\n';
    for (const std::string& each : proof.refuted)
        out << "  refuted: " << each << '\n';
    for (const std::string& each : proof.unknown)
        out << "  unknown: " << each << '\n';
}

} // namespace

void print_text(std::ostream& out, const ProofOfAgreement& result) {
    out << "recovery by messages, any number of processes: " << agreement_word(result.proof) << '\n';
    print_argument(out, result.proof, agreement::claims(), agreement::lemmas(), agreement::action_count);
    out << "  assumed: every process that may coordinate takes part; new versions are not among those looked at\n";
    if (!result.tie.failure.empty())
        out << "  the proof does not fit the implementation: " << result.tie.failure << '\n';
    else
        out << "  tie: " << grouped(result.tie.events) << " events of the implementation fit the actions, in "
            << grouped(result.tie.windows) << " windows; " << grouped(result.tie.recoveries) << " recoveries, "
            << grouped(result.tie.yields) << " coordinators that give way\n";
    for (const std::string& each : result.tie.not_met())
        out << "  not compared: " << each << '\n';
    out << "\na link, any number of messages and crashes: " << agreement_word(result.link) << '\n';
    print_argument(out, result.link, link::claims(), link::lemmas(), link::action_count);
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
    return Value::Record{{"verdict", agreement_word(result.proof)},
                         {"claims", texts(result.proof.proved_claims)},
                         {"refuted", texts(result.proof.refuted)},
                         {"unknown", texts(result.proof.unknown)},
                         {"tie", Value::Record{{"events", number(result.tie.events)},
                                               {"windows", number(result.tie.windows)},
                                               {"recoveries", number(result.tie.recoveries)},
                                               {"yields", number(result.tie.yields)},
                                               {"not_met", texts(result.tie.not_met())},
                                               {"failure", result.tie.failure}}},
                         {"link", Value::Record{{"verdict", agreement_word(result.link)},
                                                {"claims", texts(result.link.proved_claims)},
                                                {"refuted", texts(result.link.refuted)},
                                                {"unknown", texts(result.link.unknown)},
                                                {"steps", number(result.link_tie.steps)},
                                                {"windows", number(result.link_tie.windows)},
                                                {"not_met", texts(result.link_tie.not_met())},
                                                {"failure", result.link_tie.failure}}}};
}

} // namespace mdcd::checker::cli
