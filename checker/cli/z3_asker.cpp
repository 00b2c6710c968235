// `mdcd answer-z3`: replies to the questions of the mdcd that has started it.
// Knows no question, and reads no file.
#include "checker/cli/z3_asker.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>

#include "checker/cli/subcommands.hpp"
#include "model/z3/z3_remote_session.hpp"

namespace mdcd::checker::cli {
namespace {

constexpr const char* command_name = "answer-z3";

} // namespace

std::vector<std::string> z3_asker() {
    const char* const other = std::getenv("MDCD_Z3_ASKER");
    // The file that runs, even if another has taken its name since.
    return {other != nullptr && *other != '\0' ? other : "/proc/self/exe", command_name};
}

void add_answer_z3(CLI::App& program, ExitCode& exit_code) {
    program.add_subcommand(command_name, "Replies to questions on its standard input; mdcd starts it")
        ->group("")
        ->callback([&exit_code] {
            model::serve_z3();
            exit_code = ExitCode::as_expected;
        });
}

} // namespace mdcd::checker::cli
