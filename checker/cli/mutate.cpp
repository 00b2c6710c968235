// `mdcd mutate`: breaks the protocol in small ways, one at a time, and says which checks of a gate see it.
// Decides nothing itself: the library makes and runs the mutants, the report prints.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include <unistd.h>

#include "checker/cli/interrupt.hpp"
#include "checker/cli/mutate/campaign.hpp"
#include "checker/cli/mutate/mutant_list.hpp"
#include "checker/cli/mutate/mutate_report.hpp"
#include "checker/cli/mutate/mutated_build.hpp"
#include "checker/cli/mutate/mutated_copy.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/usage_error.hpp"
#include "impl/rules.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/families.hpp"
#include "traces/file_error.hpp"

namespace mdcd::checker::cli {
namespace {

struct MutateArguments {
    std::string gate;
    std::string mutants;
    std::string tree = ".";
    std::string scratch = "mdcd-mutants";
    std::string program;
    std::string copy;
    std::vector<std::string> only;
    std::string format = "text";
    std::string progress = "auto";
    std::size_t every = 1;
    unsigned workers = 0;
    double check_seconds = 120;
    double seconds = 0;
    bool no_rules = false;
    bool all_checks = false;
    bool matters_only = false;
    bool functions = false;
};

constexpr const char* mutated_folder = "impl"; // the protocol; nothing else is told apart by the build

unsigned workers_of(const MutateArguments& arguments) {
    return arguments.workers != 0 ? arguments.workers : std::max(std::thread::hardware_concurrency(), 1U);
}

bool expects_a_violation(const model::GateCheck& check) {
    return std::ranges::any_of(check.expected,
                               [](const auto& expected) { return expected.verdict == Verdict::violated; });
}

// Rules whose every check expects all claims to hold: a change of them is a mutant. Of rules that are found wrong a
// change may be a repair. Scopes of a family have rules of their own under one name, so each is looked at by itself.
bool is_right(const model::Gate& gate, const model::GateCheck& check) {
    return !expects_a_violation(check) &&
           (check.family || std::ranges::none_of(gate.checks, [&](const model::GateCheck& other) {
                return other.rules.name == check.rules.name && expects_a_violation(other);
            }));
}

struct OtherValue {
    std::string assignment;
    std::string about; // what the rule is about
};

// Every other value of every rule that means something there.
std::vector<OtherValue> other_values(const model::GateCheck& check) {
    std::vector<OtherValue> all;
    if (check.family) {
        const model::Family& family = model::family_of(check.family->scope);
        const std::vector<model::RuleValue> now = family.rules_in_force(*check.family);
        for (std::size_t rule = 0; rule < now.size(); ++rule)
            for (const std::string& value : family.rules()[rule].values) {
                const std::string assignment = now[rule].rule + "=" + value;
                if (value != now[rule].value && model::fits(*check.family, assignment))
                    all.push_back({assignment, family.rules()[rule].about});
            }
        return all;
    }
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::size_t value = 0; value < rule.values.size(); ++value)
            if (value != rule.get(check.rules.rules))
                all.push_back({std::string(rule.name) + "=" + std::string(rule.values[value]), std::string(rule.gap)});
    return all;
}

// Every other value of every rule, for all rules of the gate that are claimed to be right.
void add_rule_trials(const model::Gate& gate, std::vector<mutate::Trial>& trials) {
    std::map<std::string, std::vector<std::size_t>> checks_by_rules;
    for (std::size_t index = 0; index < gate.checks.size(); ++index)
        if (is_right(gate, gate.checks[index]))
            checks_by_rules[gate.checks[index].rules.name].push_back(index);
    for (const auto& [name, checks] : checks_by_rules)
        for (const OtherValue& each : other_values(gate.checks[checks.front()]))
            trials.push_back({.name = name + "+" + each.assignment,
                              .fault = "Another value of the rule: " + each.about,
                              .matters = mutate::Matters::not_said,
                              .reason = "",
                              .function = "",
                              .arguments = {"--set", each.assignment},
                              .checks = checks});
}

void add_source_trials(const std::vector<mutate::SourceMutant>& mutants, const mutate::MutatedCopy& copy,
                       std::size_t checks, std::vector<mutate::Trial>& trials) {
    std::vector<std::size_t> all(checks);
    for (std::size_t index = 0; index < checks; ++index)
        all[index] = index;
    for (std::size_t number = 0; number < mutants.size(); ++number)
        trials.push_back({.name = mutants[number].name,
                          .fault = mutants[number].fault,
                          .matters = mutants[number].matters ? mutate::Matters::yes : mutate::Matters::no,
                          .reason = mutants[number].reason,
                          .function = copy.function_of[number],
                          .environment = {{mutate::mutant_variable, mutants[number].name}},
                          .checks = all});
}

// The names that --mutant gives, those that matter, and every n-th of what is left.
void select(const MutateArguments& arguments, std::vector<mutate::Trial>& trials) {
    std::vector<std::string> known;
    for (const mutate::Trial& trial : trials)
        known.push_back(trial.name);
    for (const std::string& name : arguments.only)
        if (std::ranges::find(known, name) == known.end())
            throw UsageError("--mutant: no mutant is called " + name + traces::did_you_mean(name, known));
    std::vector<mutate::Trial> chosen;
    std::size_t position = 0;
    for (mutate::Trial& trial : trials) {
        const bool is_named =
            arguments.only.empty() || std::ranges::find(arguments.only, trial.name) != arguments.only.end();
        const bool is_meant = is_named && (!arguments.matters_only || trial.matters == mutate::Matters::yes);
        if (is_meant && position++ % arguments.every == 0)
            chosen.push_back(std::move(trial));
    }
    trials = std::move(chosen);
}

// Where people read it one line that is written over, else a line for each.
std::function<void(std::size_t, std::size_t, const std::string&)> mutate_progress(const std::string& when) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (when == "off" || (when == "auto" && !terminal))
        return {};
    return [terminal](std::size_t done, std::size_t total, const std::string& what) {
        std::fprintf(stderr, "%s%zu of %zu: %s%s", terminal ? "\r\033[K" : "", done, total, what.c_str(),
                     !terminal       ? "\n"
                     : done == total ? "\r\033[K"
                                     : "");
        std::fflush(stderr);
    };
}

