// Systems of actors drawn at random, checked by the engine and by a plain interpreter of the same actors: the same
// states, transitions, dead ends, verdicts and shortest lengths; up to symmetry one state for each orbit. And the same
// answers about whole runs under fairness drawn at random, with stems of the same length.
#pragma once

#include <cstdint>

namespace mdcd::tests {

// Compares so many systems, whose numbers begin with `first_seed`; trivial ones are passed over. The mixture must have
// enough of each kind.
void compare_random_actors(std::uint64_t first_seed, unsigned systems);

} // namespace mdcd::tests
