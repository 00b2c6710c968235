// Names coverage points and says which the rules exclude.
// Knows no state.
#include "model/steps/coverage.hpp"

#include <vector>

namespace mdcd::model {

using impl::NoteKind;

std::span<const std::string> all_coverage_points() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (std::size_t kind = 0; kind < impl::note_kind_count; ++kind)
            all.emplace_back(impl::note_name(static_cast<NoteKind>(kind)));
        return all;
    }();
    return names;
}

std::span<const std::string> step_coverage_points() {
    return all_coverage_points().first(static_cast<std::size_t>(NoteKind::rolled_back));
}

bool can_fire(std::size_t point, const Scope& scope, const impl::Rules& rules) {
    const Budgets& budgets = scope.budgets;
    const bool passes_on = budgets.active_messages > 0 && scope.active_processes > 1;
    const bool marks =
        passes_on || (budgets.messages_to_cluster > 0 && rules.propagation_mark == impl::PropagationMark::any_internal);
    const bool outputs = budgets.cluster_outputs > 0;
    const bool tests = outputs || budgets.low_acceptance_tests + budgets.active_acceptance_tests > 0;
    const bool literal_inside = rules.shadow_internal == impl::ShadowInternal::literal;
    const bool broadcast = rules.low_sn == impl::LowSn::shared_broadcast && scope.components > 1;
    const bool logs_dirty = rules.receiver_log == impl::ReceiverLog::while_dirty;
    const bool rivals = budgets.detections > 1;
    // A notification can overtake a message that it covers.
    const bool several_channels =
        scope.active_processes > 1 || scope.components > 1 || scope.channels == ChannelModel::unordered;
    switch (static_cast<NoteKind>(point)) {
    case NoteKind::yielded:
    case NoteKind::rival_ignored:
        return rivals;
    case NoteKind::answered_late:
        return rivals && rules.stop_low == impl::StopLow::detector_only;
    case NoteKind::suppressing:
    case NoteKind::suppressed_in_service:
    case NoteKind::discarded_notification:
        return tests;
    case NoteKind::not_replayed:
        return logs_dirty;
    case NoteKind::replayed: // dirty messages only if they are validated while others are not
        return passes_on || (scope.active_processes > 1 && (budgets.messages_to_cluster > 1 || (logs_dirty && tests)));
    case NoteKind::sent_clean:
        return passes_on || budgets.messages_to_cluster > 0;
    case NoteKind::propagated:
        return marks;
    case NoteKind::checkpoint_propagated:
        return marks && budgets.cluster_messages > 1;
    case NoteKind::withheld:
        return rules.dirty_delivery == impl::DirtyDelivery::literal;
    case NoteKind::checkpoint_new_sn:
        return budgets.messages_to_cluster > 1 ||
               (rules.checkpoint_trigger == impl::CheckpointTrigger::every_new_sn && budgets.cluster_messages > 1);
    case NoteKind::no_checkpoint_not_newer: // a shadow gets equal numbers from several messages, too
        return passes_on || budgets.messages_to_cluster > 1;
    case NoteKind::no_checkpoint_validated:
        return tests && rules.validated_register == impl::ValidatedRegister::everywhere && passes_on;
    case NoteKind::no_checkpoint_unpropagated:
        return rules.checkpoint_trigger == impl::CheckpointTrigger::published && budgets.cluster_messages > 1;
    case NoteKind::logged_input:
    case NoteKind::inputs_purged:
        return (logs_dirty || passes_on || budgets.messages_to_cluster > 1) &&
               (static_cast<NoteKind>(point) == NoteKind::logged_input || tests);
    case NoteKind::unlogged_input:
        return !logs_dirty;
    case NoteKind::number_advanced:
        return broadcast || (tests && several_channels && rules.notification_sn == impl::NotificationSn::advance);
    case NoteKind::sent_in_cluster:
        return budgets.low_internal_messages > 0 || (budgets.shadow_internal_messages > 0 && !literal_inside);
    case NoteKind::logged_external:
        return outputs || (budgets.shadow_internal_messages > 0 && literal_inside);
    case NoteKind::at_passed:
    case NoteKind::validated:
    case NoteKind::checkpoint_dropped:
    case NoteKind::became_clean:
    case NoteKind::stayed_dirty:
    case NoteKind::outputs_purged:
        return tests;
    default:
        return true;
    }
}

} // namespace mdcd::model