// The program that holds the mutants: the one that is named, or one that is built. It must hold those of the list. None
// if that was ended before it was built.
std::optional<std::string> program_with(const std::vector<mutate::SourceMutant>& mutants,
                                        const MutateArguments& arguments, const std::string& copy,
                                        const mutate::CampaignOptions& options) {
    std::error_code error;
    if (!arguments.program.empty() && !std::filesystem::is_regular_file(arguments.program, error))
        throw UsageError("--program " + arguments.program + ": there is no such file");
    std::optional<std::string> program = arguments.program;
    const std::string build = arguments.scratch + "/build";
    if (arguments.program.empty()) {
        if (options.progress)
            options.progress(0, options.checks.size(), "building the program in " + build);
        program = mutate::build_mutated(arguments.tree, copy, build, options.workers, options.until, options.interrupt);
    }
    std::string expected;
    for (const mutate::SourceMutant& each : mutants)
        expected += each.name + "\n";
    if (program && !mutate::mutants_in(*program, options.interrupt).starts_with(expected) && !interrupt_flag())
        throw UsageError(*program + " does not hold the mutants of " + arguments.mutants +
                         ": build it from a copy that `mdcd mutate --copy` has made of this list");
    return program;
}

// What no check has run, of all functions that the copied sources hold.
ExitCode print_functions(const mutate::MutatedCopy& copy, const mutate::Campaign& campaign) {
    if (!mutate::is_whole(campaign)) { // what was not run might have run them
        std::cerr << "mdcd: ended before every check of the gate was run\n";
        return campaign.interrupted ? ExitCode::interrupted : ExitCode::inconclusive;
    }
    std::set<std::string> run;
    for (const mutate::CheckRun& check : campaign.checks)
        run.insert(check.functions.begin(), check.functions.end());
    std::size_t missing = 0;
    for (const std::string& function : copy.functions) {
        if (run.contains(function))
            continue;
        std::cout << "never run: " << function << '\n';
        ++missing;
    }
    std::cout << copy.functions.size() - missing << " of " << copy.functions.size() << " functions are run by "
              << campaign.checks.size() << " checks\n";
    return missing == 0 ? ExitCode::as_expected : ExitCode::not_reached;
}

mutate::CampaignOptions options_of(const MutateArguments& arguments, const model::Gate& gate) {
    mutate::CampaignOptions options;
    options.gate = arguments.gate;
    for (const model::GateCheck& check : gate.checks) {
        options.checks.push_back(check.name);
        options.sizes.push_back(check.distinct_states.value_or(std::numeric_limits<std::uint64_t>::max()));
    }
    options.workers = workers_of(arguments);
    options.check_seconds_max = arguments.check_seconds;
    options.all_checks = arguments.all_checks;
    options.scratch = arguments.scratch;
    options.interrupt = &interrupt_flag();
    if (arguments.seconds > 0)
        options.until =
            std::chrono::steady_clock::now() + std::chrono::milliseconds(std::llround(1000 * arguments.seconds));
    options.progress = mutate_progress(arguments.progress);
    return options;
}

