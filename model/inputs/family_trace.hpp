// The scope and the rules of a trace of a family, read back.
// Knows no run.
#pragma once

#include <optional>
#include <string>

#include "model/families/family.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

// Whether its scope is called like one of a family, there or not.
[[nodiscard]] bool is_of_a_family(const traces::Trace& trace);

// Throws traces::FileError with the JSON path for what there is not, and for a scope that is another one here: what a
// family's scope holds is known to the program alone.
[[nodiscard]] FamilyCase case_of_trace(const traces::Trace& trace, const std::string& file);

// If the rules have a name that says which ones they are: that they are others.
[[nodiscard]] std::optional<std::string> difference_in_rules(const traces::Trace& trace);

} // namespace mdcd::model
