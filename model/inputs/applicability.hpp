// Where properties apply: each row of the table of properties names one of these. Whether a scope under some rules has
// what a property is about, and the same in a sentence. Knows no property.
#pragma once

#include <string_view>

#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"

namespace mdcd::model::applicability {

[[nodiscard]] bool everywhere(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool where_numbers_are_proved(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool where_numbers_stay(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool where_runs_end(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool where_all_is_logged(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool where_two_are_replayed(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool of_several_components(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool of_outputs(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool of_recovery_by_messages(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool of_two_detections(const Scope& scope, const impl::Rules& rules);
[[nodiscard]] bool of_recovery_after_tests(const Scope& scope, const impl::Rules& rules);

// Of one of them; "" of everywhere.
[[nodiscard]] std::string_view sentence_of(bool (*applies)(const Scope&, const impl::Rules&));

} // namespace mdcd::model::applicability
