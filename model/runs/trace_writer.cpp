// Writes trace documents and replays them.
// Knows no file format.
#include "model/runs/trace_writer.hpp"

#include <algorithm>

#include "checker/invariant.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/family_trace.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/runs/conclusion.hpp"
#include "model/runs/told_hypothesis.hpp"
#include "model/state/state_value.hpp"
#include "model/termination.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

using checker::Verdict;

namespace {

bool is_true(const System& system, const checker::GlobalState& state, const AnyProperty& property) {
    if (property == AnyProperty(PropertyId::recovery_terminates))
        return !waits_for_ever(system, state);
    return (checker::judge(system, state) >> position_of(property) & 1) != 0;
}

void conclude(traces::Trace& trace, const System& system, const RunWriter& run, const AnyProperty& property) {
    Conclusion conclusion = model::conclude(system, run, property);
    trace.recovery = std::move(conclusion.recovery);
    trace.findings = std::move(conclusion.findings);
    const auto* id = std::get_if<PropertyId>(&property);
    if (id != nullptr && predicate_of(*id) <= PropertyId::no_cascading_rollback && trace.verdict == "violated")
        trace.hypothesis = checker::ask(system, run.state(),
                                        [&](auto summaries) { return native_hypothesis(*id, system.view(summaries)); });
}

// What an action does, without the names that the writer gives to messages.
std::string enabled_list(const std::vector<Move>& moves) {
    std::string text;
    for (const Move& move : moves)
        text += "\n    " + move.action.text;
    return text.empty() ? " nothing" : text;
}

} // namespace

namespace {

// What the trace says of the whole, against what it says when it is written anew.
std::optional<std::string> difference_in_whole(const traces::Trace& trace, const traces::Trace& again) {
    if (trace.initial_digest != again.initial_digest)
        return "the initial state differs: digest " + again.initial_digest + ", the trace has " + trace.initial_digest;
    if (trace.initial_state && trace.initial_state != again.initial_state)
        return "the initial state is told differently";
    if (trace.scope_name != again.scope_name)
        return "the name of the scope differs";
    if (trace.processes != again.processes)
        return "the processes differ";
    const std::vector<std::string> presets = preset_names();
    if (std::ranges::find(presets, trace.rules_name) != presets.end() &&
        trace.rules != to_value(preset(trace.rules_name).rules))
        return "the rules are not those of preset " + trace.rules_name;
    return std::nullopt;
}

// What can be said of the last state, by the kind of the property.
std::string verdicts_of(const checker::Property& property) {
    return property.kind == checker::PropertyKind::reachable ? "reached, not_reached" : "violated, holds";
}

// Whether the model still cannot say what is true of the last state, or what follows it.
bool fails_at_end(const System& system, const RunWriter& run, const AnyProperty& property) {
    try {
        static_cast<void>(run.moves());
        static_cast<void>(is_true(system, run.state(), property));
    } catch (const checker::ModelError&) {
        return true;
    }
    return false;
}

// The last state, judged again.
std::optional<std::string> difference_at_end(const traces::Trace& trace, const traces::Trace& again, bool truth) {
    if (trace.verdict == "violated" && truth)
        return "the last state does not violate " + trace.property;
    if (trace.verdict == "holds" && !truth)
        return "the last state violates " + trace.property;
    if (trace.verdict == "reached" && !truth)
        return "the last state does not reach " + trace.property;
    if (trace.verdict == "not_reached" && truth)
        return "the last state reaches " + trace.property;
    if (trace.claim != again.claim)
        return "the claim of " + trace.property + " is told differently";
    if (again.recovery != trace.recovery || again.findings != trace.findings)
        return "what recovery would do, or what is wrong with it, is told differently";
    return std::nullopt;
}

// The solver may have chosen another hypothesis than the native evaluation; it must be one under which the claim fails.
std::optional<std::string> difference_in_hypothesis(const traces::Trace& trace, const traces::Trace& again,
                                                    const System& system, const RunWriter& run,
                                                    const AnyProperty& property) {
    if (again.hypothesis.has_value() && !trace.hypothesis.has_value())
        return "the fault hypothesis is missing";
    if (!trace.hypothesis)
        return std::nullopt;
    const auto* id = std::get_if<PropertyId>(&property);
    if (id != nullptr && trace.verdict == "violated" && predicate_of(*id) == PropertyId::minimal_rollback &&
        trace.hypothesis->assignment == traces::Value(traces::Value::Record{}))
        return std::nullopt; // the solver's words for a better line: it needs no hypothesis
    if (id == nullptr || !again.hypothesis)
        return "there is a fault hypothesis, and this verdict does not depend on one";
    if (trace.hypothesis->found_by == "native")
        return trace.hypothesis == again.hypothesis ? std::nullopt
                                                    : std::optional<std::string>("the fault hypothesis is another one");
    const bool fails = checker::ask(system, run.state(), [&](auto summaries) {
        return fails_under(*id, system.view(summaries), trace.hypothesis->assignment);
    });
    return fails ? std::nullopt
                 : std::optional("the last state does not violate " + trace.property + " under the fault hypothesis " +
                                 to_text(trace.hypothesis->assignment));
}

// The head of a trace: everything but the run and what comes of it.
traces::Trace head_of(const System& system, const RunWriter& run, const AnyProperty& property) {
    traces::Trace trace;
    trace.scope_name = system.scope().name;
    trace.scope = to_value(system.scope());
    trace.rules = to_value(system.rules());
    const checker::Property& claim = system.properties()[position_of(property)];
    trace.property = claim.name;
    trace.claim = claim.rationale;
    for (const impl::ProcessId process : system.layout().processes())
        trace.processes.push_back(name_of(process));
    trace.initial_digest = digest_of(run.state());
    trace.initial_state = state_value(system.layout(), system.number_entries(), run.state());
    return trace;
}

// One step, run again; empty if it is the same to the last digit.
std::string difference_in_step(RunWriter& run, const traces::Step& expected) {
    const std::string quoted = "'" + expected.action.text + "'";
    const std::vector<Move> moves = run.moves();
    const auto is_it = [&](const Move& each) { return each.action.text == expected.action.text; };
    // Two notifications of one number may differ in how many outputs they tell of.
    auto move = std::ranges::find_if(
        moves, [&](const Move& each) { return is_it(each) && digest_of(each.after) == expected.digest; });
    if (move == moves.end())
        move = std::ranges::find_if(moves, is_it);
    if (move == moves.end())
        return quoted + " is not enabled; enabled are" + enabled_list(moves);
    run.advance(*move);
    const traces::Step& actual = run.steps().back();
    if (actual.digest != expected.digest)
        return "the state after " + quoted + " differs: digest " + actual.digest + ", the trace has " + expected.digest;
    if (actual.action != expected.action)
        return "what " + quoted + " did is told differently";
    if (actual.changes != expected.changes)
        return "the changes of " + quoted + " differ";
    if (expected.state && expected.state != actual.state)
        return "the state after " + quoted + " is told differently";
    return "";
}

} // namespace

