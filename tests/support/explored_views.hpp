// The views of all states of a small scope, with what the native evaluation says of each: each distinct combination of
// slot values once. For tests that put the same question in other ways.
#pragma once

#include <deque>
#include <functional>
#include <span>

#include "checker/search.hpp"
#include "model/system.hpp"

namespace mdcd::tests {

// q active processes; budgets in the order of model::Budgets.
[[nodiscard]] inline model::Scope small_scope(std::uint8_t actives, model::Budgets budgets) {
    model::Scope scope;
    scope.name = "small";
    scope.active_processes = actives;
    scope.budgets = budgets;
    return scope;
}

// Recovery that happens as steps: one new version that may send twice, one active process, one test that fails.
[[nodiscard]] inline model::Scope small_asynchronous_scope() {
    model::Scope scope = small_scope(1, {.cluster_messages = 2, .low_acceptance_tests = 1, .detections = 1});
    scope.recovery = model::RecoveryMode::asynchronous;
    return scope;
}

// The properties that are asked about is what System::asks says of the stage.
using LookAtView = std::function<void(const model::View&, model::RecoveryStage, checker::PropertyBits)>;

// Calls `look` for each distinct state, from one thread, in a fixed order. The view is valid during the call.
inline checker::Report explore_views(const model::System& system, const LookAtView& look) {
    struct Looker {
        const LookAtView& look;
        void observe(unsigned, std::span<const model::SlotSummary* const>, const model::Recovery& recovery,
                     checker::PropertyBits bits) {
            look(recovery.view, recovery.stage, bits);
        }
    };
    return checker::search(system, {}, Looker{look});
}

} // namespace mdcd::tests
