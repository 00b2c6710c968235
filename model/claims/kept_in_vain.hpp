// What a process keeps in memory although no later recovery can use it (property reclamation_completeness).
// Knows nothing of other processes: it goes by what the process itself has heard. Calls nothing of impl's reclamation.
#pragma once

#include <cstdint>
#include <string>

#include "model/state/local.hpp"

namespace mdcd::model {

struct KeptInVain {
    std::uint8_t checkpoints = 0;
    std::uint8_t inputs = 0; // entries of the receiver log

    [[nodiscard]] constexpr bool any() const { return checkpoints + inputs > 0; }
};

// Every recovery decides on at least what this process knows to be validated. So a checkpoint is of no use if the next
// later state that is kept, or the current one, has a number within that: whoever could go back to the checkpoint can
// go there instead. And a logged input is of no use if every checkpoint of use contains its message, or there is none.
// By whatever rule a process reclaims, that is what it has to take; indices and positions that it stores are not looked
// at. Of a shadow's suppressed messages nothing is said: figure 4 logs them in any case, those of a shadow that lags
// after the notifications too.
[[nodiscard]] KeptInVain kept_in_vain(const Guarded& process);

// "one checkpoint and 2 logged inputs".
[[nodiscard]] std::string text_of(const KeptInVain& kept);

} // namespace mdcd::model
