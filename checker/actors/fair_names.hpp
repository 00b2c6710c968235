// Names of what is said to be fair: what they stand for, and what is wrong with one that nothing has. Not for headers
// that users compile.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/actions.hpp"
#include "checker/actors/compiled_system.hpp"

namespace mdcd::checker::actors {

// `State{phase idle}` is called so, and `State`.
[[nodiscard]] bool is_called(const std::string& text, const std::string& name);

struct MetMessage {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    std::string text;
};

struct UnmetName {
    bool exists = false; // something can be called so, but not where it would help
    std::string sentence;
};

// The actions have a name, and none of them can happen while something is waited for. `all_messages`: those that can
// be delivered in any state at all; none: not all states were looked at.
[[nodiscard]] UnmetName look_for_name(const CompiledSystem& model, const Actions& actions,
                                      const std::function<std::optional<std::vector<MetMessage>>()>& all_messages);

} // namespace mdcd::checker::actors
