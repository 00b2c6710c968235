// What a step changed, made readable: grouped by process, lists told by what came and what went, channel contents left
// out where the action tells them. Knows no output format.
#pragma once

#include <string>
#include <vector>

#include "traces/document.hpp"

namespace mdcd::traces {

// A value in few words: {index 1, low_sn 0}, [1, 2], none, true, two words as "two words".
[[nodiscard]] std::string brief(const Value& value);

struct ChangeGroup {
    std::string place;                // the first part of the paths: a process, a shared field
    std::vector<std::string> changes; // "low_sn 0 -> 1", "checkpoints + {index 1}"
};

// `before` and `after` are the states around the step, or null pointers if they are not known. With them lists are
// told by what came and what went, long records in them by their first fields. The content of a channel (a field named
// "channels" or like "A2->A1") is left out if the step takes or sends.
[[nodiscard]] std::vector<ChangeGroup> readable_changes(const Step& step, const Value* before, const Value* after);

} // namespace mdcd::traces
