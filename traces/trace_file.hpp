// Trace documents as JSON text, field by field as document.hpp names them; schema/trace.schema.json publishes the same.
// Optional fields are left out where there is nothing; all others are required, and unknown ones are errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "traces/document.hpp"

namespace mdcd::traces {

// The verdicts a trace can be about, and who can have found a hypothesis.
[[nodiscard]] const std::vector<std::string>& trace_verdicts();
[[nodiscard]] const std::vector<std::string>& hypothesis_finders();

// Same trace, same bytes. Throws nothing; reading the text gives the same trace if its texts are UTF-8, its states are
// nested less than 50 deep and it is of this format version.
[[nodiscard]] std::string write_trace(const Trace& trace);

// Throws FileError with the line and column or the JSON path. A version other than format_version is refused as such,
// whatever else the document holds.
[[nodiscard]] Trace read_trace(std::string_view text, const std::string& file);

} // namespace mdcd::traces
