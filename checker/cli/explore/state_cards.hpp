// A state for the eye: a card for each process with its fields in few words, the channels that hold something, and
// what is shared; what the last step changed is marked. Knows no step and no HTTP.
#pragma once

#include "model/state/layout.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli::explore {

// `before` and `after` are states as model::state_value writes them; equal for the start of a run.
// {"processes": [card], "channels": [field], "shared": [field]}: a card is {"name", "fields": [field], "changed"}, a
// field {"name", "text", "changed", "before"?, "value"?}; the whole value is there where the text may leave out some.
[[nodiscard]] traces::Value state_cards(const model::Layout& layout, const traces::Value& before,
                                        const traces::Value& after);

} // namespace mdcd::checker::cli::explore
