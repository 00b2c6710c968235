// `mdcd scenario`: runs scenarios that people wrote down, and says what was not as they expected.
// Knows nothing of what a line of a scenario means.
#include <CLI/CLI.hpp>

#include <array>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

#include "checker/cli/output_places.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/text_table.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/version.hpp"
#include "checker/whole_file.hpp"
#include "model/scenario/scenario.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

// A pipe has no size to look at beforehand: so much is read and no more.
std::string standard_input() {
    constexpr std::size_t bytes_max = std::size_t{64} << 20; // as of a file
    std::string text;
    std::array<char, 4096> part{};
    while (std::cin.read(part.data(), part.size()) || std::cin.gcount() > 0) {
        text.append(part.data(), static_cast<std::size_t>(std::cin.gcount()));
        if (text.size() > bytes_max)
            throw traces::FileError("standard input", "", "is larger than 64 MiB");
    }
    return text;
}

struct ScenarioArguments {
    std::vector<std::string> files;
    std::string trace;
    std::string property;
    bool quiet = false;
};

void write_trace(const ScenarioArguments& arguments, const model::ScenarioResult& result, const std::string& file) {
    const std::optional<std::string> property =
        arguments.property.empty() ? std::nullopt : std::optional(arguments.property);
    write_whole_file(arguments.trace, traces::write_trace(model::trace_of(result, property, version, file)));
}

ExitCode run(const ScenarioArguments& arguments) {
    if (!arguments.trace.empty() && arguments.files.size() > 1)
        throw UsageError("--trace takes the run of one scenario, there are " + std::to_string(arguments.files.size()));
    if (!arguments.property.empty() && arguments.trace.empty())
        throw UsageError("--property says what the trace is about: it needs --trace");
    expect_distinct(arguments.files, {arguments.trace});
    if (!arguments.trace.empty())
        try_file(arguments.trace);
    ExitCode exit_code = ExitCode::as_expected;
    for (const std::string& name : arguments.files) {
        const bool piped = name == "-";
        const std::string file = piped ? "standard input" : name;
        const std::string folder = piped ? "" : std::filesystem::path(name).parent_path().string();
        const model::ScenarioResult result =
            model::run_scenario(piped ? standard_input() : traces::read_text_file(name), file, folder);
        if (!arguments.quiet)
            std::cout << traces::printable_lines(result.report) << '\n'; // it quotes the file
        for (const std::string& each : result.unmet)
            std::cout << traces::printable(each) << '\n';
        std::cout << file << ": " << plural(result.path.firings.size(), "step") << ", "
                  << plural(result.expectations, "expectation") << ", " << result.unmet.size() << " not met"
                  << std::endl;
        if (!result.unmet.empty())
            exit_code = ExitCode::violated;
        if (result.expectations == 0) {
            std::cout << file << ": nothing was checked: add what must be true, such as `expect A1 dirty`" << std::endl;
            if (exit_code == ExitCode::as_expected)
                exit_code = ExitCode::inconclusive;
        }
        if (!arguments.trace.empty())
            write_trace(arguments, result, file);
    }
    return exit_code;
}

} // namespace

void add_scenario(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("scenario", "Runs a scenario: steps in plain text, with what must be true after them");
    const auto arguments = std::make_shared<ScenarioArguments>();
    command->add_option("FILE", arguments->files, "A scenario; - is the standard input")->required()->type_name("FILE");
    command->add_option("--trace", arguments->trace, "Write the run as a trace that `mdcd show` draws")
        ->type_name("FILE");
    command
        ->add_option("--property", arguments->property,
                     "What the trace is about; default: the first claim that the last state violates")
        ->type_name("NAME");
    command->add_flag("--quiet", arguments->quiet, "Print only what is not as expected");
    command->footer("Examples:\n"
                    "  mdcd scenario bug.scenario\n"
                    "  mdcd scenario bug.scenario --trace bug.json && mdcd show bug.json --as html -o bug.html\n"
                    "  mdcd show bug.json --as scenario | mdcd scenario -\n"
                    "Exit 10 if something is not as expected, 20 if nothing was expected.");
    command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

} // namespace mdcd::checker::cli
