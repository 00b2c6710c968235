// `mdcd completion SHELL`: prints a completion script, written from the parser's own description.
// Knows three shells, what is shipped, and no subcommand.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "checker/cli/description.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/subcommands.hpp"
#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

std::string joined_by(const std::vector<std::string>& words, const std::string& separator) {
    std::string text;
    for (const std::string& word : words)
        text.append(text.empty() ? "" : separator).append(word);
    return text;
}

// On one line, within single quotes: bash and zsh leave them to write one, fish escapes it.
std::string quoted(const std::string& text, const std::string& single_quote) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'')
            result += single_quote;
        else
            result += c == '\n' ? ' ' : c;
    }
    return result + "'";
}

std::string shell_quoted(const std::string& text) {
    return quoted(text, "'\\''");
}
std::string fish_quoted(const std::string& text) {
    return quoted(text, "\\'");
}

std::vector<std::string> subcommand_names(const CommandDescription& command) {
    std::vector<std::string> names;
    for (const CommandDescription& each : command.subcommands)
        names.push_back(each.name);
    return names;
}

// Each once, and not those that other scopes have, too.
void add_family_properties(std::vector<std::string>& names) {
    for (const model::Family* const family : model::families())
        for (const model::FamilyScope& scope : family->scopes())
            for (const checker::Property& property : family->properties({scope.name, {}}))
                if (std::ranges::find(names, property.name) == names.end())
                    names.push_back(property.name);
}

// Names of what is shipped, for an argument that may also be a file or has a grammar of its own.
std::vector<std::string> known_names(const std::string& command, const std::string& argument) {
    std::vector<std::string> names;
    if (argument == "SCOPE") {
        names = model::scope_names();
        if (command == "check" || command == "compare") // no other command explores them
            for (const std::string& name : model::family_scope_names())
                names.push_back(name);
        return names;
    }
    if (argument == "RULES") {
        names = model::preset_names();
        if (command == "check" || command == "compare")
            for (const model::Family* const family : model::families())
                for (const model::FamilyPreset& preset : family->presets())
                    names.push_back(preset.name);
        return names;
    }
    if (argument == "GATE")
        return model::gate_names();
    if (argument == "RULE=VALUE")
        for (const impl::RuleDescription& rule : impl::rule_table())
            for (const std::string_view value : rule.values)
                names.push_back(std::string(rule.name) + "=" + std::string(value));
    if (argument == "RULE=VALUE" && (command == "check" || command == "compare" || command == "gate"))
        for (const model::Family* const family : model::families())
            for (const model::FamilyRule& rule : family->rules())
                for (const std::string& value : rule.values)
                    if (rule.is_own)
                        names.push_back(rule.name + "=" + value);
    if (argument == "--rule")
        for (const impl::RuleDescription& rule : impl::rule_table())
            names.emplace_back(rule.name);
    if (argument == "--property" || argument == "--expect")
        for (const checker::Property& property : model::all_properties())
            names.push_back(property.name);
    if (command == "check" && (argument == "--property" || argument == "--expect" || argument == "--witness"))
        add_family_properties(names);
    return names;
}

void add_known_names(CommandDescription& command) {
    for (OptionDescription& option : command.options) {
        ArgumentDescription& argument = option.argument;
        if (argument.kind != ArgumentKind::word && argument.kind != ArgumentKind::file)
            continue;
        const std::string& name = option.names.back();
        argument.choices = known_names(command.name, option.positional || argument.placeholder == "NAME" ||
                                                             argument.placeholder == "NAME=VERDICT"
                                                         ? name
                                                         : argument.placeholder);
        if (argument.placeholder == "RULES")
            argument.kind = ArgumentKind::file; // a preset, or a file
        else if (argument.kind == ArgumentKind::word && !argument.choices.empty())
            argument.kind = ArgumentKind::choice;
    }
    for (CommandDescription& each : command.subcommands)
        add_known_names(each);
}

// bash: three tables of cases, keyed by the path of subcommands typed so far.
struct BashCases {
    std::string paths;     // which words continue the path
    std::string arguments; // what follows an option
    std::string words;     // what can stand there otherwise
};

std::string bash_reply(const ArgumentDescription& argument) {
    const std::string words = "($(compgen -W " + shell_quoted(joined_by(argument.choices, " ")) + " -- \"$cur\"))";
    switch (argument.kind) {
    case ArgumentKind::choice:
        return "COMPREPLY=" + words;
    case ArgumentKind::file:
        return std::string("_mdcd_files -f") + (argument.choices.empty() ? "" : "; COMPREPLY+=" + words);
    case ArgumentKind::folder:
        return "_mdcd_files -d";
    case ArgumentKind::none:
    case ArgumentKind::word:
        break;
    }
    return ":";
}

