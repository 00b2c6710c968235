// The native evaluation of the properties in a state after the beginning of a recovery.
// Knows no slot: it is given facts.
#include "model/claims/properties.hpp"

namespace mdcd::model {

using checker::PropertyKind;

checker::PropertyBits judge_after_recovery(const RecoveryFacts& facts) {
    checker::PropertyBits bits = 0;
    const auto set = [&](PropertyId id, bool truth) {
        const auto bit = checker::PropertyBits{1} << static_cast<unsigned>(id);
        bits = truth ? bits | bit : bits & ~bit;
    };
    for (std::size_t property = 0; property < property_count; ++property)
        set(static_cast<PropertyId>(property), all_properties()[property].kind != PropertyKind::reachable);

    for (const PropertyId lemma :
         {PropertyId::told, PropertyId::known_is_proved, PropertyId::number_within_truth,
          PropertyId::number_covers_dependence, PropertyId::dirty_iff_checkpoint, PropertyId::checkpoints_ascend,
          PropertyId::oldest_is_validated, PropertyId::log_completes_checkpoints, PropertyId::agreement_is_validated,
          PropertyId::told_all_keeps_nothing})
        set(lemma, false);
    bits |= judge_lemmas(facts.lemmas, facts.completed);

    Native logic;
    const auto hypothesis = hardest_hypothesis(facts.view);
    set(PropertyId::containment, !violates_containment(logic, facts.view, hypothesis));
    set(PropertyId::device_safety, !facts.unsafe_output);
    set(PropertyId::rolled_back_once, !facts.rolled_back_again);
    set(PropertyId::recovered_by_rollback, facts.rolled_back);
    set(PropertyId::coordinators_met, facts.coordinators_met);
    if (!facts.completed)
        return bits;
    set(PropertyId::recovered_consistently, !violates_recoverability(logic, facts.view, hypothesis));
    set(PropertyId::recovery_completed, true);
    set(PropertyId::nothing_left_over, !facts.left_over);
    set(PropertyId::recovery_clears, facts.cleared);
    set(PropertyId::recovered_as_restored, facts.counters_restored);
    set(PropertyId::recovered_from_checkpoint, facts.rolled_back);
    const MessageSet lost = facts.view.external & ~facts.view.output & ~facts.view.output_later;
    set(PropertyId::output_exactly_once, (lost | facts.view.output_twice | facts.output_twice) == 0);
    set(PropertyId::recovered_in_order, facts.in_order);
    set(PropertyId::resent_received, facts.resent_received);
    set(PropertyId::old_message_discarded, facts.discards);
    set(PropertyId::validated_suppressed, facts.suppressed);
    return bits;
}

} // namespace mdcd::model
