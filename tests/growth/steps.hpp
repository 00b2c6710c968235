// How many branches the readers have taken since the program began.
// Knows no reader: the compiler puts a call at each branch of theirs (-fsanitize-coverage=trace-pc).
#pragma once

#include <cstdint>

namespace mdcd::tests {

[[nodiscard]] std::uint64_t steps_taken();

} // namespace mdcd::tests
