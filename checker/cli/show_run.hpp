// A run of a real system, from the folder of its processes, as a trace that the renderers draw.
// Knows no renderer.
#pragma once

#include <cstdint>
#include <string>

#include "traces/document.hpp"

namespace mdcd::checker::cli {

struct RunWindow {
    std::uint64_t from = 0; // 0: the last events
    std::uint64_t steps = 40;
    std::string around; // "": nothing is looked for
};

struct ShownRun {
    traces::Trace trace;
    std::string wrong; // why it was not followed to its end: a process did what the handlers do not do
};

// All logs are judged as `mdcd validate` judges them, whatever is drawn. Throws traces::FileError if they are refused,
// UsageError if there is no such event, or if this program was built without the runtime.
[[nodiscard]] ShownRun shown_run(const std::string& folder, const RunWindow& window);

} // namespace mdcd::checker::cli
