// The scripts and styles of the viewer of traces, built into the library (traces/page): for a page of one trace, and
// for the explorer, which serves the same viewer. Knows no content; embed_page.cmake writes the texts.
#pragma once

#include <string_view>

namespace mdcd::traces {

[[nodiscard]] std::string_view viewer_script(); // defines traceViewer
[[nodiscard]] std::string_view viewer_style();
[[nodiscard]] std::string_view trace_script(); // of the page of one trace
[[nodiscard]] std::string_view trace_style();

} // namespace mdcd::traces
