// `mdcd compare`: rules against rules, on one scope or several.
// Decides nothing itself: the library checks, the report prints.
#include <CLI/CLI.hpp>

#include <iostream>

#include "checker/cli/build_identity.hpp"
#include "checker/cli/check_options.hpp"
#include "checker/cli/compare_columns.hpp"
#include "checker/cli/compare_family.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/text_table.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/whole_file.hpp"
#include "model/gate/comparison_parts.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

struct CompareArguments {
    CheckArguments shared;
    std::vector<std::string> scopes;
    std::vector<std::string> rules;
    model::CostSizes sizes;
    std::string shard;
    std::string results;
    std::vector<std::string> known;
};

// The columns. With a single set of rules the changed ones are compared with it.
std::vector<model::NamedRules> rules_to_compare(const CompareArguments& arguments, const model::Scope& first) {
    std::vector<std::string> names = arguments.rules;
    if (names.empty())
        names.push_back(first.rules);
    std::vector<model::NamedRules> all;
    if (names.size() == 1)
        all.push_back(model::load_rules(names.front()));
    if (names.size() > 1 || !arguments.shared.set.empty())
        for (const std::string& name : names)
            all.push_back(changed_rules(name, arguments.shared.set));
    if (all.size() < 2)
        throw UsageError("nothing to compare " + all.front().name +
                         " with: name other rules by --rules, or change one by --set RULE=VALUE");
    for (std::size_t one = 0; one < all.size(); ++one)
        for (std::size_t other = one + 1; other < all.size(); ++other)
            if (all[one].name == all[other].name)
                throw UsageError("--rules: two of them are named " + all[one].name + ", so that their traces would be");
    return all;
}

// What earlier runs, or other machines, have found.
model::KnownChecks known_checks(const CompareArguments& arguments) {
    if (arguments.known.empty() && arguments.results.empty())
        return model::KnownChecks("");
    const auto build = build_identity();
    if (!build)
        throw UsageError("--known, --results: this program cannot read itself to tell its build");
    model::KnownChecks known(*build);
    for (const std::string& file : arguments.known)
        known.read(file);
    return known;
}

// Only the checks of one part: they are told by a line each, and kept for --known.
ExitCode run_part(const CompareArguments& arguments, const std::vector<model::Scope>& scopes,
                  const std::vector<model::NamedRules>& rules, const model::CheckOptions& options,
                  model::KnownChecks& known) {
    const std::vector<model::ComparedCell> cells =
        model::cells_of(scopes, rules.size(), model::load_gate("presets"), model::shard_from(arguments.shard));
    bool open = false;
    for (const model::ComparedCell& cell : cells) {
        const model::Check check = known.check(scopes[cell.scope], rules[cell.rules], options);
        known.add(check, options);
        open |= !check.report.exhaustive;
        std::cout << check.scope.name << " under " << check.rules.name << ": " << grouped(check.report.distinct_states)
                  << " states" << (check.report.exhaustive ? "" : ", bounded by " + check.report.limit) << std::endl;
        if (interrupt_flag())
            break;
    }
    end_progress_line(options.search.progress);
    std::cout << "part " << arguments.shard << " of " << scopes.size() * rules.size() << " checks; the comparison: the "
              << "same command with --known " << arguments.results << " and the other parts, without --shard"
              << std::endl;
    PendingFiles pending;
    pending.add(arguments.results, known.to_file());
    pending.write();
    return interrupt_flag() ? ExitCode::interrupted : open ? ExitCode::inconclusive : ExitCode::as_expected;
}

