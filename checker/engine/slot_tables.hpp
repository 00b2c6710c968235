// Slot values and the nodes above them in a checkpoint: the tables in the order of their numbers. Interned again in
// that order, every value gets the number it had. Knows no state.
#pragma once

#include <functional>
#include <string>

#include "checker/engine/checked_file.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

void write_tables(CheckedWriter& file, const SlotSpace& space);
// `space` must be empty. Throws CheckpointError; `look_at_clock` is called now and then, and may throw.
void read_tables(CheckedReader& file, const std::string& path, SlotSpace& space,
                 const std::function<void()>& look_at_clock);

} // namespace mdcd::checker::engine
