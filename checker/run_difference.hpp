// Where a run goes another way than was written down.
// Knows no model and no document.
#pragma once
#include <cstddef>
#include <string>

namespace mdcd::checker {

struct RunDifference {
    std::size_t step = 0; // from 1; 0: the initial state, or what is said of the whole
    std::string text;
};

} // namespace mdcd::checker
