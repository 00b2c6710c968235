// A trace as a Mermaid sequence diagram, for places that draw it: merge requests, wikis, README files.
// Knows no drawing: where things stand is Mermaid's business.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

// A complete diagram, from "sequenceDiagram" to the last note. An arrow is drawn at the step that takes its message;
// what is sent is a note. Messages that are still in a channel follow at the end.
[[nodiscard]] std::string render_mermaid(const Trace& trace);

} // namespace mdcd::traces
