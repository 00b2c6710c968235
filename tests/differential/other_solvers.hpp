// The queries as text, put to other programs: cvc5, which shares no code with Z3, and the z3 program, which reads the
// text anew. What is not installed is left out with a message; where MDCD_OTHER_SOLVERS is "required", that is a
// failure.
#pragma once

#include <cstddef>
#include <string>

namespace mdcd::tests {

// Checks that a program answers distinct questions as Z3 and the native evaluation do: of small explorations under
// several sets of rules, then of random views, `samples_min` or more in all.
void compare_with_solver(const std::string& program, const std::string& arguments, std::size_t samples_min);

} // namespace mdcd::tests
