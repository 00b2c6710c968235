// How `--help` looks: texts wrapped to the terminal, and the default of each option that has one.
// Knows no command.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace mdcd::checker::cli {

class HelpFormat : public CLI::Formatter {
public:
    HelpFormat();

    std::string make_option_opts(const CLI::Option* option) const override;
    std::string make_option_desc(const CLI::Option* option) const override;
    std::string make_subcommand(const CLI::App* subcommand) const override;

private:
    // Line feeds where the right column ends.
    [[nodiscard]] std::string wrapped(const std::string& text) const;
};

} // namespace mdcd::checker::cli
