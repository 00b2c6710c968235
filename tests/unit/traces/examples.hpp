// Traces made by hand for the tests of this folder: small enough to be judged by eye. They imitate what a model
// writes and depend on none.
#pragma once

#include "traces/document.hpp"

namespace mdcd::traces::examples {

// Four processes, eight steps: a notification makes A1 drop its only checkpoint, though it absorbed message 3 since.
[[nodiscard]] Trace dropped_checkpoint();

// Eight processes, forty steps, with checkpoints, acceptance tests, lost, orphan and duplicate messages.
[[nodiscard]] Trace long_run();

// A recovery by messages: A1's test fails, it coordinates; A2 halts, replies and rolls back to its checkpoint; L1
// replies and stops.
[[nodiscard]] Trace recovery_by_messages();

// No state, no step, no recovery.
[[nodiscard]] Trace smallest();

// Two processes and names, labels and texts that are awkward in every format.
[[nodiscard]] Trace awkward();

} // namespace mdcd::traces::examples
