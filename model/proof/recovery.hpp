// Recovery as impl/recovery.hpp does it, applied to what a window shows. Compared with impl in every proof
// (tie_recovery.hpp). Knows no lemma and no claim.
#pragma once

#include "model/proof/actions.hpp"

namespace mdcd::model::proof {

// What recovery makes of `process`, which is the one that the window shows or another one, and of the message shown.
[[nodiscard]] RecoveredWindow<Symbolic> recovered(const Window<Symbolic>& window,
                                                  const ProcessWindow<Symbolic>& process, const impl::Rules& rules);

// Each process by what it was told itself, and not by what all agree on.
[[nodiscard]] bool recovers_by_itself(const impl::Rules& rules);

// The validated number by which a process recovers (rule recovery_line).
[[nodiscard]] Number decided(const Window<Symbolic>& window, const ProcessWindow<Symbolic>& process,
                             const impl::Rules& rules);

} // namespace mdcd::model::proof
