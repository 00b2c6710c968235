// A model broke its contract, or says so itself: a handler or a predicate throws it, and so does the
// engine when a step does what slots do not allow. It becomes a verdict with a path, never a pass.
// Knows no model.
#pragma once

#include <stdexcept>
#include <string>

namespace mdcd::checker {

class ModelError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// For a catch block: throws what is being handled as a ModelError that names who threw it and what it was, as in
// "step 'go' threw std::out_of_range: ...". A ModelError, and the want of memory, are thrown as they are.
[[noreturn]] void rethrow_blaming(const std::string& who);

// Calls a part of a model, `call()`; `who()` names that part if it throws.
template <class Who, class Call> decltype(auto) blaming(Who who, Call call) {
    try {
        return call();
    } catch (...) {
        rethrow_blaming(who());
    }
}

} // namespace mdcd::checker
