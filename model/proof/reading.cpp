// The formulas of the proof about one component: all lemmas, and the claims of both kinds.
// Knows no action and no lemma by name.
#include "model/proof/reading.hpp"

namespace mdcd::model::proof {

Reading::Reading(const impl::Rules& rules, std::span<const Action> read) {
    Transition<Symbolic> step;
    make_unknown(formulas_, step);
    read_.emplace(argument(rules, {.claim = Claim::consistency, .actions = read}, step));
    std::vector<Truth> claim_texts;
    for (const ProvedClaim& claim : claims()) {
        claim_texts.push_back(claim.text(step.before, step.happening, rules));
        claim_texts.push_back(claim.telling(step.before, step.happening, rules));
    }
    claims_.emplace(claim_texts);
    recovery_.emplace(recovered(step.before, step.before.process, rules));
}

std::vector<Reading::ClaimReading> Reading::claims_of(const Transition<Concrete>& transition) {
    const std::vector<bool> truths = (*claims_)(values_of(transition));
    std::vector<ClaimReading> readings;
    for (std::size_t place = 0; place < truths.size(); place += 2)
        readings.push_back({truths[place], truths[place + 1]});
    return readings;
}

} // namespace mdcd::model::proof
