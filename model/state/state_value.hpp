// A global state as a value tree, and its digest: what traces record and replays compare.
// Knows no step.
#pragma once

#include <string>

#include "checker/model.hpp"
#include "model/state/layout.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

// One field for each slot: processes with their fields, channels as lists of messages.
[[nodiscard]] traces::Value state_value(const Layout& layout, std::size_t entries, const checker::GlobalState& state);

// Sixteen hexadecimal digits (FNV-1a, 64 bits, over every slot with its length). Tells accidental differences apart;
// no verdict rests on it.
[[nodiscard]] std::string digest_of(const checker::GlobalState& state);

// Short text of a message: "message 2 of the cluster", "A1.1", "passed_AT(2)".
[[nodiscard]] std::string describe_message(std::string_view bytes, std::size_t entries);

} // namespace mdcd::model
