// A trace in the Informal Trace Format (Apalache ADR 015), which Apalache, Quint and the ITF viewers read.
// Knows nothing of what the states hold.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

// The variables are the fields of the states, and `action` (`mdcd_action` if there is such a field already): a record
// of process, kind and text, of kind "init" in the first state. Types are the same in all states, as ITF wants it: what
// is null somewhere is an option (None or Some), what has no common type is its text in JSON. Throws FileError(file) if
// the trace does not tell its states, or if these are no records.
[[nodiscard]] std::string render_itf(const Trace& trace, const std::string& file);

} // namespace mdcd::traces
