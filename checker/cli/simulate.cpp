// `mdcd simulate`: seeded random walks. They find what is there and never show that nothing is, so that a run without
// findings is inconclusive.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "checker/cli/check_options.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/trace_files.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/version.hpp"
#include "model/check/simulation.hpp"
#include "model/inputs/library.hpp"
#include "model/steps/coverage.hpp"

namespace mdcd::checker::cli {
namespace {

struct SimulateArguments {
    CheckArguments common; // scope, rules, set, trace_dir
    WalkOptions walk;
    bool as_walked = false;
    bool quiet = false;
};

void print(const model::Simulation& simulation, const TraceFiles& files, const SimulateArguments& arguments) {
    std::size_t width = 0;
    for (const model::CheckedProperty& each : simulation.properties)
        width = std::max(width, each.property.name.size());
    std::cout << "scope " << simulation.scope.name << ", rules " << simulation.rules.name << ", seed "
              << arguments.walk.seed << '\n';
    for (std::size_t position = 0; position < simulation.properties.size(); ++position) {
        const model::CheckedProperty& each = simulation.properties[position];
        if (arguments.quiet && !each.trace)
            continue;
        std::cout << "  " << each.property.name << std::string(width + 2 - each.property.name.size(), ' ');
        if (each.trace)
            std::cout << checker::name_of(each.verdict) << " in " << each.trace->steps.size() << " steps (walked "
                      << simulation.walked_steps[position] << ")  " << files[position] << '\n';
        else
            std::cout << "not seen: " << each.reason << '\n';
    }
    const WalkReport& report = simulation.report;
    std::cout << "sampled: " << report.walks << " walks, " << report.steps << " steps, about " << report.distinct_states
              << " distinct states" << (report.limit.empty() ? "" : ", ended by " + report.limit) << '\n';
    if (arguments.quiet)
        return;
    std::cout << "fired:";
    for (std::size_t point = 0; point < simulation.coverage_points.size(); ++point)
        if (report.coverage[point] > 0)
            std::cout << ' ' << simulation.coverage_points[point] << '=' << report.coverage[point];
    std::cout << "\nnever fired:";
    for (std::size_t point = 0; point < simulation.coverage_points.size(); ++point)
        if (report.coverage[point] == 0 && model::can_fire(point, simulation.scope, simulation.rules.rules))
            std::cout << ' ' << simulation.coverage_points[point];
    std::cout << '\n';
}

ExitCode simulate(SimulateArguments& arguments) {
    if (arguments.walk.walks_max == 0 && arguments.walk.seconds_max <= 0)
        throw UsageError("--walks 0 needs --max-seconds: without either the walks would not end");
    if (arguments.walk.steps_max == 0)
        throw UsageError("--steps 0: a walk has at least one step");
    const model::Scope scope = scope_of(arguments.common);
    const model::NamedRules rules = rules_of(arguments.common, scope);
    arguments.walk.interrupt = &interrupt_flag();
    try_trace_folder(arguments.common.trace_dir);
    const model::Simulation simulation = model::simulate(
        scope, rules, {.walk = arguments.walk, .minimize = !arguments.as_walked, .tool_version = version});
    PendingFiles pending;
    const TraceFiles files =
        add_traces(pending, simulation.properties, scope.name, rules.name, arguments.common.trace_dir);
    print(simulation, files, arguments);
    std::cout.flush();
    pending.write();
    if (simulation.report.limit == "interrupted")
        return ExitCode::interrupted;
    for (const model::CheckedProperty& each : simulation.properties)
        if (each.verdict == Verdict::violated || each.verdict == Verdict::error)
            return ExitCode::violated;
    return ExitCode::inconclusive;
}

} // namespace

void add_simulate(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("simulate", "Walks at random through a scope that is too large to exhaust");
    const auto arguments = std::make_shared<SimulateArguments>();
    command->add_option("SCOPE", arguments->common.scope, "A shipped scope by name, or a file")->required();
    command->add_option("--rules", arguments->common.rules, "A preset by name, or a file; default: the scope's")
        ->type_name("RULES");
    command->add_option("--set", arguments->common.set, "Change one rule (repeatable)")->type_name("RULE=VALUE");
    command
        ->add_option("--invariant", arguments->common.invariants,
                     "Judge this invariant, too: SMT-LIB 2 over `mdcd list vocabulary` (repeatable)")
        ->type_name("[NAME=]FILE");
    command->add_option("--seed", arguments->walk.seed, "Equal seeds give equal walks, with any number of workers")
        ->type_name("N");
    command->add_option("--walks", arguments->walk.walks_max, "How many; 0: as many as the time allows")
        ->type_name("N");
    command->add_option("--steps", arguments->walk.steps_max, "At most so many steps in each walk")->type_name("N");
    command
        ->add_option("--max-seconds", arguments->walk.seconds_max, "Begin no walk after so many seconds; 0: no limit")
        ->type_name("S");
    command->add_option("--workers", arguments->walk.workers, "Threads; 0: all cores")->type_name("N");
    command->add_option("--trace-dir", arguments->common.trace_dir, "Where counterexamples go")->type_name("DIR");
    command->add_flag("--as-walked", arguments->as_walked, "Keep counterexamples as they were walked, not minimized");
    command->add_flag("--quiet", arguments->quiet, "Print what was found and how much was walked, and no more");
    command->footer("Examples:\n"
                    "  mdcd simulate one-two --seed 7 --walks 10000\n"
                    "  mdcd simulate my-scope.json --walks 0 --max-seconds 60\n"
                    "Exit 10 if something was found, otherwise 20: a sample settles nothing.");
    command->callback([arguments, &exit_code] { exit_code = simulate(*arguments); });
}

} // namespace mdcd::checker::cli
