// The formulas that Z3 is given, computed on windows of real states: actions, lemmas, claims, recovery, and whatever
// else a question takes for granted. Knows no state and no step.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/proof/argument_reading.hpp"
#include "model/proof/proof.hpp"
#include "model/proof/recovery.hpp"

namespace mdcd::model::proof {

class Reading : public ReadingOf<Transition<Concrete>> {
public:
    // A test may read other actions than those of the proof.
    explicit Reading(const impl::Rules& rules, std::span<const Action> read = actions());

    [[nodiscard]] std::string objection(ActionId action, const Transition<Concrete>& transition) {
        return ReadingOf::objection(static_cast<std::size_t>(action), transition);
    }
    // Of the window before a step and the other process there, in the order of claims().
    struct ClaimReading {
        bool holds = true;
        bool telling = false; // it is a case that the claim is there for
    };
    [[nodiscard]] std::vector<ClaimReading> claims_of(const Transition<Concrete>& transition);
    // What recovery makes of the process shown.
    [[nodiscard]] RecoveredWindow<Concrete> recovered_of(const Window<Concrete>& window) {
        return (*recovery_)(values_of(alone(window)));
    }

private:
    std::optional<checker::smt::Evaluation> claims_; // of both kinds
    std::optional<PartReading<RecoveredWindow<Concrete>>> recovery_;
};

} // namespace mdcd::model::proof
