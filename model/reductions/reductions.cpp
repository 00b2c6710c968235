// The one place that says no.
// Knows no state.
#include "model/reductions/reductions.hpp"

#include <string>

#include "model/inputs/request_error.hpp"

namespace mdcd::model {

namespace {

const char* why_actives_differ(const Scope& scope) {
    if (scope.budgets.detections > 1 && scope.active_processes > 1)
        return "of two processes that coordinate one recovery the one with the lower id wins: active processes are not "
               "alike";
    return nullptr;
}

} // namespace

const char* why_components_differ(const Scope& scope, const impl::Rules& rules) {
    if (scope.components == 1)
        return nullptr;
    if (scope.budgets.detections > 1)
        return "of two processes that coordinate one recovery the one with the lower id wins: components are not alike";
    // In the cluster's order, the script tells when each shadow advances the common counter after a take-over. Without
    // it System::note_take_over lets the first component generate everything first.
    if (scope.order == OrderAssumption::component && rules.shadow_sn == impl::ShadowSn::shared)
        return "one counter of all shadows (shadow_sn=shared) and no order of the cluster's messages (order = "
               "component): who takes over is taken to send component by component";
    // What a notification claims is compared with what a state depends on (note_reclamation), entry by entry: where
    // only one of them has an entry for each component, the other stands in the entry of the first.
    if ((scope.faults == FaultModel::independent) != (rules.low_sn == impl::LowSn::vector))
        return "numbers (rule low_sn) and faults are not both of each component or both of the whole cluster: where "
               "they are compared, what is of the whole counts as of the first component";
    return nullptr;
}

Reductions reductions_for(const Scope& scope, const impl::Rules& rules, Symmetry symmetry,
                          std::optional<bool> renumbering) {
    if (symmetry != Symmetry::none && !scope.invariants.empty())
        throw RequestError("symmetry", "an invariant (" + scope.invariants.front().name +
                                           ") may name a process: states which differ in names are not the same");
    Reductions reductions{.actives = symmetry == Symmetry::sound || symmetry == Symmetry::actives,
                          .components = symmetry == Symmetry::components,
                          .renumbering = false};
    const char* const differ = why_components_differ(scope, rules);
    if (reductions.actives && why_actives_differ(scope) != nullptr)
        throw RequestError("symmetry of active processes", scope.name + ": " + why_actives_differ(scope));
    if (reductions.components && differ != nullptr)
        throw RequestError("symmetry of components", scope.name + ": " + differ);
    if (symmetry == Symmetry::sound)
        reductions.components = scope.components > 1 && differ == nullptr;
    const bool needed = is_unbounded(scope);
    if (needed && renumbering == false)
        throw RequestError("no renaming of numbers",
                           scope.name + ": has budgets without a bound: without renaming the search has no end");
    if (renumbering == true || needed)
        if (const char* const reason = why_not_renumbered(scope))
            throw RequestError(needed ? "no bound on budgets" : "renaming of numbers", scope.name + ": " + reason);
    reductions.renumbering = renumbering.value_or(needed);
    return reductions;
}

} // namespace mdcd::model
