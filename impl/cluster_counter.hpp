// Which counter a component of the cluster numbers its messages by (rules low_sn and shadow_sn): one for the whole
// cluster, or one for each component. Knows no process.
#pragma once

#include "impl/process_id.hpp"
#include "impl/rules.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::impl {

// The entry of a vector that counts the messages of a component (of its new version and of its old one).
[[nodiscard]] constexpr std::size_t counter_entry(const Rules& rules, ProcessId process) {
    return rules.low_sn == LowSn::vector ? process.index : std::size_t{0};
}

// How many entries of a vector are in use.
[[nodiscard]] constexpr std::size_t counter_entries(const Rules& rules, std::size_t components) {
    return rules.low_sn == LowSn::vector ? components : std::size_t{1};
}

// Message number `number` of that component, and nothing of the others.
[[nodiscard]] constexpr SequenceVector numbered(const Rules& rules, ProcessId process, SequenceNumber number) {
    SequenceVector vector;
    vector[counter_entry(rules, process)] = number;
    return vector;
}

} // namespace mdcd::impl
