// JSON Schema (draft 2020-12), as far as the published schemas use it. An unknown keyword is an error, so that a schema
// cannot promise what is not checked. Knows no document.
#pragma once

#include <string>

#include "traces/value.hpp"

namespace mdcd::traces::examples {

// What is wrong with `document`, "" if it conforms. Throws std::logic_error if the schema itself is not understood.
[[nodiscard]] std::string schema_violation(const Value& schema, const Value& document);

} // namespace mdcd::traces::examples
