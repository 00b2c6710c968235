// The proof for any number of components as an argument.
// Knows no action and no lemma by name.
#include "model/proof/cluster_proof.hpp"

#include "model/proof/cluster_premises.hpp"

namespace mdcd::model::proof::cluster {

using checker::smt::Formulas;

Argument argument(const ProofOptions& options, const Step& step) {
    Argument argument{.structure_before = structure_before(step),
                      .structure_after = structure_after(step),
                      .initial = initial(step.before),
                      .acts = step.happening.here && step.happening.low_here,
                      .lemmas = {},
                      .actions = {},
                      .claims = {}};
    for (const Lemma& each : lemmas())
        argument.lemmas.push_back({each.name, each.sentence, assumed(each, step.before, step.happening),
                                   concluded(each, step.before), concluded(each, step.after)});
    for (const Action& each : options.actions)
        argument.actions.push_back({each.name, each.sentence, each.relation(step)});
    for (const ProvedClaim& each : options.claims)
        argument.claims.push_back(
            {each.name,
             each.sentence,
             each.text(step.before, step.happening),
             {{"can_happen", each.guard(step.before, step.happening) && each.telling(step.before, step.happening)}}});
    if (options.also_assumed)
        argument.also_assumed = options.also_assumed(step);
    argument.leave_out(options.without);
    return argument;
}

Proof prove(const ProofOptions& options) {
    Formulas formulas;
    Step step;
    make_unknown(formulas, step);
    const Argument asked = argument(options, step);
    return prove_argument<Transition<Concrete>>(formulas, asked, options.induction);
}

} // namespace mdcd::model::proof::cluster
