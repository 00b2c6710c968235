// The proof about a hostile cluster as an argument, and the parts of the line of defence that can be taken away.
// Knows no action and no lemma by name.
#include "model/proof/boundary_proof.hpp"

namespace mdcd::model::proof::boundary {

using checker::smt::Formulas;

Argument argument(const ProofOptions& options, const Step& step) {
    Argument argument{.structure_before = structure_before(step),
                      .structure_after = structure_after(step),
                      .initial = initial(step.before),
                      .acts = step.happening.here,
                      .lemmas = {},
                      .actions = {},
                      .claims = {{claim_name,
                                  claim_sentence,
                                  contained(step.before),
                                  {{"influenced", influenced(step.before)},
                                   {"influenced_and_clean", influenced_and_clean(step.before)}}}}};
    for (const Lemma& each : lemmas())
        argument.lemmas.push_back(
            {each.name, each.sentence, assumed(each, step), concluded(each, step.before), concluded(each, step.after)});
    for (const Action& each : options.changed ? *options.changed : actions(options.rules))
        argument.actions.push_back({each.name, each.sentence, each.relation(step)});
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

std::vector<Weakening> weakenings() {
    using impl::BoundaryRules;
    std::vector<Weakening> all;
    const auto add = [&](const char* rule, const char* value, auto change) {
        BoundaryRules rules;
        change(rules);
        all.push_back({rule, value, rules});
    };
    add("links", "as_claimed", [](BoundaryRules& rules) { rules.links = impl::Links::as_claimed; });
    add("boundary_stamp", "one_counter",
        [](BoundaryRules& rules) { rules.boundary_stamp = impl::BoundaryStamp::one_counter; });
    add("boundary_stamp", "at_least_claimed",
        [](BoundaryRules& rules) { rules.boundary_stamp = impl::BoundaryStamp::at_least_claimed; });
    add("boundary_stamp", "as_claimed",
        [](BoundaryRules& rules) { rules.boundary_stamp = impl::BoundaryStamp::as_claimed; });
    add("boundary_checkpoint", "by_confidence",
        [](BoundaryRules& rules) { rules.boundary_checkpoint = impl::BoundaryCheckpoint::by_confidence; });
    add("boundary_checkpoint", "none",
        [](BoundaryRules& rules) { rules.boundary_checkpoint = impl::BoundaryCheckpoint::none; });
    add("detector", "none", [](BoundaryRules& rules) { rules.detector = impl::Detector::none; });
    add("assertion", "none", [](BoundaryRules& rules) { rules.assertion = impl::Assertion::none; });
    add("low_tests", "prove", [](BoundaryRules& rules) { rules.low_tests = impl::LowTests::prove; });
    add("cluster_in_recovery", "is_believed",
        [](BoundaryRules& rules) { rules.cluster_in_recovery = impl::ClusterInRecovery::is_believed; });
    add("other_kinds", "received", [](BoundaryRules& rules) { rules.other_kinds = impl::OtherKinds::received; });
    add("after_recovery", "by_incarnation",
        [](BoundaryRules& rules) { rules.after_recovery = impl::AfterRecovery::by_incarnation; });
    add("overruled_claim", "kept", [](BoundaryRules& rules) { rules.overruled_claim = impl::OverruledClaim::kept; });
    return all;
}

} // namespace mdcd::model::proof::boundary
