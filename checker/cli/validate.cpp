// `mdcd validate`: the logs of a real run, judged by the handlers that the checker explores.
// Judges nothing itself.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "checker/cli/counted.hpp"
#include "checker/cli/node/validation.hpp"
#include "checker/cli/subcommands.hpp"
#include "traces/characters.hpp"

namespace mdcd::checker::cli {
namespace {

std::string endings_text(std::string endings) {
    std::ranges::replace(endings, ' ', '+');
    return endings;
}

ExitCode validate(const std::string& folder) {
    node::Validation result;
    try {
        result = node::validate_logs(folder);
    } catch (const node::Deviation& deviation) {
        std::cout << traces::printable(deviation.what()) << "\n";
        return ExitCode::violated;
    }
    std::uint64_t steps = 0;
    for (const node::ValidatedProcess& each : result.processes) {
        std::cout << each.name << ": " << counted(each.steps, "step") << ", " << counted(each.restarts, "restart")
                  << ", "
                  << (each.endings.empty() ? counted(each.recoveries, "recovery", "recoveries")
                                           : endings_text(each.endings))
                  << ", " << counted(each.outputs, "output") << "\n";
        steps += each.steps;
    }
    std::cout << folder << ": " << steps << " steps of " << result.processes.size() << " processes of " << result.system
              << " are what the handlers do; " << result.received
              << " messages were received as they were sent, in order, once; " << result.under_way
              << " were under way at the end; every claim holds on " << result.cuts << " consistent cuts\n";
    return ExitCode::as_expected;
}

} // namespace

void add_validate(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "validate", "Runs the logs of a real run again on the handlers, compares every step, and judges the claims");
    const auto folder = std::make_shared<std::string>();
    command->add_option("DIR", *folder, "The folder of a run (mdcd run --dir)")->required()->type_name("DIR");
    command->footer(
        "What the devices got (output.ndjson) is compared, too; the databases of the processes are not looked at.\n"
        "Claims, on the consistent cuts that the run passed through: containment, no_unvalidated_after_recovery,\n"
        "no_orphan, nothing_lost, nothing_twice, output_exactly_once, one_outcome, clean_between_upgrades.\n"
        "Exit codes: 0 every step is what the handlers do and every claim holds, 10 a process did something else or a\n"
        "claim does not hold, 65 the logs or outputs are empty, cut, have gaps, or are not of one run.\n"
        "Examples:\n  mdcd validate run");
    command->callback([folder, &exit_code] { exit_code = validate(*folder); });
}

} // namespace mdcd::checker::cli
