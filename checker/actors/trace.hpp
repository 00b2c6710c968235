// A claim's run as a trace document, so that all that draws or tells traces works for every system: text, Mermaid, SVG,
// HTML, ITF, ShiViz (traces/render_*.hpp). Knows no renderer.
#pragma once

#include <string>

#include "checker/actors/check.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::actors {

// Refuses a claim that has no run.
[[nodiscard]] traces::Trace trace_of(const SystemReport& report, const std::string& claim,
                                     const std::string& system_name = "system");

} // namespace mdcd::checker::actors
