// Assembles the command line from its subcommands, and explains wrong usage by the nearest right one.
// Knows nothing of what a subcommand does.
#include "checker/cli/program.hpp"

#include <CLI/CLI.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "checker/cli/help_format.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/version.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/markup.hpp"

namespace mdcd::checker::cli {
namespace {

std::string footer() {
    std::string text = "Exit codes:\n";
    for (const ExitCodeMeaning& each : exit_code_meanings) {
        const std::string number = std::to_string(static_cast<int>(each.code));
        text += "  " + number + std::string(6 - number.size(), ' ') + each.meaning + "\n";
    }
    return text + "\n'mdcd COMMAND --help' shows the options of a command, with examples.";
}

// Down the subcommands that were named, to the last.
const CLI::App& innermost(const CLI::App& program) {
    const CLI::App* app = &program;
    while (!app->get_subcommands().empty())
        app = app->get_subcommands().front();
    return *app;
}

std::string full_name(const CLI::App& app) {
    return app.get_parent() == nullptr ? app.get_name() : full_name(*app.get_parent()) + " " + app.get_name();
}

std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    }
    return names;
}

std::vector<std::string> subcommand_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (!each->get_group().empty())
            names.push_back(each->get_name());
    }
    return names;
}

// The parser says "Could not convert: --workers = -1"; only numbers are converted.
std::string not_a_number(const CLI::App& chosen, const std::string& words) {
    const std::size_t name_begin = words.find('-');
    const std::size_t equals = words.find(" = ");
    if (name_begin == std::string::npos || equals == std::string::npos || equals < name_begin)
        return words;
    const std::string name = words.substr(name_begin, equals - name_begin);
    const CLI::Option* const option = chosen.get_option_no_throw(name);
    const bool seconds = option != nullptr && option->get_type_name().starts_with("S");
    return name + " " + traces::shortened(traces::printable(words.substr(equals + 3)), 60) + ": expected a " +
           (seconds ? "number of seconds" : "whole number from 0 to 2^32 - 1");
}

// What is wrong, in words; the parser's own where they are good enough.
std::string complaint(const CLI::App& program, const CLI::App& chosen, const CLI::ParseError& error) {
    const std::vector<std::string> left_over = program.remaining(true);
    if (left_over.empty())
        return error.get_name() == "ConversionError" ? not_a_number(chosen, error.what()) : error.what();
    const std::string& argument = left_over.front();
    if (argument.starts_with('-')) {
        const std::string name = argument.substr(0, argument.find('='));
        return "unknown option '" + name + "'" + traces::did_you_mean(name, option_names(chosen));
    }
    const std::vector<std::string> known = subcommand_names(chosen);
    if (known.empty())
        return "unexpected argument '" + argument + "'";
    return "unknown command '" + argument + "'" + traces::did_you_mean(argument, known);
}

} // namespace

std::shared_ptr<CLI::App> make_program(ExitCode& exit_code) {
    auto program = std::make_shared<CLI::App>(
        "mdcd checks the rollback recovery of a message-driven, confidence-driven protocol: it explores every\n"
        "interleaving of the code that a process would run, and prints the shortest run that ends badly.",
        "mdcd");
    program->set_version_flag("-V,--version", std::string("mdcd ") + version, "Print the version and exit");
    program->set_help_flag("-h,--help", "Print this help and exit");
    program->footer(footer());
    program->require_subcommand(1);
    program->formatter(std::make_shared<HelpFormat>());
    program->option_defaults()->always_capture_default(); // --help says them
    add_check(*program, exit_code);
    add_try(*program, exit_code);
    add_compare(*program, exit_code);
    add_repair(*program, exit_code);
    add_simulate(*program, exit_code);
    add_prove(*program, exit_code);
    add_replay(*program, exit_code);
    add_minimize(*program, exit_code);
    add_show(*program, exit_code);
    add_explore(*program, exit_code);
    add_gate(*program, exit_code);
    add_mutate(*program, exit_code);
    add_scenario(*program, exit_code);
#ifdef MDCD_HAS_RUNTIME
    add_run(*program, exit_code);
    add_node(*program, exit_code);
    add_upgrade(*program, exit_code);
    add_validate(*program, exit_code);
#endif
    add_list(*program, exit_code);
    add_explain(*program, exit_code);
    add_help(*program, exit_code);
    add_completion(*program, exit_code);
    add_manual(*program, exit_code);
    add_answer_z3(*program, exit_code);
    check_numbers(*program);
    return program;
}

void expect_printable(std::span<char* const> arguments) {
    for (std::size_t position = 1; position < arguments.size(); ++position) {
        const std::string_view argument = arguments[position];
        if (traces::printable(argument) != argument)
            throw UsageError("argument " + std::to_string(position) +
                             " holds a character that cannot be seen, or is not UTF-8: '" +
                             traces::cut(traces::printable(argument), 60) + "'");
    }
}

ExitCode explain(const CLI::App& program, const CLI::ParseError& error, std::ostream& out, std::ostream& err) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        program.exit(error, out, err); // help and version arrive as errors that are none
        return ExitCode::as_expected;
    }
    const CLI::App& chosen = innermost(program);
    err << "mdcd: " << complaint(program, chosen, error) << "\nSee '" << full_name(chosen) << " --help'.\n";
    return ExitCode::usage;
}

} // namespace mdcd::checker::cli