void add_bash_cases(const CommandDescription& command, const std::string& parents, BashCases& cases) {
    const std::string path = parents.empty() ? command.name : parents + " " + command.name;
    std::vector<std::string> options;
    std::vector<std::string> words = subcommand_names(command);
    std::string files = ":";
    for (const OptionDescription& option : command.options) {
        if (option.positional) {
            words.insert(words.end(), option.argument.choices.begin(), option.argument.choices.end());
            if (option.argument.kind == ArgumentKind::file || option.argument.kind == ArgumentKind::folder)
                files = option.argument.kind == ArgumentKind::file ? "_mdcd_files -f" : "_mdcd_files -d";
            continue;
        }
        options.insert(options.end(), option.names.begin(), option.names.end());
        std::vector<std::string> patterns;
        for (const std::string& name : option.names)
            patterns.push_back(shell_quoted(path + " " + name));
        if (option.argument.kind != ArgumentKind::none)
            cases.arguments.append("        ").append(joined_by(patterns, "|")).append(") ");
        if (option.argument.kind != ArgumentKind::none)
            cases.arguments.append(bash_reply(option.argument)).append("; return ;;\n");
    }
    cases.words.append("        ")
        .append(shell_quoted(path))
        .append(") options=")
        .append(shell_quoted(joined_by(options, " ")));
    cases.words.append(" words=")
        .append(shell_quoted(joined_by(words, " ")))
        .append("; ")
        .append(files)
        .append(" ;;\n");
    for (const CommandDescription& each : command.subcommands) {
        cases.paths.append("            ").append(shell_quoted(path + " " + each.name));
        cases.paths.append(") path=\"$path ${COMP_WORDS[i]}\" ;;\n");
        add_bash_cases(each, path, cases);
    }
}

void print_bash(const CommandDescription& program, std::ostream& out) {
    BashCases cases;
    add_bash_cases(program, "", cases);
    out << "# bash completion of mdcd; written by: mdcd completion bash\n"
           "_mdcd_files() {\n"
           "    compopt -o filenames 2>/dev/null\n"
           "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
           "}\n"
           "# readline cuts words at '=': puts the last one together, says what it is an argument of, and leaves in\n"
           "# COMPREPLY what stands after the last '=', which is what readline replaces.\n"
           "_mdcd() {\n"
           "    local cur= prev at=$COMP_CWORD cut= each i\n"
           "    while [[ $at -gt 0 && ( ${COMP_WORDS[at]} == = || ${COMP_WORDS[at-1]} == = ) ]]; do\n"
           "        cur=${COMP_WORDS[at]}$cur at=$((at - 1)) cut=1\n"
           "    done\n"
           "    cur=${COMP_WORDS[at]}$cur prev=${COMP_WORDS[at-1]}\n"
           "    if [[ $cur == --*=* ]]; then\n"
           "        prev=${cur%%=*} cur=${cur#*=}\n"
           "    fi\n"
           "    COMPREPLY=()\n"
           "    _mdcd_word \"$at\"\n"
           "    [[ $cut && $cur == *=* ]] || return 0\n"
           "    for i in \"${!COMPREPLY[@]}\"; do\n"
           "        each=${COMPREPLY[i]}\n"
           "        COMPREPLY[i]=${each#\"${cur%\"${cur##*=}\"}\"}\n"
           "    done\n"
           "}\n"
           "_mdcd_word() {\n"
           "    local path=mdcd options= words= i\n"
           "    for ((i = 1; i < $1; i++)); do\n"
           "        case \"$path ${COMP_WORDS[i]}\" in\n"
        << cases.paths
        << "        esac\n"
           "    done\n"
           "    case \"$path $prev\" in\n"
        << cases.arguments
        << "    esac\n"
           "    case \"$path\" in\n"
        << cases.words
        << "    esac\n"
           "    [[ $cur == -* ]] && words=$options\n"
           "    COMPREPLY+=($(compgen -W \"$words\" -- \"$cur\"))\n"
           "}\n"
           "complete -F _mdcd mdcd\n";
}

// zsh: a function for each command.
std::string zsh_escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\')
            result += '\\';
        result += c;
    }
    return result;
}

std::string zsh_action(const ArgumentDescription& argument) {
    switch (argument.kind) {
    case ArgumentKind::choice:
        return "(" + joined_by(argument.choices, " ") + ")";
    case ArgumentKind::file:
        if (!argument.choices.empty())
            return "{_alternative \"names:name:(" + joined_by(argument.choices, " ") + ")\" \"files:file:_files\"}";
        return "_files";
    case ArgumentKind::folder:
        return "_files -/";
    case ArgumentKind::none:
    case ArgumentKind::word:
        break;
    }
    return " ";
}