ExitCode compare(const CompareArguments& arguments) {
    if (!arguments.shard.empty() && arguments.results.empty())
        throw UsageError("--shard runs a part: give --results FILE as well, for --known of the run that reports");
    const std::vector<model::Scope> scopes = load_scopes(arguments.scopes);
    const std::vector<model::NamedRules> rules = rules_to_compare(arguments, scopes.front());
    expect_all_states(arguments.shared, "the costs that a comparison tells are means over all states");
    model::CheckOptions options = options_of(arguments.shared);
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.shared.progress);
    options.cost = arguments.sizes;
    model::KnownChecks known = known_checks(arguments);
    std::vector<std::string> inputs = arguments.known;
    inputs.insert(inputs.end(), arguments.scopes.begin(), arguments.scopes.end());
    inputs.insert(inputs.end(), arguments.rules.begin(), arguments.rules.end());
    expect_distinct(inputs, {arguments.results});
    if (!arguments.results.empty())
        try_file(arguments.results);
    if (!arguments.shard.empty())
        return run_part(arguments, scopes, rules, options, known);
    try_trace_folder(arguments.shared.trace_dir);
    const model::Comparison comparison = model::compare(scopes, rules, options, [&](const auto&... each) {
        model::Check check = known.check(each...);
        if (!arguments.results.empty())
            known.add(check, options);
        return check;
    });
    end_progress_line(options.search.progress);
    if (!arguments.known.empty())
        std::cerr << "mdcd: --known: " << known.taken() << " of " << scopes.size() * rules.size()
                  << " checks were known, the others have run\n";
    PendingFiles pending;
    if (!arguments.results.empty())
        pending.add(arguments.results, known.to_file());
    ComparedFiles files;
    for (std::size_t scope = 0; scope < comparison.checks.size(); ++scope) {
        files.emplace_back();
        for (const model::Check& check : comparison.checks[scope])
            files.back().push_back(add_traces(pending, check.properties, scopes[scope].name, check.rules.name,
                                              arguments.shared.trace_dir));
    }
    const ComparedTable table = table_of(comparison, files);
    print(table, arguments.shared);
    pending.write();
    return exit_code_of(table);
}

} // namespace

void add_compare(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "compare", "Checks several sets of rules and says what each buys, breaks and costs against the first");
    const auto arguments = std::make_shared<CompareArguments>();
    command
        ->add_option("SCOPE", arguments->scopes,
                     "Shipped scopes by name (`mdcd list scopes`), or files; all of one family, or of none")
        ->required();
    command
        ->add_option("--rules", arguments->rules,
                     "A preset by name, or a file; changes may follow: published+RULE=VALUE (repeatable). The first is "
                     "what the others are compared with; default: the first scope's")
        ->type_name("RULES")
        ->allow_extra_args(false);
    command
        ->add_option("--set", arguments->shared.set,
                     "Change this rule in each of them (repeatable); with a single --rules: compare with and without")
        ->type_name("RULE=VALUE")
        ->allow_extra_args(false);
    add_search_options(*command, arguments->shared);
    command->add_option("--state-bytes", arguments->sizes.state_bytes, "Size of one application state, in a checkpoint")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--payload-bytes", arguments->sizes.payload_bytes, "Size of one message's content, in a log")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--shard", arguments->shard, "Run the I-th of N parts of the checks; with --results")
        ->type_name("I/N");
    command->add_option("--results", arguments->results, "Keep what the checks found, for --known")->type_name("FILE");
    command
        ->add_option("--known", arguments->known,
                     "Do not run again what is in this file of --results, of the same program (repeatable)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("--format", arguments->shared.format, "Of the report")
        ->check(one_of({"text", "json", "markdown"}))
        ->type_name("FORMAT");
    command->add_flag("-v,--verbose", arguments->shared.verbose, "Rows that are alike, too");
    command->footer(
        "Examples:\n"
        "  mdcd compare tiny --set receiver_log=while_dirty\n"
        "  mdcd compare relay feedback --rules published --rules repaired\n"
        "  mdcd compare relay --rules repaired --rules ./mine.json --state-bytes 65536\n"
        "  mdcd compare tiny --rules repaired --rules published+notification_sn=keep --format markdown\n"
        "  mdcd compare relay feedback --rules published --rules repaired --shard 1/2 --results part-1.json\n"
        "  mdcd compare hostile/costs_one --set low_tests=prove\n"
        "Exit 10 if some rules break a claim that holds under the first, 11 if they leave unreached what is\n"
        "reached under the first, 20 if a limit left something open, 0 otherwise: what fails under the first\n"
        "rules already is no mistake here.");
    command->callback([arguments, command, &exit_code] {
        exit_code = are_of_a_family(arguments->scopes)
                        ? compare_family(*command, arguments->shared, arguments->scopes, arguments->rules)
                        : compare(*arguments);
    });
}

} // namespace mdcd::checker::cli
