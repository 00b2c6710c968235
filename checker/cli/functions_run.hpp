// Which functions of impl this program has run, if it was built from a copy that notes it (`mdcd mutate --functions`).
// Knows no gate.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace mdcd::checker::cli {

struct FunctionRun {
    std::string function; // "impl/recovery.hpp: recover"
    bool is_run = false;
};

// By file, as the copy names them; empty in a program that notes nothing.
[[nodiscard]] std::vector<FunctionRun> functions_run();

// "functions of impl: 119 of 240 are run by these checks", and those that are not; of a file that nobody runs only how
// many there are.
void print_functions(std::ostream& out, const std::vector<FunctionRun>& functions);

// The file in front of ": ".
[[nodiscard]] std::string file_of(const FunctionRun& function);

} // namespace mdcd::checker::cli
