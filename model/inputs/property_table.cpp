// The rows. Each says where its property says something; a new property is a row here and a predicate in model/claims.
// Knows no state.
#include "model/inputs/property_table.hpp"

#include <array>
#include <string>
#include <vector>

#include "model/inputs/applicability.hpp"

namespace mdcd::model {

using checker::PropertyKind;
using Id = PropertyId;
using namespace applicability;

namespace {

const std::array<PropertyRow, property_count> rows{{
    {Id::containment,
     {"containment", PropertyKind::always, "A clean process depends on no unvalidated message of the cluster."},
     Id::contaminated_then_cleaned,
     everywhere},
    {Id::device_safety,
     {"device_safety", PropertyKind::always,
      "What reaches a device without an acceptance test comes from a state that depends on no unvalidated "
      "message."},
     Id::output_of_validated_state,
     everywhere},
    {Id::recoverability,
     {"recoverability", PropertyKind::always,
      "After recovery, under every fault hypothesis, no error survives and no message is orphan, lost or "
      "duplicate."},
     Id::recovery_restores_messages,
     everywhere},
    {Id::no_cascading_rollback,
     {"no_cascading_rollback", PropertyKind::always,
      "The checkpoints that the processes choose by themselves already form a consistent state free of error."},
     Id::several_roll_back,
     everywhere},
    {Id::minimal_rollback,
     {"minimal_rollback", PropertyKind::always,
      "Among the checkpoints kept there is no later consistent recovery line free of unvalidated dependence."},
     Id::rollback_to_later_checkpoint,
     everywhere},
    {Id::reclamation_safety,
     {"reclamation_safety", PropertyKind::always,
      "No checkpoint and no log entry that recovery still needs was reclaimed."},
     Id::partial_reclamation,
     everywhere},
    {Id::reclamation_completeness,
     {"reclamation_completeness", PropertyKind::always,
      "No process keeps a checkpoint or a logged input that, by what it knows itself, no later recovery can use."},
     Id::needed_checkpoint_kept,
     everywhere},
    {Id::takeover_order,
     {"takeover_order", PropertyKind::always,
      "What each shadow re-sends, external messages too, goes out in its number order with none skipped."},
     Id::several_resent,
     everywhere},
    {Id::contaminated_then_cleaned,
     {"contaminated_then_cleaned", PropertyKind::reachable,
      "Some process depends on the cluster and is clean again (containment is not vacuous)."},
     {},
     everywhere},
    {Id::output_of_validated_state,
     {"output_of_validated_state", PropertyKind::reachable,
      "An active process that depends on the cluster may output without a test (device_safety is not vacuous)."},
     {},
     everywhere},
    {Id::recovery_restores_messages,
     {"recovery_restores_messages", PropertyKind::reachable,
      "Recovery rolls a process back and replays or re-sends a message (recoverability is not vacuous)."},
     {},
     everywhere},
    {Id::several_roll_back,
     {"several_roll_back", PropertyKind::reachable,
      "At least two processes roll back in one recovery (no_cascading_rollback is not vacuous)."},
     {},
     everywhere},
    {Id::rollback_to_later_checkpoint,
     {"rollback_to_later_checkpoint", PropertyKind::reachable,
      "Recovery picks a checkpoint that is not the oldest kept (minimal_rollback is not vacuous)."},
     {},
     everywhere},
    {Id::partial_reclamation,
     {"partial_reclamation", PropertyKind::reachable,
      "A process keeps a checkpoint although a number is validated (reclamation_safety is not vacuous)."},
     {},
     everywhere},
    {Id::needed_checkpoint_kept,
     {"needed_checkpoint_kept", PropertyKind::reachable,
      "Recovery rolls a process that knows a validated number back to a checkpoint (reclamation_completeness is "
      "not vacuous)."},
     {},
     everywhere},
    {Id::several_resent,
     {"several_resent", PropertyKind::reachable,
      "One shadow re-sends two messages, or the one that it can have (takeover_order is not vacuous)."},
     {},
     everywhere},
    {Id::unique_sn,
     {"unique_sn", PropertyKind::always, "No two messages that leave the cluster carry the same number."},
     Id::several_components_sent,
     of_several_components},
    {Id::several_components_sent,
     {"several_components_sent", PropertyKind::reachable,
      "Two components of the cluster have sent messages out of it (unique_sn is not vacuous)."},
     {},
     of_several_components},
    {Id::output_exactly_once,
     {"output_exactly_once", PropertyKind::always,
      "Every external message of the cluster reaches its device exactly once, whoever outputs it."},
     Id::output_before_and_after,
     of_outputs},
    {Id::output_before_and_after,
     {"output_before_and_after", PropertyKind::reachable,
      "One external message was output by the new version, another will be by the old (output_exactly_once is not "
      "vacuous)."},
     {},
     of_outputs},
    {Id::told,
     {"told", PropertyKind::always,
      "With no notification under way, each process of high confidence knows all that is validated."},
     Id::told_by_another,
     where_numbers_are_proved},
    {Id::told_by_another,
     {"told_by_another", PropertyKind::reachable,
      "With no notification under way, all of them know something to be validated (told is not vacuous)."},
     {},
     where_numbers_are_proved},
    {Id::known_is_proved,
     {"known_is_proved", PropertyKind::always,
      "Nothing counts as validated in a process or a notification that no acceptance test has proved."},
     Id::something_known,
     where_numbers_are_proved},
    {Id::something_known,
     {"something_known", PropertyKind::reachable,
      "A process knows something to be validated (known_is_proved is not vacuous)."},
     {},
     where_numbers_are_proved},
    {Id::number_within_truth,
     {"number_within_truth", PropertyKind::always,
      "The number of a clean process is validated; that of a dirty one is validated or truly depended on."},
     Id::clean_with_number,
     where_numbers_are_proved},
    {Id::clean_with_number,
     {"clean_with_number", PropertyKind::reachable,
      "A clean process has a number (number_within_truth is not vacuous)."},
     {},
     where_numbers_are_proved},
    {Id::number_covers_dependence,
     {"number_covers_dependence", PropertyKind::always,
      "No state, checkpoint or message depends on a later message of the cluster than its number says."},
     Id::dirty_with_dependence,
     where_numbers_stay},
    {Id::dirty_with_dependence,
     {"dirty_with_dependence", PropertyKind::reachable,
      "A dirty process depends on the cluster (number_covers_dependence is not vacuous)."},
     {},
     where_numbers_stay},
    {Id::dirty_iff_checkpoint,
     {"dirty_iff_checkpoint", PropertyKind::always, "A process is dirty if and only if it keeps a checkpoint."},
     Id::checkpoint_kept,
     everywhere},
    {Id::checkpoint_kept,
     {"checkpoint_kept", PropertyKind::reachable,
      "A process keeps a checkpoint (dirty_iff_checkpoint is not vacuous)."},
     {},
     everywhere},
    {Id::checkpoints_ascend,
     {"checkpoints_ascend", PropertyKind::always,
      "Of two checkpoints, and of a checkpoint and the present, the later contains the other's history and has no "
      "smaller number."},
     Id::two_checkpoints_kept,
     where_runs_end},
    {Id::two_checkpoints_kept,
     {"two_checkpoints_kept", PropertyKind::reachable,
      "A process keeps two checkpoints (checkpoints_ascend is not vacuous)."},
     {},
     where_runs_end},
    {Id::oldest_is_validated,
     {"oldest_is_validated", PropertyKind::always,
      "The oldest checkpoint that a process keeps depends on no unvalidated message of the cluster."},
     Id::oldest_depends,
     everywhere},
    {Id::oldest_depends,
     {"oldest_depends", PropertyKind::reachable,
      "The oldest checkpoint that a process keeps depends on the cluster (oldest_is_validated is not vacuous)."},
     {},
     everywhere},
    {Id::log_completes_checkpoints,
     {"log_completes_checkpoints", PropertyKind::always,
      "Each checkpoint and what was logged after it hold every message that the process has received, once."},
     Id::logged_after_checkpoint,
     where_all_is_logged},
    {Id::logged_after_checkpoint,
     {"logged_after_checkpoint", PropertyKind::reachable,
      "A process has logged a message after a checkpoint (log_completes_checkpoints is not vacuous)."},
     {},
     where_all_is_logged},
    {Id::agreement_is_validated,
     {"agreement_is_validated", PropertyKind::always,
      "What all processes together know to be validated is what acceptance tests have proved."},
     Id::something_agreed,
     where_numbers_are_proved},
    {Id::something_agreed,
     {"something_agreed", PropertyKind::reachable,
      "All processes together know something to be validated (agreement_is_validated is not vacuous)."},
     {},
     where_numbers_are_proved},
    {Id::told_all_keeps_nothing,
     {"told_all_keeps_nothing", PropertyKind::always,
      "A process that would be told that all it depends on and has generated is validated would keep nothing."},
     Id::something_kept,
     everywhere},
    {Id::something_kept,
     {"something_kept", PropertyKind::reachable,
      "A process keeps a checkpoint, or a logged or suppressed message (told_all_keeps_nothing is not vacuous)."},
     {},
     everywhere},
    {Id::nothing_left_over,
     {"nothing_left_over", PropertyKind::always,
      "After recovery no process is dirty, keeps a checkpoint or a logged message, which none could use, or sends a "
      "message that is marked dirty."},
     Id::recovery_clears,
     everywhere},
    {Id::recovery_clears,
     {"recovery_clears", PropertyKind::reachable,
      "Recovery takes the checkpoints from a process that keeps some (nothing_left_over is not vacuous)."},
     {},
     everywhere},
    {Id::recovered_as_restored,
     {"recovered_as_restored", PropertyKind::always,
      "After recovery a process is what its restored state says and what it has replayed: history, number, "
      "counters, and what it knows to be validated."},
     Id::recovered_from_checkpoint,
     everywhere},
    {Id::recovered_from_checkpoint,
     {"recovered_from_checkpoint", PropertyKind::reachable,
      "Recovery restores a checkpoint (recovered_as_restored is not vacuous)."},
     {},
     everywhere},
    {Id::history_order,
     {"history_order", PropertyKind::always,
      "Recovery gives no history an earlier message of a sender after a later one."},
     Id::several_replayed,
     where_two_are_replayed},
    {Id::several_replayed,
     {"several_replayed", PropertyKind::reachable,
      "Recovery replays two messages of one sender to one process (history_order is not vacuous)."},
     {},
     where_two_are_replayed},
    {Id::recovered_consistently,
     {"recovered_consistently", PropertyKind::always,
      "When a recovery is over, under every fault hypothesis, no error has survived and no message is orphan, lost "
      "or duplicate."},
     Id::recovery_completed,
     of_recovery_by_messages},
    {Id::recovery_completed,
     {"recovery_completed", PropertyKind::reachable,
      "All processes of high confidence run in a new incarnation (recovered_consistently is not vacuous)."},
     {},
     of_recovery_by_messages},
    {Id::recovered_in_order,
     {"recovered_in_order", PropertyKind::always,
      "What shadows send after a take-over reaches each receiver in number order with none skipped, and what is "
      "replayed or was held comes in the order in which it was sent."},
     Id::resent_received,
     of_recovery_by_messages},
    {Id::resent_received,
     {"resent_received", PropertyKind::reachable,
      "A message that was re-sent in a take-over is received (recovered_in_order is not vacuous)."},
     {},
     of_recovery_by_messages},
    {Id::rolled_back_once,
     {"rolled_back_once", PropertyKind::always, "No process rolls back more than once in one recovery."},
     Id::recovered_by_rollback,
     of_recovery_by_messages},
    {Id::recovered_by_rollback,
     {"recovered_by_rollback", PropertyKind::reachable,
      "A process has rolled back in a recovery (rolled_back_once is not vacuous)."},
     {},
     of_recovery_by_messages},
    {Id::recovery_terminates,
     {"recovery_terminates", PropertyKind::eventually,
      "Every recovery completes and suppression ends, under weak fairness of deliveries and of the shadows."},
     {},
     of_recovery_by_messages},
    {Id::coordinators_met,
     {"coordinators_met", PropertyKind::reachable, "Two processes coordinate the same recovery."},
     {},
     of_two_detections},
    {Id::old_message_discarded,
     {"old_message_discarded", PropertyKind::reachable,
      "After a recovery a message of an older incarnation is under way that its receiver discards."},
     {},
     of_recovery_by_messages},
    {Id::validated_suppressed,
     {"validated_suppressed", PropertyKind::reachable,
      "A shadow that has taken over has suppressed all that is validated."},
     {},
     of_recovery_after_tests},
}};

} // namespace

std::span<const PropertyRow> property_table() {
    return rows;
}

std::span<const checker::Property> all_properties() {
    static const std::vector<checker::Property> properties = [] {
        std::vector<checker::Property> all;
        for (const PropertyRow& row : rows)
            all.push_back(row.property);
        return all;
    }();
    return properties;
}

AnyProperty property_at(std::size_t position) {
    if (position < property_count)
        return static_cast<PropertyId>(position);
    return InvariantNumber{position - property_count};
}

std::size_t position_of(const AnyProperty& property) {
    if (const auto* id = std::get_if<PropertyId>(&property))
        return static_cast<std::size_t>(*id);
    return property_count + std::get<InvariantNumber>(property).nth;
}

bool applies(const AnyProperty& property, const Scope& scope, const impl::Rules& rules) {
    const auto* id = std::get_if<PropertyId>(&property);
    return id == nullptr || rows[static_cast<std::size_t>(*id)].applies(scope, rules);
}

std::string_view where_it_applies(PropertyId property) {
    return sentence_of(rows[static_cast<std::size_t>(property)].applies);
}

} // namespace mdcd::model
