// Which reductions a search uses: what was asked for, refused with a reason where it would be unsound, and, for runs
// without an end, what it cannot do without. Knows no search.
#pragma once

#include <optional>

#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "model/reductions/symmetry.hpp"

namespace mdcd::model {

// Which states a search takes for the same (if it is told to use renamings at all).
struct Reductions {
    bool actives = true;      // those that differ in which active process is which
    bool components = false;  // .. in which component of the cluster is which; only if nothing speaks against it
    bool renumbering = false; // .. in numbers (renumbering.hpp); only if nothing speaks against it

    [[nodiscard]] bool any() const { return actives || components || renumbering; }
};

// Why the components of the cluster may not be renamed; a null pointer if they may.
[[nodiscard]] const char* why_components_differ(const Scope& scope, const impl::Rules& rules);

// `symmetry`, `renumbering`: what was asked for; none: renumbering where runs have no end. Throws RequestError.
[[nodiscard]] Reductions reductions_for(const Scope& scope, const impl::Rules& rules, Symmetry symmetry,
                                        std::optional<bool> renumbering);

} // namespace mdcd::model
