// The formulas that Z3 is given, computed on windows of real states: actions, lemmas, claims, recovery, and whatever
// else a question takes for granted. Knows no state and no step.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/proof/claims.hpp"

namespace mdcd::model::proof {

class Reading {
public:
    // A test may read other actions than those of the proof.
    explicit Reading(const impl::Rules& rules, std::span<const Action> read = actions());

    // Why the action, or what every question takes for granted, does not allow it; "" if it is allowed.
    [[nodiscard]] std::string objection(ActionId action, const Transition<Concrete>& transition);
    // The names of the lemmas that are false of the window after a step.
    [[nodiscard]] std::vector<std::string> false_lemmas(const Transition<Concrete>& transition);
    // Of the window before a step and the other process there, in the order of claims().
    struct ClaimReading {
        bool holds = true;
        bool telling = false; // it is a case that the claim is there for
    };
    [[nodiscard]] std::vector<ClaimReading> claims_of(const Transition<Concrete>& transition);
    // The beginning of the proof is like this.
    [[nodiscard]] bool is_initial(const Window<Concrete>& window);
    // What recovery makes of the process shown.
    [[nodiscard]] RecoveredWindow<Concrete> recovered_of(const Window<Concrete>& window);

private:
    checker::smt::Formulas formulas_;
    std::vector<std::string> structure_names_;
    std::vector<checker::smt::Evaluation> actions_;
    std::vector<std::string> lemma_names_;
    std::optional<checker::smt::Evaluation> lemmas_;
    std::optional<checker::smt::Evaluation> claims_;
    std::optional<checker::smt::Evaluation> initial_;
    std::optional<checker::smt::Evaluation> recovery_;
};

} // namespace mdcd::model::proof
