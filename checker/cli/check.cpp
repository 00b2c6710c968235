// `mdcd check`: explores a scope, judges every property, writes and prints the shortest counterexamples.
// Decides nothing itself: the library checks, the report prints.
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <system_error>

#include "checker/cli/check_report.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/trace_files.hpp"
#include "checker/cli/usage_error.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

void expect_checkpoint_folder(const SearchOptions& options) {
    if (options.checkpoint_dir.empty() || options.resume)
        return;
    std::error_code error;
    std::filesystem::create_directories(options.checkpoint_dir, error);
    if (error)
        throw UsageError("--checkpoint " + options.checkpoint_dir + ": cannot be made: " + error.message());
}

// To standard error: the report says what was found, not how to go on.
void tell_of_checkpoint(const Report& report, const SearchOptions& options) {
    if (!report.checkpoint_failure.empty())
        std::cerr << "mdcd: warning: no checkpoint: " << report.checkpoint_failure << '\n';
    else if (!options.checkpoint_dir.empty() && !report.limit.empty())
        std::cerr << "mdcd: what was found is kept: the same command with --resume " << options.checkpoint_dir
                  << " goes on\n";
}

ExitCode check(const CheckArguments& arguments) {
    const model::Scope scope = scope_of(arguments);
    const Expectations expectations = expectations_of(arguments, scope);
    const model::NamedRules rules = rules_of(arguments, scope);
    model::CheckOptions options = options_of(arguments, scope);
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.progress);
    expect_checkpoint_folder(options.search);
    if (!arguments.dump_smt.empty()) {
        make_folder("--dump-smt", arguments.dump_smt); // now, not behind a long search
        options.on_question = [&](const model::QuestionFile& question) {
            write_into("--dump-smt", arguments.dump_smt, {scope.name, rules.name, question.name}, question.text);
        };
    }
    const model::Check result = model::check(scope, rules, options);
    end_progress_line(options.search.progress);
    tell_of_checkpoint(result.report, options.search);
    for (const model::QuestionFile& question : result.unanswered)
        write_into("--trace-dir", arguments.trace_dir, {scope.name, rules.name, question.name}, question.text);
    if (!result.z3_cache_warning.empty())
        std::cerr << "mdcd: warning: " << result.z3_cache_warning << '\n';
    const TraceFiles files = write_traces(result.properties, scope.name, rules.name, arguments.trace_dir);
    if (arguments.format == "json") {
        print_json(std::cout, result, expectations, files, arguments.strict);
    } else {
        print_text(std::cout, result, expectations, files,
                   {.color = wants_color(),
                    .runs = !arguments.quiet,
                    .strict = arguments.strict,
                    .trace_dir = arguments.trace_dir});
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
                    "  mdcd check one-two --rules repaired --invariant docs/examples/contained.smt2\n"
                    "  mdcd check one-two-short --dump-smt questions --z3-cache answers.txt\n"
                    "  mdcd check my-scope.json --rules my-rules.json --max-seconds 60\n"
                    "  mdcd check one-two --checkpoint saved    (and after an end of any kind:)\n"
                    "  mdcd check one-two --resume saved");
    command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

} // namespace mdcd::checker::cli
