// Numbers as options take them: nothing that a conversion would round, wrap or take for something else.
// Knows no option by name.
#pragma once

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

// For every option of the program and its subcommands that takes a number, by the name of its type: N and MS are whole
// numbers below 2^63, S is a number of seconds, at most 10^9. To be called once all options are there.
void check_numbers(CLI::App& program);

} // namespace mdcd::checker::cli
