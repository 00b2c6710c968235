// A run of a real system, from the folder of its processes, as a trace that the renderers draw.
// Knows no renderer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "traces/document.hpp"

namespace mdcd::checker::cli {

inline constexpr std::uint64_t window_steps_max = 5000; // events of a trace

struct RunWindow {
    std::uint64_t from = 0; // 0: the last events
    std::uint64_t steps = 40;
    std::string around; // "": nothing is looked for
};

struct ShownRun {
    traces::Trace trace;
    std::string
        wrong; // why it was not followed to its end: a step or a claim is not as it should be; "" if all is well
    std::string summary; // if all is well: how much was judged, for people
};

// All logs are judged as `mdcd validate` judges them, whatever is drawn. Throws traces::FileError if they are refused,
// UsageError if there is no such event, or if this program was built without the runtime.
[[nodiscard]] ShownRun shown_run(const std::string& folder, const RunWindow& window);

// Of its processes: nothing is to be written over them. None if it is no folder.
[[nodiscard]] std::vector<std::string> files_of_run(const std::string& folder);

// Without a trace, which is quicker.
[[nodiscard]] ShownRun validated_run(const std::string& folder);

} // namespace mdcd::checker::cli
