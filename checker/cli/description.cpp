// Reads the description of the command line out of the option parser.
// Knows no subcommand and no shell.
#include "checker/cli/description.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>

namespace mdcd::checker::cli {
namespace {

// The parser shows the members of a set as "TEXT:{a,b}".
std::vector<std::string> choices_in(const std::string& type) {
    std::vector<std::string> choices;
    const std::size_t open = type.find('{');
    const std::size_t close = type.find('}', open);
    if (open == std::string::npos || close == std::string::npos)
        return choices;
    std::istringstream members(type.substr(open + 1, close - open - 1));
    for (std::string member; std::getline(members, member, ',');)
        choices.push_back(member);
    return choices;
}

ArgumentDescription describe_argument(const CLI::Option& option) {
    ArgumentDescription argument;
    argument.required = option.get_required();
    argument.repeatable = option.get_expected_max() > 1;
    if (option.get_items_expected_max() == 0)
        return argument;
    const std::string type = option.get_type_name();
    argument.choices = choices_in(type);
    argument.placeholder = type.substr(0, type.find_first_of(":{"));
    const auto says = [&type](const char* word) { return type.find(word) != std::string::npos; };
    if (!argument.choices.empty())
        argument.kind = ArgumentKind::choice;
    else if (says("DIR"))
        argument.kind = ArgumentKind::folder;
    else if (says("FILE") || says("PATH"))
        argument.kind = ArgumentKind::file;
    else
        argument.kind = ArgumentKind::word;
    return argument;
}

OptionDescription describe_option(const CLI::Option& option) {
    OptionDescription result;
    result.positional = option.get_positional();
    result.text = option.get_description();
    result.argument = describe_argument(option);
    if (result.positional) {
        if (result.argument.kind == ArgumentKind::word)
            result.argument.kind = ArgumentKind::file; // a scope, a trace: by name or as a file
        result.names.push_back(option.get_name(true));
        return result;
    }
    for (const std::string& name : option.get_snames())
        result.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        result.names.push_back("--" + name);
    return result;
}

} // namespace

CommandDescription describe(const CLI::App& app) {
    CommandDescription command{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
    for (const CLI::Option* option : app.get_options()) {
        if (!option->get_group().empty())
            command.options.push_back(describe_option(*option));
    }
    std::stable_partition(command.options.begin(), command.options.end(),
                          [](const OptionDescription& each) { return each.positional; });
    for (const CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (!subcommand->get_group().empty())
            command.subcommands.push_back(describe(*subcommand));
    }
    return command;
}

} // namespace mdcd::checker::cli
