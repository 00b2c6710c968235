// `mdcd replay`: runs a trace again on the implementation and stops at the first difference.
// Knows nothing of how states are compared.
#include <CLI/CLI.hpp>

#include <iostream>

#include "checker/cli/subcommands.hpp"
#include "checker/version.hpp"
#include "model/runs/trace_writer.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

ExitCode replay(const std::string& file) {
    const traces::Trace trace = traces::read_trace(traces::read_text_file(file), file);
    if (trace.tool_version != version)
        throw traces::FileError(file, "$.tool_version",
                                "written by version " + trace.tool_version + ", this is " + version +
                                    ": states may be encoded differently. The same steps can be run by what they say: "
                                    "mdcd show " +
                                    file + " --as scenario | mdcd scenario -");
    const auto difference = model::replay(trace, file);
    if (!difference) {
        std::cout << file << ": " << trace.steps.size() << " steps replayed, every state as recorded; "
                  << trace.property << " is " << trace.verdict << " in the last one\n";
        return ExitCode::as_expected;
    }
    std::cout << file << ": ";
    if (difference->step > 0)
        std::cout << "step " << difference->step << ": ";
    std::cout << traces::printable(difference->text) << '\n'; // it quotes the file
    return ExitCode::differs;
}

} // namespace

void add_replay(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("replay", "Runs a trace again, step by step, and compares every state");
    const auto file = std::make_shared<std::string>();
    command->add_option("TRACE", *file, "The trace, as `mdcd check` writes it")->required()->type_name("FILE");
    command->footer("Examples:\n  mdcd replay mdcd-traces/tiny.published.recoverability.json");
    command->callback([file, &exit_code] { exit_code = replay(*file); });
}

} // namespace mdcd::checker::cli
