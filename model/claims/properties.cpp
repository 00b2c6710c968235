// The native evaluation of the properties: a few operations on sets for each state.
// Knows no slot: it is given views and summaries.
#include "model/claims/properties.hpp"

#include <bit>

namespace mdcd::model {

Hypothesis<Native> hardest_hypothesis(const View& view) {
    Hypothesis<Native> first_erroneous{};
    for (std::size_t component = 0; component < first_erroneous.size(); ++component)
        first_erroneous[component] = static_cast<std::uint8_t>(view.validated[component] + 1);
    return first_erroneous;
}

namespace {

bool violates(PropertyId property, const View& view, const Hypothesis<Native>& hypothesis) {
    Native logic;
    const PropertyId predicate = predicate_of(property);
    return predicate == PropertyId::containment      ? violates_containment(logic, view, hypothesis)
           : predicate == PropertyId::recoverability ? violates_recoverability(logic, view, hypothesis)
                                                     : violates_no_cascading_rollback(logic, view, hypothesis);
}

} // namespace

Hypothesis<Native> violating_hypothesis(PropertyId property, const View& view) {
    Hypothesis<Native> found = hardest_hypothesis(view);
    (void)for_some_hardest_hypothesis(view, [&](const Hypothesis<Native>& each) {
        const bool violated = violates(property, view, each);
        if (violated)
            found = each;
        return violated;
    });
    return found;
}

std::optional<Line<Native>> latest_consistent_line(const View& view) {
    Line<Native> line{};
    for (unsigned process = 0; process < view.process_count; ++process) {
        const auto& candidates = *view.processes[process].candidates;
        std::size_t position = candidates.size();
        while (position > 0 && !covers(view.validated, candidates[position - 1].depends))
            --position;
        if (position == 0)
            return std::nullopt;
        line[process] = static_cast<std::uint8_t>(position - 1);
    }
    for (bool changed = true; changed;) { // the propagation of rollbacks, to its fixed point
        changed = false;
        MessageSet sent = cluster_messages;
        for (unsigned process = 0; process < view.process_count; ++process)
            sent |= (*view.processes[process].candidates)[line[process]].sent;
        for (unsigned process = 0; process < view.process_count; ++process) {
            const auto& candidates = *view.processes[process].candidates;
            while ((candidates[line[process]].received & ~sent) != 0) {
                if (line[process] == 0)
                    return std::nullopt;
                --line[process];
                changed = true;
            }
        }
    }
    return line;
}

unsigned excess_rollback_distance(const View& view, const Line<Native>& latest) {
    unsigned distance = 0;
    for (unsigned process = 0; process < view.process_count; ++process) {
        const ProcessView& each = view.processes[process];
        const MessageSet kept = (*each.candidates)[latest[process]].received;
        distance += static_cast<unsigned>(std::popcount(kept & ~each.received));
    }
    return distance;
}

namespace {

bool is_minimal(const View& view) {
    bool rolls_back = false;
    for (unsigned process = 0; process < view.process_count; ++process)
        rolls_back |= view.processes[process].chosen + std::size_t{1} < view.processes[process].candidates->size();
    if (!rolls_back)
        return true;
    const auto line = latest_consistent_line(view);
    Native logic;
    return !line || !violates_minimal_rollback(logic, view, *line);
}

} // namespace

bool keeps_what_is_needed(const View& view, const ProcessView& process, const SlotSummary& summary,
                          const RecoveredProcess& recovered) {
    const auto& candidates = summary.candidates;
    std::size_t target = candidates.size();
    while (target > 0 && !covers(view.validated, candidates[target - 1].depends))
        --target;
    if (target == 0)
        return !summary.dropped;
    const Candidate& chosen = candidates[process.chosen];
    if ((summary.purged & candidates.back().received & ~chosen.received & ~recovered.received) != 0)
        return false;
    // Shadows: what they generated beyond the validated number must still be logged.
    const MessageSet unvalidated = cluster_messages & ~view.proved;
    return (candidates[target - 1].sent & unvalidated & ~summary.output_log & cluster_messages) == 0;
}

checker::PropertyBits judge_natively(const Facts& facts) {
    const View& view = facts.view;
    checker::PropertyBits bits = 0;
    const auto set = [&](PropertyId id, bool truth) {
        bits |= checker::PropertyBits{truth} << static_cast<unsigned>(id);
    };
    const auto violated = [&](PropertyId id) {
        return for_some_hardest_hypothesis(view, [&](const auto& each) { return violates(id, view, each); });
    };
    set(PropertyId::containment, !violated(PropertyId::containment));
    set(PropertyId::device_safety, !facts.unsafe_output);
    set(PropertyId::recoverability, !violated(PropertyId::recoverability));
    set(PropertyId::no_cascading_rollback, !violated(PropertyId::no_cascading_rollback));
    set(PropertyId::minimal_rollback, is_minimal(view));
    set(PropertyId::takeover_order, view.resent_in_order);
    bool cleared = false, left_over = false, as_restored = facts.counters_restored, from_checkpoint = false,
         reordered = false, several_of_one = false, resent = false;
    bool safe = true, complete = true, cleaned = false, output = false, restores = false, later = false,
         partial = false, needed = false;
    unsigned rolled_back = 0;
    for (unsigned process = 0; process < view.process_count; ++process) {
        const ProcessView& each = view.processes[process];
        const SlotSummary& summary = *facts.processes[process];
        const RecoveredProcess& recovered = *facts.recovered[process];
        const bool rolls_back = each.chosen + std::size_t{1} < each.candidates->size();
        const bool depends = each.depends != Numbers{};
        safe &= keeps_what_is_needed(view, each, summary, recovered);
        complete &= !summary.in_vain.any();
        cleaned |= each.clean && depends;
        output |= each.clean && depends && (summary.candidates.back().sent & cluster_messages) == 0;
        restores |= rolls_back && (recovered.replayed > 0 || recovered.resent != 0);
        later |= rolls_back && each.chosen > 0;
        const bool knows = summary.valid != Numbers{};
        partial |= !each.clean && knows;
        needed |= rolls_back && knows;
        rolled_back += rolls_back;
        resent |= std::popcount(recovered.resent) >= static_cast<int>(facts.messages_of_one);
        cleared |= recovered.cleared;
        left_over |= recovered.left_over;
        as_restored &= recovered.as_restored;
        from_checkpoint |= rolls_back && recovered.cleared;
        reordered |= recovered.reordered;
        several_of_one |= recovered.several_of_one;
    }
    set(PropertyId::reclamation_safety, safe);
    set(PropertyId::reclamation_completeness, complete);
    set(PropertyId::contaminated_then_cleaned, cleaned);
    set(PropertyId::output_of_validated_state, output);
    set(PropertyId::recovery_restores_messages, restores);
    set(PropertyId::several_roll_back, rolled_back >= 2);
    set(PropertyId::rollback_to_later_checkpoint, later);
    set(PropertyId::partial_reclamation, partial);
    set(PropertyId::needed_checkpoint_kept, needed);
    set(PropertyId::several_resent, resent);
    set(PropertyId::nothing_left_over, !left_over);
    set(PropertyId::recovery_clears, cleared);
    set(PropertyId::recovered_as_restored, as_restored);
    set(PropertyId::recovered_from_checkpoint, from_checkpoint);
    set(PropertyId::history_order, !reordered);
    set(PropertyId::several_replayed, several_of_one);
    set(PropertyId::unique_sn, !facts.same_number_twice);
    set(PropertyId::several_components_sent, facts.components_sent >= 2);
    set(PropertyId::output_exactly_once,
        ((view.external & ~view.output & ~view.output_later) | view.output_twice) == 0); // lost, or twice
    for (const PropertyId of_a_recovery : {PropertyId::recovered_consistently, PropertyId::recovered_in_order,
                                           PropertyId::rolled_back_once, PropertyId::recovery_terminates})
        set(of_a_recovery, true); // none has begun
    set(PropertyId::output_before_and_after, view.output != 0 && (view.output_later & ~view.output) != 0);
    return bits | judge_lemmas(facts.lemmas, true);
}

checker::PropertyBits judge_lemmas(const Lemmas& lemmas, bool told) {
    checker::PropertyBits bits = 0;
    const auto set = [&](PropertyId id, bool truth) {
        bits |= checker::PropertyBits{truth} << static_cast<unsigned>(id);
    };
    const LemmaFaults& faults = lemmas.faults;
    set(PropertyId::told, !told || !faults.untold);
    set(PropertyId::told_by_another,
        told && !lemmas.notification_under_way && lemmas.all_know && lemmas.something_known);
    set(PropertyId::known_is_proved, !faults.believes && !lemmas.told_too_much);
    set(PropertyId::something_known, lemmas.something_known);
    set(PropertyId::number_within_truth, !faults.beyond_truth);
    set(PropertyId::clean_with_number, lemmas.clean_with_number);
    set(PropertyId::number_covers_dependence, !faults.undernumbered && !lemmas.message_undernumbered);
    set(PropertyId::dirty_with_dependence, lemmas.dirty_with_dependence);
    set(PropertyId::dirty_iff_checkpoint, !faults.dirty_bit_wrong);
    set(PropertyId::checkpoint_kept, lemmas.keeps_checkpoint);
    set(PropertyId::checkpoints_ascend, !faults.checkpoints_out_of_order);
    set(PropertyId::two_checkpoints_kept, lemmas.keeps_two);
    set(PropertyId::oldest_is_validated, !faults.oldest_unproved);
    set(PropertyId::oldest_depends, lemmas.oldest_depends);
    set(PropertyId::log_completes_checkpoints, !faults.log_fails);
    set(PropertyId::logged_after_checkpoint, lemmas.logs_after);
    set(PropertyId::agreement_is_validated, !disagrees(lemmas));
    set(PropertyId::something_agreed, lemmas.known != Numbers{});
    set(PropertyId::told_all_keeps_nothing, !faults.keeps_when_told);
    set(PropertyId::something_kept, lemmas.keeps);
    return bits;
}

} // namespace mdcd::model
