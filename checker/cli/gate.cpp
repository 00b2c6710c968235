// `mdcd gate`: runs a file of checks with expected verdicts, and reports to people, to programs and to CI systems.
// Decides nothing itself: the library judges, the reports print.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <stdexcept>

#include <unistd.h>

#include "checker/cli/build_identity.hpp"
#include "checker/cli/gate_documents.hpp"
#include "checker/cli/gate_report.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/trace_files.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/cli/z3_asker.hpp"
#include "checker/version.hpp"
#include "checker/whole_file.hpp"
#include "model/gate/gate_cache.hpp"
#include "model/gate/shards.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/z3/answer_store.hpp"
#include "model/z3/z3_judge.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {
namespace {

struct GateArguments {
    std::string gate;
    std::string junit;
    std::string sarif;
    std::string cache;
    std::string z3_cache;
    std::string trace_dir = "mdcd-traces";
    std::string format = "text";
    std::string progress = "auto";
    std::vector<std::string> checks;
    std::vector<std::string> changes;
    std::string shard;
    std::string results;
    std::string stop_at = "end";
    std::vector<std::string> found; // files of results, of `merge`
    unsigned workers = 0;
    bool github = false;
    bool pin = false;
    bool strict = false;
};

std::string step_summary_file() {
    const char* const file = std::getenv("GITHUB_STEP_SUMMARY");
    return file == nullptr ? "" : file;
}

// Where something will be written after the checks, tried before them.
void try_places(const GateArguments& arguments) {
    std::vector<std::string> inputs = arguments.found;
    inputs.push_back(model::is_path(arguments.gate) ? arguments.gate : "");
    expect_distinct(inputs, {arguments.junit, arguments.sarif, arguments.results, arguments.z3_cache});
    try_trace_folder(arguments.trace_dir);
    for (const std::string& file :
         {arguments.junit, arguments.sarif, arguments.results, arguments.pin ? arguments.gate : std::string()})
        if (!file.empty())
            try_file(file);
}

std::function<void(std::size_t, std::size_t)> gate_progress(const std::string& when) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (when == "off" || (when == "auto" && !terminal))
        return {};
    return [terminal](std::size_t done, std::size_t total) {
        std::fprintf(stderr, "%s%zu of %zu checks done%s", terminal ? "\r\033[K" : "", done, total,
                     !terminal       ? "\n"
                     : done == total ? "\r\033[K"
                                     : "");
        std::fflush(stderr);
    };
}

// Of this program, for what is read by another run of it.
std::string known_build() {
    if (const auto build = build_identity())
        return *build;
    throw std::runtime_error("the program cannot read itself to tell its build");
}

// What sets this run apart from one of the whole gate, whose findings a code host must not take it to replace.
std::string narrowed_to(const GateArguments& arguments) {
    std::string text;
    if (!arguments.shard.empty())
        text += "/part-" + std::string(arguments.shard).replace(arguments.shard.find('/'), 1, "-of-");
    for (std::size_t index = 0; index < arguments.checks.size(); ++index)
        text += (index == 0 ? "/only-" : ",") + arguments.checks[index];
    for (std::size_t index = 0; index < arguments.changes.size(); ++index)
        text += (index == 0 ? "/with-" : ",") + arguments.changes[index];
    return text;
}

// The report first, then the files: each is written even if another cannot be.
void report(const GateArguments& arguments, const model::Gate& gate, const model::GateRun& run) {
    PendingFiles pending;
    const GateTraceFiles files = add_traces(pending, gate, run, arguments.trace_dir);
    for (const std::string& warning : run.warnings)
        std::cerr << "mdcd: warning: " << traces::printable(warning) << '\n';
    if (arguments.format == "json")
        print_json(std::cout, gate, run, files);
    else
        print_text(std::cout, gate, run, files, wants_color());
    if (arguments.github)
        for (const traces::Annotation& each : annotations_of(gate, run, files))
            std::cout << traces::workflow_command(each);
    std::cout.flush();
    if (!arguments.junit.empty())
        pending.add(arguments.junit, traces::write_junit(gate.name, junit_of(gate, run, files)));
    traces::SarifRun sarif = sarif_of(gate, run, files);
    sarif.category += narrowed_to(arguments);
    if (!arguments.sarif.empty())
        pending.add(arguments.sarif, traces::write_sarif(sarif));
    if (!arguments.results.empty())
        pending.add(arguments.results, traces::to_json(model::results_to_value(gate, run, known_build())));
    pending.write();
    if (arguments.github && !step_summary_file().empty())
        append_to_file(step_summary_file(), step_summary_of(gate, run, files));
}