ExitCode run(const MutateArguments& arguments) {
    std::vector<mutate::SourceMutant> mutants;
    mutate::MutatedCopy copy;
    const std::string copied = arguments.copy.empty() ? arguments.scratch + "/copy" : arguments.copy;
    if (!arguments.copy.empty())
        expect_made_folder(arguments.copy, std::string(mutated_folder) + "/" + mutate::switch_header);
    if (!arguments.mutants.empty())
        mutants = mutate::read_mutants(arguments.mutants);
    const bool is_built = !mutants.empty() || arguments.functions; // a copy that notes what is run may hold no mutant
    if (is_built)
        copy = mutate::write_mutated_copy(arguments.tree, mutated_folder, mutants, copied);
    if (!arguments.copy.empty()) {
        if (mutants.empty())
            throw UsageError("--copy needs --mutants: which mutants is the copy to hold?");
        std::cout << copied << ": " << mutants.size() << " mutants in " << copy.functions.size() << " functions\n";
        return ExitCode::as_expected;
    }
    if (arguments.gate.empty())
        throw UsageError("expected a gate (`mdcd list gates`), or --copy");
    if (!is_built && arguments.no_rules)
        throw UsageError("no mutants: --no-rules needs --mutants");
    const model::Gate gate = model::load_gate(arguments.gate);
    std::vector<mutate::Trial> trials;
    if (!arguments.no_rules)
        add_rule_trials(gate, trials);
    add_source_trials(mutants, copy, gate.checks.size(), trials);
    select(arguments, trials);
    if (arguments.functions)
        trials.clear();

    mutate::CampaignOptions options = options_of(arguments, gate);
    std::error_code error;
    std::filesystem::create_directories(arguments.scratch, error);
    const std::optional<std::string> program =
        is_built ? program_with(mutants, arguments, copied, options) : std::optional<std::string>("/proc/self/exe");
    options.program = program.value_or("");
    const mutate::Campaign campaign = program ? run_campaign(trials, options) : not_begun(trials, options);
    if (arguments.functions)
        return print_functions(copy, campaign);
    if (arguments.format == "json")
        print_json(std::cout, gate.name, trials, campaign);
    else
        print_text(std::cout, gate.name, trials, campaign, wants_color());
    return exit_code_of(trials, campaign);
}

void add_source_options(CLI::App& command, MutateArguments& arguments) {
    command
        .add_option("--mutants", arguments.mutants,
                    "Also mutants of the sources: a list, or a folder of lists (docs/mutants.md)")
        ->type_name("PATH");
    command.add_option("--tree", arguments.tree, "The sources to mutate: where CMakeLists.txt and impl/ are")
        ->capture_default_str()
        ->type_name("DIR");
    command.add_option("--program", arguments.program, "Do not build: this program holds the mutants")
        ->type_name("FILE");
    command.add_option("--copy", arguments.copy, "Only write the sources with all mutants in them here, and end")
        ->type_name("DIR");
    command.add_flag("--functions", arguments.functions,
                     "Only print the functions of impl that no check runs, and exit with 11 if there are any");
}

} // namespace

void add_mutate(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("mutate", "Breaks the protocol in small ways, and says which checks of a gate see it");
    const auto arguments = std::make_shared<MutateArguments>();
    command->add_option("GATE", arguments->gate, "A shipped gate by name (`mdcd list gates`), or a file");
    add_source_options(*command, *arguments);
    command->add_flag("--no-rules", arguments->no_rules, "Not the other values of rules");
    command->add_option("--mutant", arguments->only, "Only this one (repeatable)")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command->add_option("--every", arguments->every, "Only every N-th mutant: a sample")
        ->check(CLI::Validator(
            [](const std::string& text) { return text == "0" ? "expected a whole number, 1 or more" : std::string(); },
            ""))
        ->type_name("N");
    command->add_flag("--matters-only", arguments->matters_only,
                      "Only those of which the list says that they matter: the others decide nothing");
    command->add_flag("--all-checks", arguments->all_checks,
                      "Go on after a property has seen a mutant, for the shortest run of all checks");
    command->add_option("--check-seconds", arguments->check_seconds, "For one check under one mutant; 0: no limit")
        ->capture_default_str()
        ->type_name("S");
    command->add_option("--seconds", arguments->seconds, "In all: end then and report what was found; 0: no limit")
        ->type_name("S");
    command->add_option("--scratch", arguments->scratch, "Where the mutated sources, their build and traces go")
        ->capture_default_str()
        ->type_name("DIR");
    command->add_option("--workers", arguments->workers, "Mutants at the same time; 0: as many as there are cores")
        ->type_name("N");
    command->add_option("--format", arguments->format, "Of the report")
        ->check(one_of({"text", "json"}))
        ->type_name("FORMAT");
    command->add_option("--progress", arguments->progress, "Say what was found, as soon as it is")
        ->check(one_of({"auto", "on", "off"}))
        ->type_name("WHEN");
    command->footer(
        "Examples:\n"
        "  mdcd mutate presets\n"
        "  mdcd mutate ci/gate.json --mutants tests/mutants/source --no-rules --format json\n"
        "  mdcd mutate presets --mutants mine.mutants --tree ~/mdcd --mutant replay_reversed --all-checks\n"
        "Exit 0 if a property sees every mutant that matters, 10 if one is seen by no property (a pinned number of\n"
        "states does not count), 20 if a limit left one undecided or untried. Whether another value of a rule matters\n"
        "nobody has said: such mutants are reported and decide nothing.");
    command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

} // namespace mdcd::checker::cli
