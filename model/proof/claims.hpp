// What the lemmas are to imply of every state: the claims (docs/soundness.md) that the proof is about, said of windows.
// Recovery is applied here to what a window shows, as impl/recovery.hpp does it.
#pragma once

#include <span>

#include "model/proof/lemmas.hpp"

namespace mdcd::model::proof {

struct ProvedClaim {
    const char* name;
    Claim claim;
    const char* sentence;
    // Of the process shown as receiver and the other one as sender.
    Truth (*text)(const Window<Symbolic>&, const Happening<Symbolic>&, const impl::Rules&);
};

[[nodiscard]] std::span<const ProvedClaim> claims();

// The window shows of this process what decides on its recovery: the checkpoint that it rolls back to, or that every
// checkpoint is reclaimed.
[[nodiscard]] Truth shows_recovery(const ProcessWindow<Symbolic>& process, Number decided, const impl::Rules& rules);

// The validated number by which a process recovers (rule recovery_line).
[[nodiscard]] Number decided(const Window<Symbolic>& window, const ProcessWindow<Symbolic>& process,
                             const impl::Rules& rules);

} // namespace mdcd::model::proof
