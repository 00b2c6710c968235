// Numbers of cluster messages as the judges compare them: what is known, claimed or depended on, entry by entry.
// Written apart from impl's own comparisons on purpose (ADR 43): a mistake there must not change what judges it. A test
// compares both on random values. Knows no process and no rule.
#pragma once

#include <cstddef>

#include "impl/sequence_number.hpp"

namespace mdcd::model {

// No entry of `some` is beyond that of `all`.
[[nodiscard]] constexpr bool is_within(const impl::SequenceVector& some, const impl::SequenceVector& all) {
    std::size_t beyond = 0;
    for (std::size_t entry = 0; entry < some.entries.size(); ++entry)
        beyond += some.entries[entry] > all.entries[entry];
    return beyond == 0;
}

// What both say together.
[[nodiscard]] constexpr impl::SequenceVector together(impl::SequenceVector one, const impl::SequenceVector& other) {
    for (std::size_t entry = 0; entry < one.entries.size(); ++entry)
        if (one.entries[entry] < other.entries[entry])
            one.entries[entry] = other.entries[entry];
    return one;
}

} // namespace mdcd::model
