// What the command line says of itself, as plain data: completion scripts and the manual are written from it, so
// that they cannot drift from the parser. Knows no subcommand and no shell.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

enum class ArgumentKind { none, word, choice, file, folder };

struct ArgumentDescription {
    ArgumentKind kind = ArgumentKind::none; // none: a flag
    std::string placeholder;                // "N", "FILE", ..
    std::vector<std::string> choices;       // of kind `choice`
    bool repeatable = false;
    bool required = false;
};

struct OptionDescription {
    std::vector<std::string> names; // "-h", "--help"; of a positional its name alone
    bool positional = false;
    std::string text;
    ArgumentDescription argument;
};

struct CommandDescription {
    std::string name;
    std::string text;
    std::string footer;                     // examples
    std::vector<OptionDescription> options; // positionals first
    std::vector<CommandDescription> subcommands;
};

// Without what is hidden (an empty group).
[[nodiscard]] CommandDescription describe(const CLI::App& app);

} // namespace mdcd::checker::cli
