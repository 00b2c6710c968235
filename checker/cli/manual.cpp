// `mdcd manual`: prints the manual page as roff, written from the parser's own description.
// Knows no subcommand.
#include <CLI/CLI.hpp>

#include <iostream>
#include <sstream>
#include <string>

#include "checker/cli/description.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/version.hpp"

namespace mdcd::checker::cli {
namespace {

// Text that roff takes literally, also at the start of a line.
std::string escaped(const std::string& text) {
    std::string result;
    bool at_line_start = true;
    for (const char c : text) {
        if (at_line_start && (c == '.' || c == '\''))
            result += "\\&";
        if (c == '\\')
            result += "\\e";
        else if (c == '-')
            result += "\\-";
        else
            result += c;
        at_line_start = c == '\n';
    }
    return result;
}

std::string bold(const std::string& text) {
    return "\\fB" + escaped(text) + "\\fR";
}
std::string italic(const std::string& text) {
    return "\\fI" + escaped(text) + "\\fR";
}

std::string synopsis(const CommandDescription& command, const std::string& name) {
    std::string text = bold(name);
    bool has_options = false;
    for (const OptionDescription& option : command.options) {
        has_options = has_options || !option.positional;
        if (!option.positional)
            continue;
        const std::string dots = option.argument.repeatable ? ".." : "";
        const std::string word = italic(option.names.front()) + dots;
        text += option.argument.required ? " " + word : " [" + word + "]";
    }
    return has_options ? text + " [" + italic("OPTION") +
                             ".."
                             "]"
                       : text;
}

void print_option(const OptionDescription& option, std::ostream& out) {
    const ArgumentDescription& argument = option.argument;
    std::string tag;
    for (const std::string& name : option.names)
        tag += (tag.empty() ? "" : ", ") + (option.positional ? italic(name) : bold(name));
    if (!option.positional && argument.kind != ArgumentKind::none)
        tag += " " + italic(argument.placeholder.empty() ? "VALUE" : argument.placeholder);
    out << ".TP\n" << tag << '\n' << escaped(option.text);
    if (!argument.choices.empty()) {
        out << " (one of";
        for (const std::string& choice : argument.choices)
            out << (choice == argument.choices.front() ? " " : ", ") << escaped(choice);
        out << ")";
    }
    if (argument.repeatable && !option.positional)
        out << "; can be given several times";
    out << '\n';
}

void print_command(const CommandDescription& command, const std::string& parents, std::ostream& out) {
    const std::string name = parents + " " + command.name;
    out << ".SS " << synopsis(command, name) << '\n' << escaped(command.text) << '\n';
    for (const OptionDescription& option : command.options)
        print_option(option, out);
    if (!command.footer.empty())
        out << ".PP\n.nf\n" << escaped(command.footer) << "\n.fi\n";
    for (const CommandDescription& each : command.subcommands)
        print_command(each, name, out);
}

void print_manual(const CommandDescription& program, std::ostream& out) {
    out << ".\\\" Written by: mdcd manual\n.TH MDCD 1 \"\" \"mdcd " << version << "\" \"User Commands\"\n"
        << ".SH NAME\nmdcd \\- check the rollback recovery of a message\\-driven protocol\n"
        << ".SH SYNOPSIS\n\\fBmdcd\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR..]\n"
        << ".SH DESCRIPTION\n"
        << escaped(program.text) << "\n.SH OPTIONS\n";
    for (const OptionDescription& option : program.options)
        print_option(option, out);
    out << ".SH COMMANDS\n";
    for (const CommandDescription& each : program.subcommands)
        print_command(each, program.name, out);
    out << ".SH EXIT STATUS\n";
    for (const ExitCodeMeaning& each : exit_code_meanings)
        out << ".TP\n\\fB" << static_cast<int>(each.code) << "\\fR\n" << escaped(each.meaning) << '\n';
}

} // namespace

void add_manual(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("manual", "Prints the manual page, as roff");
    command->footer("Example:\n  mdcd manual | man -l -");
    command->callback([&program, &exit_code] {
        print_manual(describe(program), std::cout);
        exit_code = ExitCode::as_expected;
    });
}

} // namespace mdcd::checker::cli
