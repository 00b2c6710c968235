// The merge of the logs, with a window of its events. Without the runtime nothing of it is there.
// Knows no renderer.
#include "checker/cli/show_run.hpp"

#include <filesystem>

#include "checker/cli/usage_error.hpp"
#include "traces/file_error.hpp"

#ifdef MDCD_HAS_RUNTIME
#include <algorithm>

#include "checker/cli/counted.hpp"
#include "checker/cli/node/validation.hpp"
#endif

namespace mdcd::checker::cli {

std::vector<std::string> files_of_run(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& process : std::filesystem::directory_iterator(folder, error))
        for (const char* name : {"/log.ndjson", "/output.ndjson"})
            if (std::filesystem::exists(process.path().string() + name, error))
                files.push_back(process.path().string() + name);
    return files;
}

#ifdef MDCD_HAS_RUNTIME

namespace {

std::string endings_text(std::string endings) {
    std::ranges::replace(endings, ' ', '+');
    return endings;
}

std::string summary_of(const node::Validation& result, const std::string& folder) {
    std::string text;
    std::uint64_t steps = 0;
    for (const node::ValidatedProcess& each : result.processes) {
        text +=
            each.name + ": " + counted(each.steps, "step") + ", " + counted(each.restarts, "restart") + ", " +
            (each.endings.empty() ? counted(each.recoveries, "recovery", "recoveries") : endings_text(each.endings)) +
            ", " + counted(each.outputs, "output") + "\n";
        steps += each.steps;
    }
    return text + folder + ": " + std::to_string(steps) + " steps of " + std::to_string(result.processes.size()) +
           " processes of " + result.system + " are what the handlers do; " + std::to_string(result.received) +
           " messages were received as they were sent, once, " +
           (result.went_past == 0
                ? "in order; "
                : "in order but for " + std::to_string(result.went_past) + " that went past others; ") +
           std::to_string(result.under_way) + " were under way at the end; every claim holds on " +
           std::to_string(result.cuts) + " consistent cuts\n";
}

// Throws UsageError: nothing that there is was asked for.
node::JudgedRun judged_run(const std::string& folder, const RunWindow& window) {
    if (window.steps == 0 || window.steps > window_steps_max)
        throw UsageError("--steps " + std::to_string(window.steps) + ": expected 1 to " +
                         std::to_string(window_steps_max));
    node::JudgedRun judged =
        node::judged_run(folder, {.first = window.from, .count = window.steps, .around = window.around});
    if (!judged.has_event) {
        std::string names;
        for (const std::string& each : judged.event_names)
            names += (names.empty() ? "" : ", ") + each;
        throw UsageError("--around '" + window.around + "': this run has no such event" +
                         traces::did_you_mean(window.around, judged.event_names) + "; it has " + names);
    }
    if (judged.trace.steps.empty() && judged.wrong.empty())
        throw UsageError("--from " + std::to_string(window.from) + ": the run has fewer events (" + judged.trace.claim +
                         ")");
    return judged;
}

} // namespace

ShownRun shown_run(const std::string& folder, const RunWindow& window) {
    node::JudgedRun judged = judged_run(folder, window);
    return {std::move(judged.trace), std::move(judged.wrong), summary_of(judged.validation, folder)};
}

ShownRun validated_run(const std::string& folder) {
    try {
        return {{}, "", summary_of(node::validate_logs(folder), folder)};
    } catch (const node::Deviation& deviation) {
        return {{}, deviation.what(), ""};
    }
}

#else

ShownRun shown_run(const std::string& folder, const RunWindow&) {
    throw UsageError(folder + " is a folder; this mdcd was built without the runtime, so it reads no logs of runs");
}

ShownRun validated_run(const std::string& folder) {
    return shown_run(folder, {});
}

#endif

} // namespace mdcd::checker::cli
