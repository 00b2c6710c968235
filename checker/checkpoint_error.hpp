// A checkpoint that cannot be used: not there, damaged, or of another search. Says which.
// Knows no file format.
#pragma once

#include <stdexcept>

namespace mdcd::checker {

class CheckpointError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace mdcd::checker
