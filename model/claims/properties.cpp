// The native evaluation of the properties: a few operations on sets for each state.
// Knows no slot: it is given views and summaries.
#include "model/claims/properties.hpp"

#include <array>
#include <bit>

namespace mdcd::model {

using checker::Property;
using checker::PropertyKind;

std::span<const Property> all_properties() {
    static const std::array<Property, property_count> table{{
        {"containment", PropertyKind::always, "A clean process depends on no unvalidated message of the cluster."},
        {"device_safety", PropertyKind::always,
         "What reaches a device without an acceptance test comes from a state that depends on no unvalidated message."},
        {"recoverability", PropertyKind::always,
         "After recovery, under every fault hypothesis, no error survives and no message is orphan, lost or "
         "duplicate."},
        {"no_cascading_rollback", PropertyKind::always,
         "The checkpoints that the processes choose by themselves already form a consistent state free of error."},
        {"minimal_rollback", PropertyKind::always,
         "Among the checkpoints kept there is no later consistent recovery line free of unvalidated dependence."},
        {"reclamation_safety", PropertyKind::always,
         "No checkpoint and no log entry that recovery still needs was reclaimed."},
        {"reclamation_completeness", PropertyKind::always,
         "No process keeps a checkpoint or a logged input that, by what it knows itself, no later recovery can use."},
        {"takeover_order", PropertyKind::always,
         "What each shadow re-sends, external messages too, goes out in its number order with none skipped."},
        {"contaminated_then_cleaned", PropertyKind::reachable,
         "Some process depends on the cluster and is clean again (containment is not vacuous)."},
        {"output_of_validated_state", PropertyKind::reachable,
         "An active process that depends on the cluster may output without a test (device_safety is not vacuous)."},
        {"recovery_restores_messages", PropertyKind::reachable,
         "Recovery rolls a process back and replays or re-sends a message (recoverability is not vacuous)."},
        {"several_roll_back", PropertyKind::reachable,
         "At least two processes roll back in one recovery (no_cascading_rollback is not vacuous)."},
        {"rollback_to_later_checkpoint", PropertyKind::reachable,
         "Recovery picks a checkpoint that is not the oldest kept (minimal_rollback is not vacuous)."},
        {"partial_reclamation", PropertyKind::reachable,
         "A process keeps a checkpoint although a number is validated (reclamation_safety is not vacuous)."},
        {"needed_checkpoint_kept", PropertyKind::reachable,
         "Recovery rolls a process that knows a validated number back to a checkpoint (reclamation_completeness is not "
         "vacuous)."},
        {"several_resent", PropertyKind::reachable,
         "One shadow re-sends two messages, or the one that it can have (takeover_order is not vacuous)."},
        {"unique_sn", PropertyKind::always, "No two messages that leave the cluster carry the same number."},
        {"several_components_sent", PropertyKind::reachable,
         "Two components of the cluster have sent messages out of it (unique_sn is not vacuous)."},
        {"output_exactly_once", PropertyKind::always,
         "Every external message of the cluster reaches its device exactly once, whoever outputs it."},
        {"output_before_and_after", PropertyKind::reachable,
         "One external message was output by the new version, another will be by the old (output_exactly_once is not "
         "vacuous)."},
        {"told", PropertyKind::always,
         "With no notification under way, each process of high confidence knows all that is validated."},
        {"told_by_another", PropertyKind::reachable,
         "With no notification under way, all of them know something to be validated (told is not vacuous)."},
        {"known_is_proved", PropertyKind::always,
         "Nothing counts as validated in a process or a notification that no acceptance test has proved."},
        {"something_known", PropertyKind::reachable,
         "A process knows something to be validated (known_is_proved is not vacuous)."},
        {"number_within_truth", PropertyKind::always,
         "The number of a clean process is validated; that of a dirty one is validated or truly depended on."},
        {"clean_with_number", PropertyKind::reachable,
         "A clean process has a number (number_within_truth is not vacuous)."},
        {"number_covers_dependence", PropertyKind::always,
         "No state, checkpoint or message depends on a later message of the cluster than its number says."},
        {"dirty_with_dependence", PropertyKind::reachable,
         "A dirty process depends on the cluster (number_covers_dependence is not vacuous)."},
        {"dirty_iff_checkpoint", PropertyKind::always, "A process is dirty if and only if it keeps a checkpoint."},
        {"checkpoint_kept", PropertyKind::reachable,
         "A process keeps a checkpoint (dirty_iff_checkpoint is not vacuous)."},
        {"nothing_left_over", PropertyKind::always,
         "After recovery no process is dirty or keeps a checkpoint or a logged message, which none could use."},
        {"recovery_clears", PropertyKind::reachable,
         "Recovery takes the checkpoints from a process that keeps some (nothing_left_over is not vacuous)."},
        {"recovered_as_restored", PropertyKind::always,
         "After recovery a process is what its restored state says and what it has replayed: history, number, "
         "counters, "
         "and what it knows to be validated."},
        {"recovered_from_checkpoint", PropertyKind::reachable,
         "Recovery restores a checkpoint (recovered_as_restored is not vacuous)."},
        {"history_order", PropertyKind::always,
         "Recovery gives no history an earlier message of a sender after a later one."},
        {"several_replayed", PropertyKind::reachable,
         "Recovery replays two messages of one sender to one process (history_order is not vacuous)."},
        {"recovered_consistently", PropertyKind::always,
         "When a recovery is over, under every fault hypothesis, no error has survived and no message is orphan, lost "
         "or duplicate."},
        {"recovery_completed", PropertyKind::reachable,
         "All processes of high confidence run in a new incarnation (recovered_consistently is not vacuous)."},
        {"recovered_in_order", PropertyKind::always,
         "What shadows send after a take-over reaches each receiver in number order with none skipped, and what is "
         "replayed or was held comes in the order in which it was sent."},
        {"resent_received", PropertyKind::reachable,
         "A message that was re-sent in a take-over is received (recovered_in_order is not vacuous)."},
        {"rolled_back_once", PropertyKind::always, "No process rolls back more than once in one recovery."},
        {"recovered_by_rollback", PropertyKind::reachable,
         "A process has rolled back in a recovery (rolled_back_once is not vacuous)."},
        {"recovery_terminates", PropertyKind::eventually,
         "Every recovery completes and suppression ends, under weak fairness of deliveries and of the shadows."},
        {"coordinators_met", PropertyKind::reachable, "Two processes coordinate the same recovery."},
        {"old_message_discarded", PropertyKind::reachable,
         "Behind a recovery a message of an older incarnation is under way that its receiver discards."},
        {"validated_suppressed", PropertyKind::reachable,
         "A shadow that has taken over has suppressed all that is validated."},
    }};
    return table;
}

namespace {

// Two messages of one sender can be logged by a process that must go back before both.
bool may_replay_two(const Scope& scope) {
    return scope.active_processes > 1 && (scope.budgets.active_messages > 1 || scope.budgets.messages_to_cluster > 2);
}

bool may_validate(const Scope& scope) {
    const Budgets& budgets = scope.budgets;
    return budgets.low_acceptance_tests + budgets.active_acceptance_tests + budgets.cluster_outputs > 0;
}

} // namespace

bool applies(PropertyId property, const Scope& scope, const impl::Rules& rules) {
    switch (property) {
    case PropertyId::told:
    case PropertyId::told_by_another:
    case PropertyId::known_is_proved:
    case PropertyId::something_known:
    case PropertyId::number_within_truth:
    case PropertyId::clean_with_number:
        return may_validate(scope) && numbers_compare(scope, rules);
    case PropertyId::number_covers_dependence: // renamed numbers keep no order between all of these
    case PropertyId::dirty_with_dependence:
        return numbers_compare(scope, rules) && !is_unbounded(scope);
    case PropertyId::history_order:
    case PropertyId::several_replayed:
        return scope.channels == ChannelModel::fifo && may_replay_two(scope);
    case PropertyId::unique_sn:
    case PropertyId::several_components_sent:
        return scope.components > 1;
    case PropertyId::output_exactly_once:
    case PropertyId::output_before_and_after:
        return scope.budgets.cluster_outputs > 0;
    case PropertyId::recovered_consistently:
    case PropertyId::recovery_completed:
    case PropertyId::recovered_in_order:
    case PropertyId::resent_received:
    case PropertyId::rolled_back_once:
    case PropertyId::recovered_by_rollback:
    case PropertyId::recovery_terminates:
    case PropertyId::old_message_discarded:
        return scope.recovery == RecoveryMode::asynchronous;
    case PropertyId::coordinators_met:
        return scope.budgets.detections > 1;
    case PropertyId::validated_suppressed:
        return scope.recovery == RecoveryMode::asynchronous && may_validate(scope);
    default:
        return true;
    }
}

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
    const MessageSet lost = view.external & ~view.output & ~view.output_later;
    set(PropertyId::output_exactly_once, (lost | view.output_twice) == 0);
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
    return bits;
}

} // namespace mdcd::model
