// A model broke its contract, or says so itself: a handler or a predicate throws it, and so does the
// engine when a step does what slots do not allow. It becomes a verdict with a path, never a pass.
#pragma once

#include <stdexcept>

namespace mdcd::checker {

class ModelError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace mdcd::checker
