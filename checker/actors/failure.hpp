// How headers that users compile report a mistake: they throw nothing themselves, so that they can be compiled
// without exceptions. Knows no engine.
#pragma once

#include <string>

namespace mdcd::checker::actors {

// A ModelError: becomes a verdict `error` with the run that leads there.
[[noreturn]] void fail(const std::string& what);

// A system that is put together in a wrong way: std::invalid_argument.
[[noreturn]] void refuse(const std::string& what);

} // namespace mdcd::checker::actors
