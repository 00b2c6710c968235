// Walks, then minimizes and writes what the walks found.
// Prints nothing.
#include "model/check/simulation.hpp"

#include "checker/minimize.hpp"
#include "model/runs/shorten.hpp"
#include "model/runs/trace_writer.hpp"

namespace mdcd::model {

using checker::Verdict;

Simulation simulate(const Scope& scope, const NamedRules& rules, const SimulationOptions& options) {
    const System system(scope, rules.rules);
    Simulation result{.scope = scope,
                      .rules = rules,
                      .report = checker::random_walks(system, options.walk),
                      .properties = {},
                      .walked_steps = {},
                      .coverage_points = {}};
    const auto points = system.coverage_points();
    result.coverage_points.assign(points.begin(), points.end());
    const auto key = [&](const checker::GlobalState& state, const checker::Enabled& enabled) {
        return content_key(system, state, enabled);
    };
    for (std::size_t position = 0; position < system.properties().size(); ++position) {
        if (!applies(property_at(position), scope, rules.rules))
            continue;
        const checker::PropertyVerdict& found = result.report.verdicts[position];
        CheckedProperty& checked = result.properties.emplace_back();
        checked.property = system.properties()[position];
        checked.verdict = found.verdict;
        checked.reason = found.reason;
        result.walked_steps.push_back(found.path ? found.path->firings.size() : 0);
        if (!found.path)
            continue;
        const bool settled = found.verdict == Verdict::violated || found.verdict == Verdict::reached;
        const checker::Path path =
            settled && options.minimize ? checker::minimize(system, *found.path, position, key, {}).path : *found.path;
        checked.trace = make_trace(system, path, property_at(position), found.verdict,
                                   {.tool_version = options.tool_version, .rules_name = rules.name});
    }
    return result;
}

} // namespace mdcd::model
