// The merge of the logs, with a window of its events. Without the runtime nothing of it is there.
// Knows no renderer.
#include "checker/cli/show_run.hpp"

#include "checker/cli/usage_error.hpp"
#include "traces/file_error.hpp"

#ifdef MDCD_HAS_RUNTIME
#include "checker/cli/node/run_claims.hpp"
#include "checker/cli/node/run_drawing.hpp"
#endif

namespace mdcd::checker::cli {

#ifdef MDCD_HAS_RUNTIME

ShownRun shown_run(const std::string& folder, const RunWindow& window) {
    if (window.steps == 0 || window.steps > node::drawn_events_max)
        throw UsageError("--steps " + std::to_string(window.steps) + ": expected 1 to " +
                         std::to_string(node::drawn_events_max));
    node::RunMerge merge(folder);
    node::RunDrawing drawing(merge, {.first = window.from, .count = window.steps, .around = window.around});
    ShownRun shown;
    node::RunClaims claims(merge);
    try {
        merge.run({&drawing, &claims});
        claims.finish();
    } catch (const node::Deviation& deviation) {
        shown.wrong = deviation.what();
    }
    if (!drawing.found()) {
        std::string names;
        for (const std::string& each : drawing.names())
            names += (names.empty() ? "" : ", ") + each;
        throw UsageError("--around '" + window.around + "': this run has no such event" +
                         traces::did_you_mean(window.around, drawing.names()) + "; it has " + names);
    }
    shown.trace = drawing.trace(shown.wrong);
    if (shown.trace.steps.empty() && shown.wrong.empty())
        throw UsageError("--from " + std::to_string(window.from) + ": the run has fewer events (" + shown.trace.claim +
                         ")");
    return shown;
}

#else

ShownRun shown_run(const std::string& folder, const RunWindow&) {
    throw UsageError(folder + " is a folder; this mdcd was built without the runtime, so it reads no logs of runs");
}

#endif

} // namespace mdcd::checker::cli
