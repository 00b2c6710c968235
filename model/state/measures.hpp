// The numbers inside a slot's value that could grow without end: counters, lengths of logs and of checkpoint arrays.
// For the warning that a search may be infinite; no verdict comes from here.
#pragma once

#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "model/state/layout.hpp"

namespace mdcd::model {

// Appends one measure for each number and list of the slot's value. `bytes`: a value of a value slot.
void measure(const SlotPlace& place, std::string_view bytes, std::vector<checker::Measure>& measures);

} // namespace mdcd::model
