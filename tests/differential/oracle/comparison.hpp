// Puts the same random cases to the checker and to the oracle, and compares what they say of each claim that applies.
// A difference fails the test that calls this, with the case in words.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace mdcd::tests {

struct Comparison {
    std::uint8_t components = 1;
    unsigned cases = 0;           // to be compared
    std::uint64_t states_max = 0; // of the model; larger cases are passed over
    std::uint64_t seed = 0;
};

struct Compared {
    unsigned cases = 0;
    unsigned passed_over = 0; // too large
    unsigned same_states = 0; // cases in which both have found equally many states
    unsigned verdicts = 0;
    unsigned violated = 0; // of these
    std::map<std::string, unsigned> violated_by_claim;

    [[nodiscard]] std::string text() const;
};

[[nodiscard]] Compared compare_with_oracle(const Comparison& comparison);

} // namespace mdcd::tests
