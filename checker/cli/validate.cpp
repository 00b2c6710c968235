// `mdcd validate`: the logs of a real run, judged by the handlers that the checker explores.
// Judges nothing itself.
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "checker/cli/output_places.hpp"
#include "checker/cli/show_run.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/whole_file.hpp"
#include "traces/characters.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

struct ValidateOptions {
    std::string folder;
    std::string trace; // "": none is written
    RunWindow window{0, window_steps_max, ""};
    bool has_window = false;
};

ExitCode validate(const ValidateOptions& options) {
    if (options.has_window && options.trace.empty())
        throw UsageError("--from, --steps and --around say which events are in the trace: expected --trace FILE");
    ShownRun run;
    if (options.trace.empty()) {
        run = validated_run(options.folder);
    } else {
        expect_distinct(files_of_run(options.folder), {options.trace});
        try_file(options.trace);
        run = shown_run(options.folder, options.window);
        write_whole_file(options.trace, traces::write_trace(run.trace));
    }
    std::cout << (run.wrong.empty() ? run.summary : traces::printable(run.wrong) + "\n");
    if (!options.trace.empty())
        std::cout << options.trace << ": " << run.trace.claim << "\n";
    return run.wrong.empty() ? ExitCode::as_expected : ExitCode::violated;
}

} // namespace

void add_validate(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "validate", "Runs the logs of a real run again on the handlers, compares every step, and judges the claims");
    const auto options = std::make_shared<ValidateOptions>();
    command->add_option("DIR", options->folder, "The folder of a run (mdcd run --dir)")->required()->type_name("DIR");
    command
        ->add_option("--trace", options->trace,
                     "Write the run as a trace: its last 5,000 events, or those before what is wrong")
        ->type_name("FILE");
    std::vector<CLI::Option*> window = {
        command->add_option("--from", options->window.from, "Of the trace: from that event on; 0: the last ones")
            ->type_name("N"),
        command->add_option("--steps", options->window.steps, "Of the trace: at most so many events")->type_name("N"),
        command->add_option("--around", options->window.around, "Of the trace: around the first event of that name")
            ->type_name("NAME")};
    command->footer(
        "What the devices got (output.ndjson) is compared, too; the databases of the processes are not looked at.\n"
        "Claims, on the consistent cuts that the run passed through: containment, no_unvalidated_after_recovery,\n"
        "no_orphan, nothing_lost, nothing_twice, output_exactly_once, one_outcome, clean_between_upgrades.\n"
        "mdcd show draws the trace, and mdcd explore serves it as a page to step through.\n"
        "Exit codes: 0 every step is what the handlers do and every claim holds, 10 a process did something else or a\n"
        "claim does not hold, 65 the logs or outputs are empty, cut, have gaps, or are not of one run.\n"
        "Examples:\n  mdcd validate run\n  mdcd validate run --trace run.json && mdcd explore run.json");
    command->callback([options, window, &exit_code] {
        for (const CLI::Option* const each : window)
            options->has_window |= each->count() > 0;
        exit_code = validate(*options);
    });
}

} // namespace mdcd::checker::cli
