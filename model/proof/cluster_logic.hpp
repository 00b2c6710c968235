// The guards of impl over the windows of several components: of each vector two entries are shown. That one vector
// covers another can be denied by what is shown, and not be said.
#pragma once

#include "model/proof/cluster_actions.hpp"
#include "model/proof/cluster_rules.hpp"
#include "model/proof/guard_logic.hpp"

namespace mdcd::model::proof::cluster {

struct ShownEntries : OneEntry {
    using Vector = Entries<checker::smt::Number>;

    static Truth covers(const Vector& larger, const Vector& smaller) { return at_most(smaller, larger); }
    static Vector join(const Vector& one, const Vector& other) { return cluster::larger(one, other); }
};
static_assert(impl::GuardLogic<ShownEntries>);

} // namespace mdcd::model::proof::cluster
