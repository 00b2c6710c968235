// States that nothing leads to, of scopes with several components: a state that was reached, with much of it altered at
// random. For comparing steps where lemmas do not hold. Knows no rule.
#pragma once

#include "checker/random.hpp"
#include "model/proof/abstraction.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof::cluster {

struct AlteredState {
    checker::GlobalState state;
    Sent sent;
};
[[nodiscard]] AlteredState altered(const System& system, const checker::GlobalState& state, const Sent& sent,
                                   checker::Random& random);

} // namespace mdcd::model::proof::cluster
