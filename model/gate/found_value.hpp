// What a check found, as a value tree: what files keep of it.
// Knows no file and no search.
#pragma once

#include <string>

#include "model/gate/gate.hpp"
#include "traces/reader.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

[[nodiscard]] traces::Value to_value(const Found& found);

// Times are kept in milliseconds. `file` is where a counterexample says it comes from. Throws traces::FileError.
[[nodiscard]] Found found_from(const traces::Reader& reader, const std::string& file);

} // namespace mdcd::model
