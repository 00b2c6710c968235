// What the lemmas are to imply of every state: the claims (docs/soundness.md) that the proof is about, said of windows.
// Recovery is applied to what a window shows (recovery.hpp).
#pragma once

#include <span>

#include "model/proof/lemmas.hpp"

namespace mdcd::model::proof {

// Where `guard` is true, `statement` must be: of the process shown as receiver and the other one as sender.
struct ProvedClaim {
    using Text = Truth (*)(const Window<Symbolic>&, const Happening<Symbolic>&, const impl::Rules&);

    const char* name;
    Claim claim;
    const char* sentence;
    Text guard;
    Text statement;
    // A case that the claim is there for. It has to be possible, and to be met: otherwise the claim may hold only
    // because nothing happens.
    const char* case_sentence;
    Text telling;

    [[nodiscard]] Truth text(const Window<Symbolic>& window, const Happening<Symbolic>& happening,
                             const impl::Rules& rules) const {
        return implies(guard(window, happening, rules), statement(window, happening, rules));
    }
};

[[nodiscard]] std::span<const ProvedClaim> claims();

} // namespace mdcd::model::proof
