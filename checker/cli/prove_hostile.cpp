// The report of the proof about a hostile cluster: which lemma stays true with which action, and what each part of the
// line of defence is needed for. All but times is the same in every run.
#include "checker/cli/prove_hostile.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "checker/cli/text_table.hpp"
#include "model/inputs/library.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

namespace boundary = model::proof::boundary;

namespace {

constexpr std::array taken_for_granted = {
    "the cluster sends anything to anybody at any time, in the name of anybody, as long as a link can carry it",
    "acceptance tests of active processes prove what is in their past; the detector may miss everything",
    "old versions and active processes are correct; their channels lose and duplicate nothing",
    "numbers do not overflow, and no array or log is full; a vector has an entry for each channel",
    "actions are what impl/boundary.hpp and the handlers after it do: compared below, not proved",
};

void print_part(std::ostream& out, const WithoutPart& each) {
    out << "  " << padded(each.part.rule + "=" + each.part.value, 34)
        << (each.proof.proved() ? "contained all the same" : decision_word(reported(each.proof))) << '\n';
    // For each action the lemmas that it does not keep.
    std::string last;
    for (const std::string& refutation : each.proof.refutations()) {
        const std::size_t colon = refutation.find(": ");
        const std::string action = refutation.substr(0, colon);
        if (action == last) {
            out << ", " << refutation.substr(colon + 2);
            continue;
        }
        out << (last.empty() ? "" : "\n") << "      " << action;
        if (colon != std::string::npos)
            out << " does not keep " << refutation.substr(colon + 2);
        last = action;
    }
    out << (last.empty() ? "" : "\n");
    if (!each.tie.failure.empty())
        out << "      does not fit the implementation: " << each.tie.failure << '\n';
    if (!each.run.events.empty()) {
        out << "      a run to a state in which it is false:\n";
        for (std::size_t event = 0; event < each.run.events.size(); ++event)
            out << "        " << event + 1 << "  " << each.run.events[event] << '\n';
    } else if (each.run.runs > 0 && !each.proof.proved()) {
        out << "      no such run among " << grouped(each.run.runs) << " random ones (" << grouped(each.run.states)
            << " states)\n";
    }
}

boundary::TieOptions tie_options(const HostileArguments& arguments, const impl::BoundaryRules& rules) {
    return {.protocol = arguments.rules.rules, .rules = rules, .seed = arguments.seed};
}

} // namespace

HostileResult prove_hostile(const HostileArguments& arguments) {
    const auto prove = [&](const impl::BoundaryRules& rules) {
        return boundary::prove({.rules = rules, .without = arguments.without, .induction = arguments.induction});
    };
    HostileResult result;
    result.proof = prove({});
    boundary::TieOptions options = tie_options(arguments, {});
    options.walks = arguments.walks * 2;
    options.judge_lemmas = result.proof.proved();
    if (arguments.runs_max > 0)
        options.failures = result.proof.refutations();
    result.tie = boundary::tie(boundary::actions(), options);
    result.not_met = result.tie.not_met(boundary::actions());
    for (const boundary::Weakening& part : boundary::weakenings()) {
        WithoutPart& without = result.parts.emplace_back(WithoutPart{part, prove(part.rules), {}, {}});
        options = tie_options(arguments, part.rules);
        options.walks = (arguments.walks + 1) / 2;
        options.judge_lemmas = without.proof.proved();
        without.tie = boundary::tie(boundary::actions(part.rules), options);
        without.run = boundary::find_run(arguments.rules.rules, part.rules, arguments.seed, arguments.runs_max);
    }
    return result;
}

// A part that is not needed is no failure; an implementation that does something else without it is one.
ExitCode exit_code_of(const HostileResult& result) {
    const auto has_failed = [](const WithoutPart& each) { return !each.tie.failure.empty(); };
    if (result.proof.refuted() || !result.tie.failure.empty() || std::ranges::any_of(result.parts, has_failed))
        return ExitCode::violated;
    const bool unknown = std::ranges::any_of(
        result.parts, [](const WithoutPart& each) { return !each.proof.refuted() && each.proof.unknown(); });
    return result.proof.unknown() || unknown || !result.not_met.empty() ? ExitCode::inconclusive
                                                                        : ExitCode::as_expected;
}

void print_text(std::ostream& out, const HostileArguments& arguments, const HostileResult& result) {
    out << "a hostile cluster, any number of messages, components and active processes; after the line of defence: "
           "rules "
        << arguments.rules.name << '\n';
    for (const std::string& name : arguments.without)
        out << "without lemma " << name << '\n';
    out << '\n'
        << boundary::claim_name << ": " << boundary::claim_sentence << ": " << decision_word(reported(result.proof))
        << '\n';
    const ReportedProof proof = reported(result.proof);
    print_table(out, proof);
    print_failures(out, proof, result.tie.met, arguments.quiet);
    for (const char* each : taken_for_granted)
        out << "  assumed: " << each << '\n';
    if (!result.tie.failure.empty())
        out << "  the proof does not fit the implementation: " << result.tie.failure << '\n';
    else
        out << "  tie: " << grouped(result.tie.events) << " events of the implementation, on random runs and in states "
            << "altered, fit the actions, in " << grouped(result.tie.windows) << " windows; the claim is true where it "
            << "says so, in " << grouped(result.tie.judged_states) << " states\n";
    for (const std::string& each : result.not_met)
        out << "  not compared: " << each << '\n';
    out << "\nwithout one part of the line of defence, each compared with the implementation as well:\n";
    smt::Statistics statistics = result.proof.statistics;
    for (const WithoutPart& each : result.parts) {
        print_part(out, each);
        statistics.add(each.proof.statistics);
    }
    out << "\nnot claimed: that nothing is lost or received twice, that a recovery ends, or that there is only one\n"
        << "Z3: " << grouped(statistics.queries) << " questions, " << statistics.unknowns << " unknown, "
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

void print_json(std::ostream& out, const HostileArguments& arguments, const HostileResult& result) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const auto texts = [](const auto& all) {
        Value::List list;
        for (const auto& each : all)
            list.emplace_back(std::string(each));
        return Value(std::move(list));
    };
    Value::List parts;
    for (const WithoutPart& each : result.parts)
        parts.emplace_back(Value::Record{{"rule", each.part.rule},
                                         {"value", each.part.value},
                                         {"verdict", decision_word(reported(each.proof))},
                                         {"refuted", texts(each.proof.refutations())},
                                         {"run", texts(each.run.events)},
                                         {"runs", number(each.run.runs)},
                                         {"failure", each.tie.failure}});
    out << traces::to_json(Value::Record{
        {"cluster", "hostile"},
        {"rules", Value::Record{{"name", arguments.rules.name}, {"values", model::to_value(arguments.rules.rules)}}},
        {"without", texts(arguments.without)},
        {"claim", boundary::claim_name},
        {"verdict", decision_word(reported(result.proof))},
        {"refuted", texts(result.proof.refutations())},
        {"proof", to_value(reported(result.proof), result.tie.met)},
        {"certificate", result.certificate.empty()
                            ? Value()
                            : Value(Value::Record{{"folder", result.certificate}, {"hash", result.certificate_hash}})},
        {"assumptions", texts(taken_for_granted)},
        {"tie", Value::Record{{"events", number(result.tie.events)},
                              {"windows", number(result.tie.windows)},
                              {"judged_states", number(result.tie.judged_states)},
                              {"not_met", texts(result.not_met)},
                              {"failure", result.tie.failure}}},
        {"without_part", Value(std::move(parts))},
        {"exit_code", static_cast<int>(exit_code_of(result))}});
}

} // namespace mdcd::checker::cli
