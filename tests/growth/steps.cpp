// The function that is called at each branch; it is compiled without such calls.
// Knows no reader.
#include "tests/growth/steps.hpp"

namespace {

std::uint64_t steps = 0;

} // namespace

extern "C" void __sanitizer_cov_trace_pc() { // NOLINT: the compiler's name for it
    ++steps;
}

namespace mdcd::tests {

std::uint64_t steps_taken() {
    return steps;
}

} // namespace mdcd::tests
