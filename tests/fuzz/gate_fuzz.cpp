// The reader of gates either returns a gate or throws FileError; every check it returns can be judged, cached, pinned
// and pointed at. Gates name no files here: a text that names one is left out.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "model/gate/gate.hpp"
#include "model/gate/gate_cache.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace {

using namespace mdcd;

std::optional<model::Gate> read(const std::string& text, model::Pins pins) {
    try {
        return model::gate_from(text, "input", "/nowhere/at/all", pins);
    } catch (const traces::FileError&) {
        return std::nullopt;
    }
}

// As if every check had found what is expected of it.
model::GateRun run_of(const model::Gate& gate) {
    model::GateRun run;
    for (const model::GateCheck& check : gate.checks) {
        model::GateResult& result = run.results.emplace_back();
        result.found.exhaustive = true;
        result.found.distinct_states = check.distinct_states.value_or(1);
        for (const model::Expectation& each : check.expected)
            result.found.properties.push_back(
                {.property = each.property, .verdict = each.verdict, .steps = each.steps, .reason = "", .trace = {}});
        model::judge(check, result);
        if (result.status != model::CheckStatus::as_expected)
            std::abort();
        result.found.limit = "states";
        result.found.exhaustive = false;
        model::judge(check, result);
        if (result.status != model::CheckStatus::inconclusive)
            std::abort();
        result.found.exhaustive = true;
    }
    return run;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(read(text, model::Pins::optional));
    const std::optional<model::Gate> gate = read(text, model::Pins::required);
    if (!gate)
        return 0;
    if (gate->checks.empty())
        std::abort();
    const model::GateCache cache("/nowhere/at/all", "build");
    std::vector<std::string> warnings;
    for (const model::GateCheck& check : gate->checks) {
        if (check.expected.empty() || !traces::place_in_json(text, check.path) || cache.find(check, warnings))
            std::abort();
    }
    const model::GateRun run = run_of(*gate);
    if (!read(traces::to_json(model::pinned(*gate, run)), model::Pins::required))
        std::abort();
    return 0;
}
