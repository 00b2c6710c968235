// What a process keeps in memory although no later recovery can use it (property reclamation_completeness).
// Knows nothing of other processes: it goes by what the process itself has heard.
#pragma once

#include <cstdint>
#include <string>

#include "impl/rules.hpp"
#include "model/state/local.hpp"

namespace mdcd::model {

struct KeptInVain {
    std::uint8_t checkpoints = 0;
    std::uint8_t inputs = 0; // entries of the receiver log

    [[nodiscard]] constexpr bool any() const { return checkpoints + inputs > 0; }
};

// Every recovery decides on at least what this process knows to be validated: whatever a reclamation up to there has to
// take from it is of no use to any. Judged here, not by reclaiming once more: a reclamation that forgets something
// would forget it again. Of a shadow's suppressed messages nothing is said: figure 4 logs them in any case, those of a
// shadow that lags behind the notifications too.
[[nodiscard]] KeptInVain kept_in_vain(const Guarded& process, const impl::Rules& rules);

// "one checkpoint and 2 logged inputs".
[[nodiscard]] std::string text_of(const KeptInVain& kept);

} // namespace mdcd::model
