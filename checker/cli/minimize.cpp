// `mdcd minimize`: shortens a trace while it still violates the same property.
// Knows nothing of how a run is shortened.
#include <CLI/CLI.hpp>

#include <iostream>

#include "checker/cli/subcommands.hpp"
#include "checker/whole_file.hpp"
#include "model/runs/shorten.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

struct MinimizeArguments {
    std::string trace;
    std::string output;
    std::uint64_t search_states = 1'000'000;
    unsigned workers = 0;
};

ExitCode minimize(const MinimizeArguments& arguments) {
    const traces::Trace trace = traces::read_trace(traces::read_text_file(arguments.trace), arguments.trace);
    const std::string& file = arguments.output.empty() ? arguments.trace : arguments.output;
    try_file(file);
    const model::Shortened shortened =
        model::shorten(trace, arguments.trace, arguments.search_states, arguments.workers);
    std::cout << file << ": " << trace.steps.size() << " steps became " << shortened.trace.steps.size() << " in "
              << shortened.replays << " attempts; "
              << (shortened.shortest ? "no shorter run exists" : "no single step can be left out") << std::endl;
    write_whole_file(file, traces::write_trace(shortened.trace));
    return ExitCode::as_expected;
}

} // namespace

void add_minimize(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("minimize", "Shortens a trace while it still violates the same property");
    const auto arguments = std::make_shared<MinimizeArguments>();
    command->add_option("TRACE", arguments->trace, "A trace from any source")->required()->type_name("FILE");
    command->add_option("-o,--output", arguments->output, "Write here; default: over the trace itself")
        ->type_name("FILE");
    command
        ->add_option("--search-states", arguments->search_states,
                     "Then look for a shorter run among so many states; 0: do not")
        ->type_name("N");
    command->add_option("--workers", arguments->workers, "Threads of that search; 0: all cores")->type_name("N");
    command->footer("Examples:\n  mdcd minimize walk.json -o short.json");
    command->callback([arguments, &exit_code] { exit_code = minimize(*arguments); });
}

} // namespace mdcd::checker::cli
