// A fault hypothesis as a trace tells it, evaluated again on the last state.
// Knows no solver: who has found the hypothesis does not matter.
#pragma once

#include "model/claims/properties.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

// Whether the claim fails under the hypothesis that `assignment` names, as hypothesis_value() writes it. `property` is
// containment, recoverability or no_cascading_rollback, or the twin of one.
[[nodiscard]] bool fails_under(PropertyId property, const View& view, const traces::Value& assignment);

} // namespace mdcd::model
