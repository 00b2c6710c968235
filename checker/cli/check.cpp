// `mdcd check`: explores a scope, judges every property, writes and prints the shortest counterexamples.
// Decides nothing itself: the library checks, the report prints.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <thread>

#include <unistd.h>

#include "checker/cli/build_identity.hpp"
#include "checker/cli/check_family.hpp"
#include "checker/cli/check_report.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/ranks.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/trace_files.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/distributed/explore.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/version.hpp"
#include "checker/whole_file.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"
#include "traces/characters.hpp"

namespace mdcd::checker::cli {
namespace {

// Where there is a checkpoint already, the search goes on from it: it is never begun anew over what is saved.
void prepare_checkpoint_folder(SearchOptions& options) {
    if (options.checkpoint_dir.empty() || options.resume)
        return;
    make_folder(options.checkpoint_dir);
    try_folder(options.checkpoint_dir);
    options.resume = engine::has_checkpoint(options.checkpoint_dir);
    if (options.resume)
        std::cerr << "mdcd: going on from the checkpoint in " << options.checkpoint_dir
                  << " (another folder, or none, to begin anew)\n";
}

// To standard error: the report says what was found, not how to go on.
void tell_of_checkpoint(const Report& report, const SearchOptions& options) {
    if (!report.checkpoint_failure.empty())
        std::cerr << "mdcd: warning: no checkpoint: " << traces::printable(report.checkpoint_failure) << '\n';
    else if (!options.checkpoint_dir.empty() && !report.limit.empty())
        std::cerr
            << "mdcd: what was found is kept: the same command goes on, and so does one with other limits and --resume "
            << options.checkpoint_dir << '\n';
}

// One of several ranks: what it may take of its machine, and what they do not do together.
void share_machine(const CheckArguments& arguments, model::CheckOptions& options) {
    const unsigned neighbours = Ranks::neighbours();
    if (arguments.workers == 0)
        options.search.workers = std::max(1U, std::thread::hardware_concurrency() / neighbours);
    if (arguments.max_memory == "auto" && options.search.limits.memory_bytes_max > 1)
        options.search.limits.memory_bytes_max = options.search.limits.memory_bytes_max / neighbours + 1;
    expect_all_states(arguments, "several ranks do not leave out states; leave mpirun out");
    if (!arguments.dump_smt.empty() || !arguments.z3_cache.empty())
        throw UsageError("--dump-smt and --z3-cache are about questions to Z3, which several ranks do not ask");
    if (options.z3 != model::Z3Use::off && Ranks::leads())
        std::cerr << "mdcd: " << Ranks::world()->size()
                  << " ranks: Z3 is not asked (as with --z3 off): it would be shown the views of one rank only\n";
    options.z3 = model::Z3Use::off;
    options.build = build_identity().value_or(version);
}

ExitCode check(const CheckArguments& arguments) {
    const model::Scope scope = scope_of(arguments);
    const Expectations expectations = expectations_of(arguments, scope);
    const model::NamedRules rules = rules_of(arguments, scope);
    model::CheckOptions options = options_of(arguments, scope);
    expect_reported(expectations, arguments.witnesses, model::wanted_properties(scope, rules.rules, options));
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.progress);
    options.search.decided = decision_line(arguments.progress);
    std::optional<distributed::Distributed> together;
    if (Ranks::world() != nullptr) {
        share_machine(arguments, options);
        together.emplace(*Ranks::world());
    }
    if (Ranks::leads()) {
        prepare_checkpoint_folder(options.search);
        try_trace_folder(arguments.trace_dir);
    }
    PendingFiles files;
    if (!arguments.dump_smt.empty()) {
        try_folder(arguments.dump_smt);
        options.on_question = [&](const model::QuestionFile& question) {
            files.add(path_of(arguments.dump_smt, {scope.name, rules.name, question.name}), question.text);
        };
    }
    const model::Check result = model::check(scope, rules, options);
    end_progress_line(options.search.progress);
    Ranks::tell_of_traffic(result.report.distinct_states);
    if (!Ranks::leads()) // one rank writes and prints
        return ExitCode::as_expected;
    tell_of_checkpoint(result.report, options.search);
    for (const model::QuestionFile& question : result.unanswered)
        files.add(path_of(arguments.trace_dir, {scope.name, rules.name, question.name}), question.text);
    if (!result.z3_cache_warning.empty())
        std::cerr << "mdcd: warning: " << traces::printable(result.z3_cache_warning) << '\n';
    const TraceFiles names =
        add_traces(files, result.properties, scope.name, rules.name, arguments.trace_dir, arguments.witnesses);
    if (arguments.format == "json") {
        print_json(std::cout, result, expectations, names, arguments.strict);
    } else {
        print_text(std::cout, result, expectations, names,
                   {.color = wants_color(),
                    .verbose = arguments.verbose,
                    .runs = arguments.quiet  ? Runs::none
                            : arguments.full ? Runs::all
                                             : Runs::first,
                    .width = terminal_width(STDOUT_FILENO),
                    .strict = arguments.strict,
                    .trace_dir = arguments.trace_dir});
    }
    std::cout.flush();
    files.write();
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
                    "  mdcd check one-two --rules published --stop-at first\n"
                    "  mdcd check tiny --rules repaired --witness several_resent\n"
                    "  mdcd check one-two --rules repaired --invariant docs/examples/contained.smt2\n"
                    "  mdcd check one-two-short --dump-smt questions --z3-cache answers.txt\n"
                    "  mdcd check my-scope.json --rules my-rules.json --max-seconds 60\n"
                    "  mdcd check one-two --checkpoint saved    (and after an end of any kind:)\n"
                    "  mdcd check one-two --resume saved\n"
                    "  mdcd check upgrade/again_early --set begin_while_catching_up=allow");
    command->callback([command, arguments, &exit_code] {
        exit_code = model::is_family_scope(arguments->scope) ? check_family(*command, *arguments) : check(*arguments);
    });
}

} // namespace mdcd::checker::cli