traces::Trace make_trace(const System& system, const checker::Path& path, const AnyProperty& property, Verdict verdict,
                         const TraceOptions& options) {
    RunWriter run(system, options.whole_states);
    traces::Trace trace = head_of(system, run, property);
    trace.tool_version = options.tool_version;
    trace.rules_name = options.rules_name;
    trace.verdict = name_of(verdict);
    for (const checker::Firing& firing : path.firings) {
        const std::vector<Move> moves = run.moves();
        const auto move = std::ranges::find(moves, firing, &Move::firing);
        invariant(move != moves.end(), "a step of a counterexample is not enabled when it is run again");
        run.advance(*move);
    }
    if (verdict != Verdict::error)
        invariant(is_true(system, run.state(), property) == (verdict == Verdict::reached || verdict == Verdict::holds),
                  "the last state of a counterexample is judged differently when it is run again");
    trace.steps = run.steps();
    conclude(trace, system, run, property);
    return trace;
}

void expect_fit_verdict(const traces::Trace& trace, const checker::Property& property, const std::string& file) {
    const bool is_twin = property.kind == checker::PropertyKind::reachable;
    const bool of_twin = trace.verdict == "reached" || trace.verdict == "not_reached";
    if (trace.verdict != "error" && is_twin != of_twin)
        throw traces::FileError(file, "$.verdict",
                                "expected one of " + verdicts_of(property) + ", error, for " + property.name + " is " +
                                    (is_twin ? "something to be reached" : "a claim") + "; found \"" + trace.verdict +
                                    "\"");
}

namespace {

std::optional<ReplayDifference> replay_of_family(const traces::Trace& trace, const std::string& file) {
    const FamilyCase what = case_of_trace(trace, file);
    const Family& family = family_of(what.scope);
    for (const checker::Property& each : family.properties(what))
        if (each.name == trace.property)
            expect_fit_verdict(trace, each, file);
    if (const auto difference = difference_in_rules(trace))
        return ReplayDifference{0, *difference};
    return family.replay(what, trace);
}

} // namespace

std::optional<ReplayDifference> replay(const traces::Trace& trace, const std::string& file) {
    if (is_of_a_family(trace))
        return replay_of_family(trace, file);
    const Scope scope = scope_from(trace.scope, file);
    const impl::Rules rules = all_rules_from(trace.rules, file, "$.rules");
    const System system(scope, rules);
    const auto properties = system.properties();
    const auto claim = std::ranges::find(properties, trace.property, &checker::Property::name);
    if (claim == properties.end())
        return ReplayDifference{0, "there is no property '" + trace.property + "'"};
    expect_fit_verdict(trace, *claim, file);
    const AnyProperty property = property_at(static_cast<std::size_t>(claim - properties.begin()));
    RunWriter run(system, true);
    traces::Trace again = head_of(system, run, property);
    if (const auto difference = difference_in_whole(trace, again))
        return ReplayDifference{0, *difference};
    for (std::size_t position = 0; position < trace.steps.size(); ++position) {
        const std::string difference = difference_in_step(run, trace.steps[position]);
        if (!difference.empty())
            return ReplayDifference{position + 1, difference};
    }
    if (trace.verdict == "error")
        return fails_at_end(system, run, property)
                   ? std::nullopt
                   : std::optional(ReplayDifference{trace.steps.size(), "nothing fails in the last state"});
    again.verdict = trace.verdict;
    conclude(again, system, run, property);
    if (const auto difference = difference_at_end(trace, again, is_true(system, run.state(), property)))
        return ReplayDifference{trace.steps.size(), *difference};
    if (const auto difference = difference_in_hypothesis(trace, again, system, run, property))
        return ReplayDifference{trace.steps.size(), *difference};
    return std::nullopt;
}

} // namespace mdcd::model
