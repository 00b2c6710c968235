// `mdcd check`: explores a scope, judges every property, writes and prints the shortest counterexamples.
#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <unistd.h>

#include "checker/cli/check_report.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/subcommands.hpp"
#include "model/library.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

// A rules name may hold assignments: they become part of a file name.
std::string file_part(std::string name) {
    for (char& each : name)
        if (each == '/' || each == '\\' || each == ' ')
            each = '_';
    return name;
}

TraceFiles write_traces(const model::Check& check, const std::string& directory) {
    TraceFiles files;
    for (const model::CheckedProperty& each : check.properties) {
        files.emplace_back();
        if (!each.trace || each.verdict == Verdict::reached)
            continue;
        std::filesystem::create_directories(directory);
        const std::filesystem::path path =
            std::filesystem::path(directory) /
            (check.scope.name + "." + file_part(check.rules.name) + "." + each.property.name + ".json");
        std::ofstream out(path, std::ios::binary);
        out << traces::write_trace(*each.trace);
        if (!out.flush())
            throw std::runtime_error(path.string() + " could not be written");
        files.back() = path.string();
    }
    return files;
}

ExitCode check(const CheckArguments& arguments) {
    const Expectations expectations = expectations_of(arguments);
    const model::Scope scope = model::load_scope(arguments.scope);
    const model::NamedRules rules = rules_of(arguments, scope);
    model::CheckOptions options = options_of(arguments);
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.progress);
    const model::Check result = model::check(scope, rules, options);
    end_progress_line(options.search.progress);
    const TraceFiles files = write_traces(result, arguments.trace_dir);
    if (arguments.format == "json") {
        print_json(std::cout, result, expectations, files, arguments.strict);
    } else {
        const bool color = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
        print_text(std::cout, result, expectations, files,
                   {.color = color, .runs = !arguments.quiet, .strict = arguments.strict});
    }
    return exit_code_of(result, expectations, arguments.strict);
}

} // namespace

void add_check(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("check", "Explores every interleaving of a scope and checks every property");
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
