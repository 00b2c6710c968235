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

// A function, not a macro: this header is installed, and a name of its user's must not change its meaning. File and
// line are the caller's (std::source_location is not in every compiler that we build with).
constexpr void invariant(bool condition, const char* what, const char* file = __builtin_FILE(),
                         int line = __builtin_LINE()) {
    if (!condition) [[unlikely]]
        broken(what, file, line);
}

} // namespace mdcd::checker

// For every folder of ours: the house rule on namespaces knows this line.
namespace mdcd {
using checker::invariant;
}