// Throws model::RequestError that names the nearest rule or value, traces::FileError where it does not fit the scope.
void change_rule_of(model::GateCheck& check, const std::string& change) {
    if (!check.family) {
        model::set_rule(check.rules.rules, change);
        check.rules.name += "+" + change;
        return;
    }
    model::FamilyCase changed = *check.family;
    model::change_rule(changed, change);
    static_cast<void>(model::family_of(changed.scope).rules_in_force(changed));
    check.family = changed;
    check.rules.name = model::rules_name(changed);
}

// In every check in which it means something: scopes of families have rules that others have not.
void change_rules(const std::string& change, model::Gate& gate) {
    std::size_t changed = 0;
    std::string complaint;
    for (model::GateCheck& check : gate.checks) {
        try {
            change_rule_of(check, change);
            ++changed;
        } catch (const traces::FileError& error) {
            if (complaint.empty())
                complaint = error.what();
        }
    }
    if (changed == 0)
        throw UsageError(complaint);
}

// Leaves the named checks, and changes rules in them.
void narrow(const GateArguments& arguments, model::Gate& gate) {
    std::vector<std::string> known;
    for (const model::GateCheck& check : gate.checks)
        known.push_back(check.name);
    for (const std::string& name : arguments.checks)
        if (std::ranges::find(known, name) == known.end())
            throw UsageError("--check: gate " + gate.name + " has no check " + name +
                             traces::did_you_mean(name, known));
    if (!arguments.checks.empty())
        std::erase_if(gate.checks, [&arguments](const model::GateCheck& check) {
            return std::ranges::find(arguments.checks, check.name) == arguments.checks.end();
        });
    for (const std::string& change : arguments.changes)
        change_rules(change, gate);
}

// Writes what was found into the gate's own file.
ExitCode pin(const GateArguments& arguments, const model::Gate& gate, const model::GateRun& run) {
    std::size_t settled = 0;
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const model::Found& found = run.results[index].found;
        settled += model::is_settled(found) ? 1U : 0U;
        if (!model::is_settled(found))
            std::cout << gate.checks[index].name
                      << ": not pinned: " << (found.failure.empty() ? "the check is inconclusive" : found.failure)
                      << '\n';
    }
    std::cout << arguments.gate << ": " << settled << " of " << gate.checks.size()
              << " checks pinned to what was found; review the difference" << std::endl;
    write_whole_file(arguments.gate, traces::to_json(model::pinned(gate, run)));
    if (interrupt_flag())
        return ExitCode::interrupted;
    return settled == gate.checks.size() ? ExitCode::as_expected : ExitCode::inconclusive;
}

ExitCode run(const GateArguments& arguments) {
    if (arguments.github && arguments.format == "json")
        throw UsageError("--github and --format json exclude each other: annotations are lines of the same output");
    if (arguments.pin && !model::is_path(arguments.gate))
        throw UsageError("--pin rewrites a file: give the gate's path, with a dot or a slash");
    if (arguments.pin && !(arguments.checks.empty() && arguments.changes.empty() && arguments.shard.empty()))
        throw UsageError("--pin writes all checks with their own rules: it excludes --check, --set and --shard");
    if (!arguments.shard.empty() && arguments.results.empty())
        throw UsageError("--shard runs a part: give --results FILE as well, for `mdcd gate merge`");
    model::Gate gate = model::load_gate(arguments.gate, arguments.pin ? model::Pins::optional : model::Pins::required);
    narrow(arguments, gate);
    if (!arguments.shard.empty())
        gate = model::part_of(gate, model::checks_of(gate, model::shard_from(arguments.shard)));
    try_places(arguments);
    model::GateOptions options;
    options.workers = arguments.workers;
    options.stop_at_first = arguments.stop_at == "first";
    options.tool_version = version;
    options.interrupt = &interrupt_flag();
    options.progress = gate_progress(arguments.progress);
    std::optional<model::GateCache> cache;
    if (!arguments.cache.empty()) {
        const auto build = build_identity();
        if (build)
            cache.emplace(arguments.cache, *build);
        else
            std::cerr << "mdcd: warning: --cache is not used: the program cannot read itself to tell its build\n";
    }
    options.cache = cache ? &*cache : nullptr;
    options.z3_cache = arguments.z3_cache;
    options.z3_asker = z3_asker();
    if (!options.z3_cache.empty()) { // told once, and not by each check
        const model::AnswerStore store(options.z3_cache, model::Z3Judge::identity(version));
        if (!store.warning().empty())
            std::cerr << "mdcd: warning: " << traces::printable(store.warning()) << '\n';
    }
    model::GateRun result = model::run_gate(gate, options);
    result.strict = arguments.strict;
    if (arguments.pin)
        return pin(arguments, gate, result);
    report(arguments, gate, result);
    return exit_code_of(result);
}

