// A view for people: who is in it, in the names that traces use, and what the predicates see.
// Decides nothing.
#pragma once

#include <string>

#include "model/claims/view.hpp"
#include "model/state/application.hpp"

namespace mdcd::model {

// "S2", "A1": the process at a position of the view.
[[nodiscard]] std::string process_name(const View& view, unsigned position);

// "c1, c3, A2.1": as in traces; "none" if empty.
[[nodiscard]] std::string message_names(MessageSet messages);

// "2", or "2,0" with several components.
[[nodiscard]] std::string numbers_text(const View& view, const Numbers& numbers);

// "depends on cluster message 3, but acceptance tests have validated only up to 2". `own`: each component has numbers
// of its own.
[[nodiscard]] std::string depends_text(const Numbers& depends, const Numbers& validated, bool own);

// All of it, several lines, each ends.
[[nodiscard]] std::string to_text(const View& view);

} // namespace mdcd::model
