// Finds the firings that a trace names, has them minimized, and writes the shorter run as a trace again.
// Knows nothing of how firings are left out.
#include "model/runs/shorten.hpp"

#include <algorithm>

#include "checker/minimize.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/family_trace.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/state/encoding.hpp"
#include "model/state/local.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {
namespace {

checker::Path path_of(const traces::Trace& trace, const System& system, const std::string& file) {
    RunWriter run(system);
    checker::Path path;
    for (std::size_t position = 0; position < trace.steps.size(); ++position) {
        const std::string& text = trace.steps[position].action.text;
        const std::vector<Move> moves = run.moves();
        const auto move = std::ranges::find_if(moves, [&](const Move& each) { return each.action.text == text; });
        if (move == moves.end())
            throw traces::FileError(file, "$.steps[" + std::to_string(position) + "].action.text",
                                    "'" + text + "' is not enabled there; `mdcd replay` says what is");
        path.firings.push_back(move->firing);
        run.advance(*move);
    }
    return path;
}

} // namespace

std::string content_key(const System& system, const checker::GlobalState& state, const checker::Enabled& enabled) {
    const Layout& layout = system.layout();
    const checker::StepIndex index = enabled.firing.step;
    std::string key = layout.steps()[index].name;
    for (const auto& send : enabled.outcome.sends)
        key += " >" + layout.slots()[send.slot].name;
    if (layout.step_places()[index].kind == StepKind::shadow_generate) {
        const auto local = decode<ShadowLocal>(enabled.outcome.writes.front().bytes);
        if (const auto* const logged = last_generated(local.process))
            key += " >" + name_of(logged->receiver);
    }
    if (layout.steps()[index].takes) { // application messages and notifications are different events
        const auto messages = checker::messages_to_take(layout.slots(), layout.steps()[index], state);
        constexpr std::array kinds{"", " passed_AT", " announcement", " reply", " decision", " low_number"};
        key += kinds[static_cast<std::size_t>(decode<Message>(messages[enabled.firing.taken]).kind)];
    }
    return key;
}

namespace {

Shortened shorten_of_family(const traces::Trace& trace, const std::string& file, std::uint64_t search_states_max,
                            unsigned workers) {
    const FamilyCase what = case_of_trace(trace, file);
    const Family& family = family_of(what.scope);
    for (const checker::Property& each : family.properties(what))
        if (each.name == trace.property)
            expect_fit_verdict(trace, each, file);
    ShortenedFamilyRun run = family.shorten(what, trace, file, search_states_max, workers);
    return {.trace = std::move(run.trace), .replays = run.replays, .shortest = run.shortest};
}

} // namespace

Shortened shorten(const traces::Trace& trace, const std::string& file, std::uint64_t search_states_max,
                  unsigned workers) {
    if (is_of_a_family(trace))
        return shorten_of_family(trace, file, search_states_max, workers);
    const Scope scope = scope_from(trace.scope, file); // a mistake in it is told first
    const System system(scope, all_rules_from(trace.rules, file, "$.rules"));
    const auto properties = system.properties();
    const auto claim = std::ranges::find(properties, trace.property, &checker::Property::name);
    if (claim == properties.end())
        throw traces::FileError(file, "$.property", "there is no property '" + trace.property + "'");
    expect_fit_verdict(trace, *claim, file);
    const auto property = static_cast<std::size_t>(claim - properties.begin());
    const auto key = [&](const checker::GlobalState& state, const checker::Enabled& enabled) {
        return content_key(system, state, enabled);
    };
    try {
        const checker::Minimized minimized =
            checker::minimize(system, path_of(trace, system, file), property, key,
                              {.search_states_max = search_states_max, .workers = workers});
        const auto verdict =
            claim->kind == checker::PropertyKind::reachable ? checker::Verdict::reached : checker::Verdict::violated;
        return {.trace = make_trace(system, minimized.path, property_at(property), verdict,
                                    {.tool_version = trace.tool_version,
                                     .rules_name = trace.rules_name,
                                     .whole_states = !trace.steps.empty() && trace.steps.front().state.has_value()}),
                .replays = minimized.replays,
                .shortest = minimized.shortest};
    } catch (const std::invalid_argument&) {
        throw traces::FileError(file, "$.steps", "this run does not settle " + trace.property);
    }
}

} // namespace mdcd::model
