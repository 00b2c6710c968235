// The mistake of a user on the command line that the option parser cannot see: caught once, in main, and printed as
// it stands (exit 64).
#pragma once

#include <stdexcept>

namespace mdcd::checker::cli {

class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace mdcd::checker::cli
