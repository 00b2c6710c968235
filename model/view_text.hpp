// A view for people: who is in it, in the names that traces use, and what the predicates see.
// Decides nothing.
#pragma once

#include <string>

#include "model/application.hpp"
#include "model/view.hpp"

namespace mdcd::model {

// "S2", "A1": the process at a position of the view.
[[nodiscard]] std::string process_name(const View& view, unsigned position);

// "cluster 1, cluster 3, A2 1": by sender and the sender's own count; "none" if empty.
[[nodiscard]] std::string message_names(MessageSet messages);

// All of it, several lines, each ends.
[[nodiscard]] std::string to_text(const View& view);

} // namespace mdcd::model
