// A window in words, for people, and as a value, for programs.
// Knows no lemma.
#pragma once

#include <string>
#include <vector>

#include "model/proof/actions.hpp"
#include "traces/value.hpp"

namespace mdcd::model::proof {

// The process shown is called P, the other one Q, the message m. No indentation but that of what belongs below.
[[nodiscard]] std::vector<std::string> describe(const Window<Concrete>& window);
[[nodiscard]] std::vector<std::string> describe(const ProcessWindow<Concrete>& process, const std::string& name,
                                                const MessageWindow<Concrete>& message);

// Who acts and on what.
[[nodiscard]] std::vector<std::string> describe(ActionId action, const Happening<Concrete>& happening,
                                                const MessageWindow<Concrete>& message);

// Every field, by its name.
[[nodiscard]] traces::Value to_value(const Window<Concrete>& window);
[[nodiscard]] traces::Value to_value(const Happening<Concrete>& happening);

} // namespace mdcd::model::proof
