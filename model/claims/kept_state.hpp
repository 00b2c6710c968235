// What one process of high confidence keeps, judged by itself: whether its checkpoints stand in order and its log
// completes them, and whether a process that is told everything keeps anything. By histories, numbers and what is
// there; the positions in the log are what is judged. Knows no other process and no slot.
#pragma once

#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/local.hpp"

namespace mdcd::model {

// Checkpoints stand oldest first, then the present: a history that lacks something of an earlier one, or a smaller
// number.
[[nodiscard]] bool checkpoints_out_of_order(const Guarded& process);

// For some checkpoint: it and the log entries after it lack a message that was received, hold another, or one twice.
[[nodiscard]] bool log_fails(const Guarded& process);

// A message was logged after a checkpoint.
[[nodiscard]] bool logs_after_checkpoint(const Guarded& process);

[[nodiscard]] bool keeps_anything(const ActiveProcess& process);
[[nodiscard]] bool keeps_anything(const ShadowProcess& process);

// The process hears, component by component, that everything that it depends on and has generated is validated and
// output. It still keeps something.
[[nodiscard]] bool keeps_when_told(ActiveProcess process, const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool keeps_when_told(ShadowProcess process, const Scope& scope, const impl::Rules& rules);

} // namespace mdcd::model
