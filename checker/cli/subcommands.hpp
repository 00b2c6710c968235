// The subcommands: each file adds one to the program, with its options, its examples and what it does when chosen.
// A subcommand writes its exit code where it was told to; what it throws is for main.
#pragma once

#include "checker/cli/exit_code.hpp"

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

// In the order of the help. `exit_code` must outlive the program.
void add_check(CLI::App& program, ExitCode& exit_code);
void add_compare(CLI::App& program, ExitCode& exit_code);
void add_repair(CLI::App& program, ExitCode& exit_code);
void add_simulate(CLI::App& program, ExitCode& exit_code);
void add_prove(CLI::App& program, ExitCode& exit_code);
void add_replay(CLI::App& program, ExitCode& exit_code);
void add_minimize(CLI::App& program, ExitCode& exit_code);
void add_show(CLI::App& program, ExitCode& exit_code);
void add_explore(CLI::App& program, ExitCode& exit_code);
void add_gate(CLI::App& program, ExitCode& exit_code);
void add_mutate(CLI::App& program, ExitCode& exit_code);
void add_scenario(CLI::App& program, ExitCode& exit_code);
// Where there is a runtime (the option MDCD_RUNTIME).
void add_run(CLI::App& program, ExitCode& exit_code);
void add_node(CLI::App& program, ExitCode& exit_code);
void add_upgrade(CLI::App& program, ExitCode& exit_code);
void add_validate(CLI::App& program, ExitCode& exit_code);
void add_list(CLI::App& program, ExitCode& exit_code);
void add_try(CLI::App& program, ExitCode& exit_code);
void add_explain(CLI::App& program, ExitCode& exit_code);
void add_help(CLI::App& program, ExitCode& exit_code);
void add_completion(CLI::App& program, ExitCode& exit_code);
void add_manual(CLI::App& program, ExitCode& exit_code);
void add_answer_z3(CLI::App& program, ExitCode& exit_code);

} // namespace mdcd::checker::cli
