// Looks at budgets, channels and how numbers are counted.
// Knows no property.
#include "model/inputs/applicability.hpp"

#include "impl/cluster_counter.hpp"
#include "model/inputs/property_table.hpp"

namespace mdcd::model {

bool numbers_compare(const Scope& scope, const impl::Rules& rules) {
    if (scope.components == 1)
        return true;
    const bool vector = impl::counter_entries(rules, scope.components) == scope.components;
    const bool independent = scope.faults == FaultModel::independent;
    return vector == independent && (independent || scope.order == OrderAssumption::cluster);
}

namespace applicability {
namespace {

bool may_validate(const Scope& scope) {
    const Budgets& budgets = scope.budgets;
    return budgets.low_acceptance_tests + budgets.active_acceptance_tests + budgets.cluster_outputs > 0;
}

} // namespace

bool everywhere(const Scope&, const impl::Rules&) {
    return true;
}

bool where_numbers_are_proved(const Scope& scope, const impl::Rules& rules) {
    return may_validate(scope) && numbers_compare(scope, rules);
}

// Renamed numbers keep no order between all that is compared.
bool where_numbers_stay(const Scope& scope, const impl::Rules& rules) {
    return numbers_compare(scope, rules) && !is_unbounded(scope);
}

// Settled messages are forgotten where runs have no end, and their numbers keep no order.
bool where_runs_end(const Scope& scope, const impl::Rules&) {
    return !is_unbounded(scope);
}

// Every message that a dirty process receives is logged, and delivered as well.
bool where_all_is_logged(const Scope& scope, const impl::Rules& rules) {
    return where_runs_end(scope, rules) && rules.receiver_log == impl::ReceiverLog::while_dirty &&
           rules.dirty_delivery == impl::DirtyDelivery::deliver;
}

// Two messages of one sender can be logged by a process that must go back before both.
bool where_two_are_replayed(const Scope& scope, const impl::Rules&) {
    return scope.channels == ChannelModel::fifo && scope.active_processes > 1 &&
           (scope.budgets.active_messages > 1 || scope.budgets.messages_to_cluster > 2);
}

bool of_several_components(const Scope& scope, const impl::Rules&) {
    return scope.components > 1;
}

bool of_outputs(const Scope& scope, const impl::Rules&) {
    return scope.budgets.cluster_outputs > 0;
}

bool of_recovery_by_messages(const Scope& scope, const impl::Rules&) {
    return scope.recovery == RecoveryMode::asynchronous;
}

bool of_two_detections(const Scope& scope, const impl::Rules&) {
    return scope.budgets.detections > 1;
}

bool of_recovery_after_tests(const Scope& scope, const impl::Rules& rules) {
    return of_recovery_by_messages(scope, rules) && may_validate(scope);
}

std::string_view sentence_of(bool (*applies)(const Scope&, const impl::Rules&)) {
    struct Sentence {
        bool (*applies)(const Scope&, const impl::Rules&);
        std::string_view text;
    };
    static constexpr Sentence sentences[] = {
        {everywhere, ""},
        {where_numbers_are_proved, "Of scopes with acceptance tests where the protocol's numbers are those by which "
                                   "errors are counted (one component; else see docs/soundness.md)."},
        {where_numbers_stay, "Of scopes whose runs end, where the protocol's numbers are those by which errors are "
                             "counted (one component; else see docs/soundness.md)."},
        {where_runs_end, "Of scopes whose runs end."},
        {where_all_is_logged, "Of scopes whose runs end, with receiver_log=while_dirty and dirty_delivery=deliver."},
        {where_two_are_replayed, "Of scopes with fifo channels, two active processes, and two messages between them or "
                                 "three to the cluster."},
        {of_several_components, "Of scopes with several components."},
        {of_outputs, "Of scopes with external messages of the cluster."},
        {of_recovery_by_messages, "Of scopes with recovery by messages."},
        {of_two_detections, "Of scopes in which two tests may fail."},
        {of_recovery_after_tests, "Of scopes with recovery by messages and acceptance tests."},
    };
    for (const Sentence& each : sentences)
        if (each.applies == applies)
            return each.text;
    return "";
}

} // namespace applicability
} // namespace mdcd::model
