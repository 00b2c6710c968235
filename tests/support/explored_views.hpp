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

using LookAtView = std::function<void(const model::View&, checker::PropertyBits)>;

// Calls `look` for each distinct state, from one thread, in a fixed order. The view is valid during the call.
inline checker::Report explore_views(const model::System& system, const LookAtView& look) {
    struct Looker {
        const model::System& system;
        const LookAtView& look;
        void observe(unsigned, std::span<const model::SlotSummary* const> summaries, checker::PropertyBits bits) {
            look(system.view(summaries), bits);
        }
    };
    return checker::search(system, {}, Looker{system, look});
}

} // namespace mdcd::tests