void print_zsh_options(const CommandDescription& command, std::ostream& out) {
    for (const OptionDescription& option : command.options) {
        const ArgumentDescription& argument = option.argument;
        if (option.positional) {
            const std::string start = argument.repeatable ? "*:" : ":";
            out << " \\\n        "
                << shell_quoted(start + zsh_escaped(option.names.front()) + ":" + zsh_action(argument));
            continue;
        }
        std::string suffix = "[" + zsh_escaped(option.text) + "]";
        if (argument.kind != ArgumentKind::none)
            suffix.append(":").append(zsh_escaped(argument.placeholder)).append(":").append(zsh_action(argument));
        for (const std::string& name : option.names) {
            const std::string start = argument.repeatable ? "*" : "(" + joined_by(option.names, " ") + ")";
            const char* const joint = argument.kind == ArgumentKind::none ? "" : name.starts_with("--") ? "=" : "+";
            out << " \\\n        " << shell_quoted(start + name + joint + suffix);
        }
    }
}

void print_zsh_function(const CommandDescription& command, const std::string& function, std::ostream& out) {
    out << function << "() {\n    local state line\n    typeset -A opt_args\n    _arguments -C";
    print_zsh_options(command, out);
    if (command.subcommands.empty()) {
        out << "\n}\n";
        return;
    }
    out << " \\\n        '1:command:->command' '*::argument:->argument'\n    case $state in\n    command)\n"
           "        local -a commands=(";
    for (const CommandDescription& each : command.subcommands)
        out << "\n            " << shell_quoted(each.name + ":" + zsh_escaped(each.text));
    out << ")\n        _describe command commands ;;\n    argument)\n        case $line[1] in\n";
    for (const CommandDescription& each : command.subcommands)
        out << "        " << each.name << ") " << function << "_" << each.name << " ;;\n";
    out << "        esac ;;\n    esac\n}\n";
    for (const CommandDescription& each : command.subcommands)
        print_zsh_function(each, function + "_" + each.name, out);
}

void print_zsh(const CommandDescription& program, std::ostream& out) {
    out << "#compdef mdcd\n# zsh completion of mdcd; written by: mdcd completion zsh\n";
    print_zsh_function(program, "_mdcd", out);
    out << "if [[ $funcstack[1] == _mdcd ]]; then _mdcd \"$@\"; else compdef _mdcd mdcd; fi\n";
}

// fish: one line for each word, guarded by the subcommands seen so far.
std::string fish_argument(const ArgumentDescription& argument) {
    switch (argument.kind) {
    case ArgumentKind::none:
        return "";
    case ArgumentKind::choice:
        return " -x -a " + fish_quoted(joined_by(argument.choices, " "));
    case ArgumentKind::file:
        return " -r -F" + (argument.choices.empty() ? "" : " -a " + fish_quoted(joined_by(argument.choices, " ")));
    case ArgumentKind::folder:
        return " -x -a '(__fish_complete_directories)'";
    case ArgumentKind::word:
        break;
    }
    return " -x";
}

void print_fish_lines(const CommandDescription& command, const std::string& seen, std::ostream& out) {
    std::string here = seen.empty() ? "true" : seen;
    if (!command.subcommands.empty())
        here += "; and not __fish_seen_subcommand_from " + joined_by(subcommand_names(command), " ");
    const std::string start = "complete -c mdcd -n " + fish_quoted(here);
    for (const CommandDescription& each : command.subcommands)
        out << start << " -a " << each.name << " -d " << fish_quoted(each.text) << '\n';
    for (const OptionDescription& option : command.options) {
        if (option.positional) {
            if (!option.argument.choices.empty())
                out << start << " -a " << fish_quoted(joined_by(option.argument.choices, " ")) << '\n';
            if (option.argument.kind == ArgumentKind::file || option.argument.kind == ArgumentKind::folder)
                out << start << " -F\n";
            continue;
        }
        out << start;
        for (const std::string& name : option.names)
            out << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
        out << fish_argument(option.argument) << " -d " << fish_quoted(option.text) << '\n';
    }
    for (const CommandDescription& each : command.subcommands)
        print_fish_lines(each, (seen.empty() ? "" : seen + "; and ") + "__fish_seen_subcommand_from " + each.name, out);
}

void print_fish(const CommandDescription& program, std::ostream& out) {
    out << "# fish completion of mdcd; written by: mdcd completion fish\ncomplete -c mdcd -f\n";
    print_fish_lines(program, "", out);
}

} // namespace

void add_completion(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("completion", "Prints a completion script for a shell");
    const auto shell = std::make_shared<std::string>();
    command->add_option("SHELL", *shell, "The shell")->required()->check(one_of({"bash", "zsh", "fish"}));
    command->footer("Example:\n  mdcd completion bash > /etc/bash_completion.d/mdcd");
    command->callback([&program, &exit_code, shell] {
        CommandDescription description = describe(program);
        add_known_names(description);
        if (*shell == "bash")
            print_bash(description, std::cout);
        else if (*shell == "zsh")
            print_zsh(description, std::cout);
        else
            print_fish(description, std::cout);
        exit_code = ExitCode::as_expected;
    });
}

} // namespace mdcd::checker::cli
