// `mdcd check`: explores a scope, judges every property, writes and prints the shortest counterexamples.
// Decides nothing itself: the library checks, the report prints.
#include <CLI/CLI.hpp>

#include <iostream>

#include "checker/cli/check_report.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/library.hpp"

namespace mdcd::checker::cli {
namespace {

ExitCode check(const CheckArguments& arguments) {
    const Expectations expectations = expectations_of(arguments);
    const model::Scope scope = model::load_scope(arguments.scope);
    const model::NamedRules rules = rules_of(arguments, scope);
    model::CheckOptions options = options_of(arguments);
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.progress);
    const model::Check result = model::check(scope, rules, options);
    end_progress_line(options.search.progress);
    const TraceFiles files = write_traces(result.properties, scope.name, rules.name, arguments.trace_dir);
    if (arguments.format == "json") {
        print_json(std::cout, result, expectations, files, arguments.strict);
    } else {
        const bool color = wants_color();
        print_text(std::cout, result, expectations, files,
                   {.color = color, .runs = !arguments.quiet, .strict = arguments.strict});
    }
    return exit_code_of(result, expectations, arguments.strict);
}

} // namespace

void add_check(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("check", "Explores every interleaving of a scope and checks every property");
    const auto arguments = std::make_shared<CheckArguments>();
    add_options(*command, *arguments);
    command->footer("Examples:\n"
                    "  mdcd check tiny\n"
                    "  mdcd check one-two --rules repaired\n"
                    "  mdcd check tiny --set receiver_log=while_dirty --property recoverability\n"
                    "  mdcd check tiny --rules published --expect recoverability=violated\n"
                    "  mdcd check my-scope.json --rules my-rules.json --max-seconds 60");
    command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

} // namespace mdcd::checker::cli