ExitCode merge(const GateArguments& arguments) {
    model::Gate gate = model::load_gate(arguments.gate);
    narrow(arguments, gate);
    try_places(arguments);
    model::GateRun result = model::merged(gate, arguments.found, known_build());
    result.strict = arguments.strict;
    report(arguments, gate, result);
    return exit_code_of(result);
}

void add_narrowing(CLI::App& command, GateArguments& arguments) {
    command.add_option("--check", arguments.checks, "Run only this check (repeatable)")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command
        .add_option("--set", arguments.changes,
                    "Change a rule in every check that has it, and see whether the gate notices (repeatable)")
        ->type_name("RULE=VALUE")
        ->allow_extra_args(false);
}

void add_reports(CLI::App& command, GateArguments& arguments) {
    command.add_option("--junit", arguments.junit, "Write test results as JUnit XML")->type_name("FILE");
    command.add_option("--sarif", arguments.sarif, "Write what is not as expected as SARIF 2.1.0")->type_name("FILE");
    command.add_flag("--github", arguments.github,
                     "Print annotations for GitHub Actions, and append to $GITHUB_STEP_SUMMARY if it is set");
    command.add_option("--trace-dir", arguments.trace_dir, "Where counterexamples go: CHECK.PROPERTY.json")
        ->type_name("DIR");
    command.add_flag("--strict", arguments.strict,
                     "A guard that no check passes, though scopes and rules leave room for it, is a failure (exit 11)");
    command.add_option("--format", arguments.format, "Of the report")
        ->check(one_of({"text", "json"}))
        ->type_name("FORMAT");
}

void add_merge(CLI::App& gate, ExitCode& exit_code) {
    CLI::App* command = gate.add_subcommand("merge", "Reports what the parts of a gate found, as one run would have");
    const auto arguments = std::make_shared<GateArguments>();
    command->add_option("GATE", arguments->gate, "The gate whose parts have run, by name or as a file")->required();
    command->add_option("RESULTS", arguments->found, "What `mdcd gate --shard I/N --results FILE` wrote")->required();
    add_narrowing(*command, *arguments);
    add_reports(*command, *arguments);
    command->footer("Examples:\n"
                    "  mdcd gate merge presets part-1.json part-2.json --junit gate.xml");
    command->callback([arguments, &exit_code] { exit_code = merge(*arguments); });
}

} // namespace

void add_gate(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("gate", "Runs a file of checks, each with the verdicts it must have");
    const auto arguments = std::make_shared<GateArguments>();
    CLI::Option* const gate =
        command->add_option("GATE", arguments->gate, "A shipped gate by name (`mdcd list gates`), or a file");
    add_narrowing(*command, *arguments);
    add_reports(*command, *arguments);
    command
        ->add_option("--shard", arguments->shard, "Run the I-th of N parts of the checks, balanced by recorded states")
        ->type_name("I/N");
    command->add_option("--results", arguments->results, "Write what was found here, for `mdcd gate merge`")
        ->type_name("FILE");
    command
        ->add_option(
            "--cache", arguments->cache,
            "Keep results here, and do not run again what the same program with the same libraries has settled")
        ->type_name("DIR");
    command
        ->add_option("--z3-cache", arguments->z3_cache,
                     "Take answers of Z3 from this file, and save new ones there; made if it does not exist")
        ->type_name("FILE");
    command->add_option("--workers", arguments->workers, "Threads in all; 0: all cores. Changes no result")
        ->type_name("N");
    command
        ->add_option("--stop-at", arguments->stop_at,
                     "End a check once all is explored, or with the first violation of what must hold")
        ->check(one_of({"end", "first"}))
        ->type_name("WHEN");
    command->add_option("--progress", arguments->progress, "Say how many checks are done")
        ->check(one_of({"auto", "on", "off"}))
        ->type_name("WHEN");
    command->add_flag("--pin", arguments->pin,
                      "Write what is found into the gate's file as what is expected, and report nothing");
    command->footer("Examples:\n"
                    "  mdcd gate presets\n"
                    "  mdcd gate ci/gate.json --junit gate.xml --sarif gate.sarif --cache .mdcd-cache\n"
                    "  mdcd gate ci/gate.json --github\n"
                    "  mdcd gate ci/gate.json --shard 1/3 --results part-1.json\n"
                    "  mdcd gate ci/gate.json --pin");
    add_merge(*command, exit_code);
    command->callback([command, gate, arguments, &exit_code] {
        if (!command->get_subcommands().empty())
            return; // `merge` has run
        if (gate->count() == 0)
            throw CLI::RequiredError("GATE");
        exit_code = run(*arguments);
    });
}

} // namespace mdcd::checker::cli
