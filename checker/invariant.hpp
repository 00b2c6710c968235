// What must be true of the engine itself. A broken invariant is our mistake, never the user's: it says
// where and aborts, in release builds too.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace mdcd::checker {

[[noreturn]] inline void broken(const char* what, const char* file, int line) {
    std::fprintf(stderr, "mdcd: internal error: %s (%s:%d); please report this\n", what, file, line);
    std::abort();
}

} // namespace mdcd::checker

#define invariant(condition, what)                                                                                     \
    ((condition) ? static_cast<void>(0) : ::mdcd::checker::broken((what), __FILE__, __LINE__))
