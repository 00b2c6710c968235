// What options take: numbers that no conversion would round, wrap or take for something else, and words out of a list.
// Knows no option by name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
class Validator;
} // namespace CLI

namespace mdcd::checker::cli {

// For every option of the program and its subcommands that takes a number, by the name of its type: N and MS are whole
// numbers below 2^63, S is a number of seconds, at most 10^9. To be called once all options are there.
void check_numbers(CLI::App& program);

// For `check` of an option: one of these words, or a whole number in this range. Says what was expected, what was found
// and which word is the nearest; the help shows {a,b}.
[[nodiscard]] CLI::Validator one_of(const std::vector<std::string>& words);
[[nodiscard]] CLI::Validator within(std::uint64_t least, std::uint64_t most);

} // namespace mdcd::checker::cli
