// Writes trace documents and replays them.
#include "model/trace_writer.hpp"

#include <algorithm>

#include "checker/invariant.hpp"
#include "checker/path.hpp"
#include "model/conclusion.hpp"
#include "model/rules_file.hpp"
#include "model/state_value.hpp"

namespace mdcd::model {

using checker::Verdict;

namespace {

bool is_true(const System& system, const checker::GlobalState& state, PropertyId property) {
    return (checker::judge(system, state) >> static_cast<unsigned>(property) & 1) != 0;
}

void conclude(traces::Trace& trace, const System& system, const RunWriter& run, PropertyId property) {
    Conclusion conclusion = model::conclude(system, run, property);
    trace.recovery = std::move(conclusion.recovery);
    trace.findings = std::move(conclusion.findings);
    if (property <= PropertyId::no_cascading_rollback && trace.verdict == "violated")
        trace.hypothesis = checker::ask(system, run.state(), [&](auto summaries) {
            return native_hypothesis(system.view(summaries));
        });
}

// What an action does, without the names that the writer gives to messages.
std::string enabled_list(const std::vector<Move>& moves) {
    std::string text;
    for (const Move& move : moves)
        text += "\n    " + move.action.text;
    return text.empty() ? " nothing" : text;
}

} // namespace

traces::Trace make_trace(const System& system, const checker::Path& path, PropertyId property, Verdict verdict,
                         const TraceOptions& options) {
    RunWriter run(system, options.whole_states);
    traces::Trace trace;
    trace.tool_version = options.tool_version;
    trace.scope_name = system.scope().name;
    trace.rules_name = options.rules_name;
    trace.scope = to_value(system.scope());
    trace.rules = to_value(system.rules());
    const checker::Property& claim = all_properties()[static_cast<std::size_t>(property)];
    trace.property = claim.name;
    trace.claim = claim.rationale;
    trace.verdict = verdict == Verdict::reached ? "reached" : verdict == Verdict::error ? "error" : "violated";
    for (const impl::ProcessId process : system.layout().processes())
        trace.processes.push_back(name_of(process));
    trace.initial_digest = digest_of(run.state());
    trace.initial_state = state_value(system.layout(), run.state());

    for (const checker::Firing& firing : path.firings) {
        const std::vector<Move> moves = run.moves();
        const auto move = std::ranges::find(moves, firing, &Move::firing);
        invariant(move != moves.end(), "a step of a counterexample is not enabled when it is run again");
        run.advance(*move);
    }
    if (verdict != Verdict::error)
        invariant(is_true(system, run.state(), property) == (verdict == Verdict::reached),
                  "the last state of a counterexample is judged differently when it is run again");
    trace.steps = run.steps();
    conclude(trace, system, run, property);
    return trace;
}

std::optional<ReplayDifference> replay(const traces::Trace& trace, const std::string& file) {
    const Scope scope = scope_from(trace.scope, file);
    const impl::Rules rules = all_rules_from(trace.rules, file, "$.rules");
    const auto properties = all_properties();
    const auto claim = std::ranges::find(properties, trace.property, &checker::Property::name);
    if (claim == properties.end())
        return ReplayDifference{0, "there is no property '" + trace.property + "'"};
    const System system(scope, rules);
    RunWriter run(system);
    if (digest_of(run.state()) != trace.initial_digest)
        return ReplayDifference{0, "the initial state differs: digest " + digest_of(run.state()) + ", the trace has " +
                                       trace.initial_digest};
    for (std::size_t position = 0; position < trace.steps.size(); ++position) {
        const traces::Step& expected = trace.steps[position];
        const std::vector<Move> moves = run.moves();
        const auto move = std::ranges::find_if(
            moves, [&](const Move& each) { return each.action.text == expected.action.text; });
        if (move == moves.end())
            return ReplayDifference{position + 1, "'" + expected.action.text + "' is not enabled; enabled are" +
                                                      enabled_list(moves)};
        run.advance(*move);
        traces::Step actual = run.steps().back();
        if (actual.digest != expected.digest)
            return ReplayDifference{position + 1, "the state after '" + expected.action.text + "' differs: digest " +
                                                      actual.digest + ", the trace has " + expected.digest};
        if (actual.action != expected.action)
            return ReplayDifference{position + 1, "what '" + expected.action.text + "' did is told differently"};
        if (actual.changes != expected.changes)
            return ReplayDifference{position + 1, "the changes of '" + expected.action.text + "' differ"};
    }
    const auto property = static_cast<PropertyId>(claim - properties.begin());
    const bool truth = is_true(system, run.state(), property);
    if (trace.verdict == "violated" && truth)
        return ReplayDifference{trace.steps.size(), "the last state does not violate " + trace.property};
    if (trace.verdict == "reached" && !truth)
        return ReplayDifference{trace.steps.size(), "the last state does not reach " + trace.property};
    traces::Trace again;
    again.verdict = trace.verdict;
    conclude(again, system, run, property);
    if (again.recovery != trace.recovery || again.findings != trace.findings)
        return ReplayDifference{trace.steps.size(), "what recovery would do, or what is wrong with it, is told differently"};
    return std::nullopt;
}

} // namespace mdcd::model
