// `mdcd repair`: the smallest sets of rule changes under which every claim holds.
// Decides nothing itself: the library searches, the report prints.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include <unistd.h>

#include "checker/cli/build_identity.hpp"
#include "checker/cli/check_options.hpp"
#include "checker/cli/counted.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/repair_report.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/trace_files.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/version.hpp"
#include "checker/whole_file.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

struct RepairArguments {
    CheckArguments shared;
    std::vector<std::string> scopes;
    std::string from;
    std::vector<std::string> rules;
    std::size_t changes_max = 4;
    std::string answers;
    std::vector<std::string> known;
    std::string shard;
    bool all_traces = false;
    model::CostSizes sizes;
};

std::function<void(const model::RepairProgress&)> repair_progress(const std::string& when) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (when == "off" || (when == "auto" && !terminal))
        return {};
    return [terminal](const model::RepairProgress& at) {
        std::fprintf(stderr, "%ssets of %zu: %zu of %zu examined; repairs: %zu%s", terminal ? "\r\033[K" : "", at.level,
                     at.examined, at.sets, at.repairs, terminal ? "" : "\n");
        std::fflush(stderr);
    };
}

RefutingFiles add_refutations(PendingFiles& pending, const model::Repair& repair, const RepairArguments& arguments) {
    std::vector<std::size_t> sets = telling_sets(repair);
    if (arguments.all_traces) {
        sets.clear();
        for (std::size_t set = 0; set < repair.sets.size(); ++set)
            if (repair.sets[set].refutation)
                sets.push_back(set);
    }
    RefutingFiles files;
    for (const std::size_t set : sets)
        files[set] = add_trace(pending, refuting_trace(repair, repair.sets[set], version), arguments.shared.trace_dir);
    return files;
}

// What one part came to; its answers are kept already.
ExitCode report_part(const RepairArguments& arguments, const model::Repair& result) {
    std::size_t open = 0;
    for (const model::ExaminedSet& set : result.sets)
        open += set.verdict == model::SetVerdict::inconclusive ? 1U : 0U;
    open -= std::min(open, result.left_to_others);
    std::cout << "part " << arguments.shard << ": " << counted(result.sets.size() - result.left_to_others, "set")
              << " of " << result.sets.size() << ", " << result.repairs.size() << " of them hold, " << open
              << " stay open; the report: the same command with --known " << arguments.answers
              << " and the other parts, without --shard\n";
    if (!result.answers_failure.empty())
        throw WriteError(result.answers_failure);
    return result.interrupted ? ExitCode::interrupted : open > 0 ? ExitCode::inconclusive : ExitCode::as_expected;
}

ExitCode repair(const RepairArguments& arguments) {
    if (!arguments.shard.empty() && arguments.answers.empty())
        throw UsageError("--shard explores a part: give --answers FILE as well, for --known of the run that reports");
    expect_distinct(arguments.known, {arguments.answers});
    expect_all_states(arguments.shared, "a repair is told with its costs, which are means over all states");
    const std::vector<model::Scope> scopes = load_scopes(arguments.scopes);
    const model::NamedRules from = model::load_rules(arguments.from.empty() ? scopes.front().rules : arguments.from);
    model::RepairOptions options{.check = options_of(arguments.shared),
                                 .only = arguments.rules,
                                 .changes_max = arguments.changes_max,
                                 .answers_file = arguments.answers,
                                 .known_answers = arguments.known,
                                 .shard = arguments.shard.empty() ? model::Shard{} : model::shard_from(arguments.shard),
                                 .build = build_identity().value_or(""),
                                 .progress = repair_progress(arguments.shared.progress)};
    if (!(arguments.answers.empty() && arguments.known.empty()) && options.build.empty())
        throw UsageError(
            "--answers, --known: this program cannot read itself, so that kept answers could be those of another");
    options.check.search.interrupt = &interrupt_flag();
    options.check.search.progress = progress_line(arguments.shared.progress);
    options.check.cost = arguments.sizes;
    try_trace_folder(arguments.shared.trace_dir);
    const model::Repair result = model::repair(scopes, from, options);
    end_progress_line(options.check.search.progress);
    if (!arguments.known.empty())
        std::cerr << "mdcd: --known: " << counted(result.answers_known, "answer") << '\n';
    if (!arguments.shard.empty())
        return report_part(arguments, result);
    PendingFiles pending;
    const RefutingFiles files = add_refutations(pending, result, arguments);
    if (arguments.shared.format == "json")
        print_json(std::cout, result, files);
    else
        print_text(std::cout, result, files, wants_color());
    std::cout.flush();
    pending.write();
    if (!result.answers_failure.empty())
        throw WriteError(result.answers_failure);
    return exit_code_of(result);
}

} // namespace

void add_repair(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "repair", "Searches for the smallest sets of rule changes under which every claim holds");
    const auto arguments = std::make_shared<RepairArguments>();
    command
        ->add_option("SCOPE", arguments->scopes,
                     "Shipped scopes by name, or files; a repair holds on all. The smallest first saves time")
        ->required();
    command
        ->add_option("--from", arguments->from, "The rules to repair: a preset, or a file; default: the first scope's")
        ->type_name("RULES");
    command->add_option("--rule", arguments->rules, "Change only this rule (repeatable); default: any")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command->add_option("--max-changes", arguments->changes_max, "In one set; 0: as many as there are rules")
        ->capture_default_str()
        ->type_name("N");
    command
        ->add_option("--answers", arguments->answers,
                     "Keep what was found out here, and do not find it out again: goes on after an interrupt")
        ->type_name("FILE");
    command
        ->add_option("--known", arguments->known,
                     "Answers that another run of the same program keeps, only read (repeatable)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("--shard", arguments->shard, "Explore the I-th of N parts of the sets; with --answers")
        ->type_name("I/N");
    command->add_flag("--all-traces", arguments->all_traces,
                      "Write the run of every refuted set, not only of those below a repair");
    add_search_options(*command, arguments->shared);
    command->add_option("--state-bytes", arguments->sizes.state_bytes, "Size of one application state, in a checkpoint")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--payload-bytes", arguments->sizes.payload_bytes, "Size of one message's content, in a log")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--format", arguments->shared.format, "Of the report")
        ->check(one_of({"text", "json"}))
        ->type_name("FORMAT");
    command->footer(
        "Examples:\n"
        "  mdcd repair tiny\n"
        "  mdcd repair relay feedback --answers answers.jsonl\n"
        "  mdcd repair relay feedback --rule receiver_log --rule reclamation --rule propagation_mark\n"
        "  mdcd repair one-two --from ./mine.json --max-changes 2 --max-states 5000000\n"
        "  mdcd repair relay feedback --shard 1/2 --answers part-1.jsonl\n"
        "Limits are those of each exploration. Exit 0 if a repair was found and every set is settled, 10 if\n"
        "there is none, 11 if there is none but all claims hold vacuously under some set, 20 if a limit left\n"
        "a set open.");
    command->callback([arguments, &exit_code] { exit_code = repair(*arguments); });
}

} // namespace mdcd::checker::cli
