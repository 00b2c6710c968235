// The proof about one component as an argument.
// Knows no action and no lemma by name.
#include "model/proof/proof.hpp"

#include "model/proof/known_rules.hpp"
#include "model/proof/premises.hpp"

namespace mdcd::model::proof {

using checker::smt::Formulas;

Argument argument(const impl::Rules& rules, const ProofOptions& options, const Transition<Symbolic>& step) {
    Argument argument{.structure_before = structure_before(step),
                      .structure_after = structure_after(step),
                      .initial = initial(step.before),
                      .acts = step.happening.here,
                      .lemmas = {},
                      .actions = {},
                      .claims = {},
                      .faults = unknown_to_proof(rules)};
    for (const Lemma& each : lemmas(options.claim, rules))
        argument.lemmas.push_back({each.name, each.sentence, assumed(each, step.before, step.happening),
                                   concluded(each, step.before), concluded(each, step.after)});
    for (const Action& each : options.actions)
        argument.actions.push_back({each.name, each.sentence, each.relation(step, rules)});
    for (const ProvedClaim& each : options.claims)
        if (each.claim == options.claim)
            argument.claims.push_back({each.name,
                                       each.sentence,
                                       each.text(step.before, step.happening, rules),
                                       {{"can_happen", each.guard(step.before, step.happening, rules) &&
                                                           each.telling(step.before, step.happening, rules)}}});
    if (options.also_assumed)
        argument.also_assumed = options.also_assumed(step);
    argument.leave_out(options.without);
    return argument;
}

Proof prove(const impl::Rules& rules, const ProofOptions& options) {
    Formulas formulas;
    Transition<Symbolic> step;
    make_unknown(formulas, step);
    const Argument asked = argument(rules, options, step);
    return prove_argument<Transition<Concrete>>(formulas, asked, options.induction);
}

} // namespace mdcd::model::proof
