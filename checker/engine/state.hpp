// A state as the engine names it: by two small numbers, one for each half of its slots. Which content gets which number
// depends on the order of arrival, so that numbers must never reach an output.
#pragma once

#include <cstdint>

namespace mdcd::checker::engine {

using Id = std::uint32_t;
inline constexpr Id no_id = 0xffffffff;

// A whole state: the ids of its two halves.
struct State {
    Id left = 0;
    Id right = 0;
};

} // namespace mdcd::checker::engine
