// `mdcd help [COMMAND ..]`: the same text as `mdcd COMMAND --help`, for those who type it this way round.
// Knows no subcommand.
#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
#include <vector>

#include "checker/cli/subcommands.hpp"
#include "checker/cli/usage_error.hpp"
#include "traces/file_error.hpp"

namespace mdcd::checker::cli {
namespace {

const CLI::App& named(const CLI::App& app, const std::string& name) {
    std::vector<std::string> known;
    for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (each->get_name() == name)
            return *each;
        if (!each->get_group().empty())
            known.push_back(each->get_name());
    }
    throw UsageError("help: unknown command '" + name + "'" + traces::did_you_mean(name, known));
}

} // namespace

void add_help(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("help", "Prints the help of the program, or of a command");
    const auto words = std::make_shared<std::vector<std::string>>();
    command->add_option("COMMAND", *words, "A command, and a subcommand of it")->type_name("COMMAND");
    command->footer("Examples:\n  mdcd help\n  mdcd help check\n  mdcd help list rules");
    command->callback([&program, &exit_code, words] {
        const CLI::App* app = &program;
        std::string name = app->get_name();
        for (const std::string& word : *words) {
            app = &named(*app, word);
            name += " " + word;
        }
        std::cout << app->get_formatter()->make_help(app, name, CLI::AppFormatMode::Normal);
        exit_code = ExitCode::as_expected;
    });
}

} // namespace mdcd::checker::cli
