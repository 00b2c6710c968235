// Ties the proof's recovery and its claims to the implementation and to the checker: what impl makes of each process in
// many states must be what the formulas say, and each claim by itself must be true where the checker's predicate is.
#pragma once

#include <functional>

#include "impl/recovery.hpp"
#include "model/proof/tie.hpp"

namespace mdcd::model::proof {

// What is compared: impl's own functions, unless a test puts others in their place.
struct RecoveryCode {
    using Validated = impl::SequenceVector;
    std::function<void(ActiveProcess&, const Validated&, const impl::Rules&, impl::Notes&)> active;
    std::function<impl::TakeOver<GhostApplication>(ShadowProcess&, const Validated&, const impl::Rules&, impl::Notes&)>
        shadow;
    std::function<bool(const Message&, const Validated&, const impl::Rules&)> survives;
};
[[nodiscard]] RecoveryCode recovery_of_impl();

// Every process of one state, every message.
void tie_recovery(const System& system, Reading& reading, const RecoveryCode& code, const ExplicitState& state,
                  TieReport& report);

// The same in the states of the walks and in the states made up.
[[nodiscard]] TieReport tie_recoveries(const System& system, Reading& reading, const TieOptions& options,
                                       const RecoveryCode& code = recovery_of_impl());

// Which claims the checker's predicates find true in a state, in the order of claims().
[[nodiscard]] std::vector<bool> judged_claims(const System& system, const checker::GlobalState& state);

// Compares each claim, through every window, with that; `judged` is what is compared with.
using ClaimJudge = std::function<std::vector<bool>(const System&, const checker::GlobalState&)>;
void tie_claims_in(const System& system, Reading& reading, const checker::GlobalState& state, const Sent& sent,
                   TieReport& report, const ClaimJudge& judge = judged_claims);

// The same in the states of some walks.
[[nodiscard]] TieReport tie_claims(const System& system, Reading& reading, const TieOptions& options);

} // namespace mdcd::model::proof
