// What a run without end owes to an action that can happen: then it may not be put off for ever.
// Knows no model.
#pragma once

#include <cstdint>

namespace mdcd::checker {

enum class Fairness : std::uint8_t {
    weak,   // what can happen from some time on without a break happens again and again
    strong, // what can happen again and again happens again and again
};

} // namespace mdcd::checker
