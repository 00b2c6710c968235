// The reader of scenarios either runs one or throws FileError, and never counts an expectation twice; what it ran can
// be written as a trace, and that as a scenario that runs alike. Scopes are kept small by the limits of scopes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "model/scenario/scenario.hpp"
#include "traces/file_error.hpp"

namespace {

using namespace mdcd;

std::optional<model::ScenarioResult> run(const std::string& text) {
    try {
        return model::run_scenario(text, "input", "/nowhere/at/all");
    } catch (const traces::FileError&) {
        return std::nullopt;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto result = run(text);
    if (!result)
        return 0;
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    if (result->expectations + result->path.firings.size() > lines || result->unmet.size() > lines)
        std::abort();
    if (result->violated.empty() && result->reached.empty())
        return 0;
    const traces::Trace trace = model::trace_of(*result, std::nullopt, "test", "input");
    const auto again = run(model::scenario_of(trace, "input"));
    if (!again || again->path.firings != result->path.firings || !again->unmet.empty())
        std::abort();
    return 0;
}
