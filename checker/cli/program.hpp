// The whole command line as one object, and what is said when it is used wrongly.
// Knows the subcommands by name only.
#pragma once

#include <iosfwd>
#include <memory>
#include <span>

#include "checker/cli/exit_code.hpp"

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace mdcd::checker::cli {

// Parsing it runs the chosen subcommand, which leaves its result in `exit_code`.
[[nodiscard]] std::shared_ptr<CLI::App> make_program(ExitCode& exit_code);

// Prints what the user asked for (help, version) to `out`, or what was wrong and the nearest known name to `err`.
[[nodiscard]] ExitCode explain(const CLI::App& program, const CLI::ParseError& error, std::ostream& out,
                               std::ostream& err);

// Names of files are told in reports as they were given: what a terminal or a log would act on is refused. Throws
// UsageError.
void expect_printable(std::span<char* const> arguments);

} // namespace mdcd::checker::cli
