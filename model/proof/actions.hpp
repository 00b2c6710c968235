// The steps of the system as relations between a window before and a window after, for any number of messages,
// checkpoints and active processes. The implementation is tied to these texts (tie.hpp), not the other way round.
#pragma once

#include <span>

#include "impl/rules.hpp"
#include "model/proof/window.hpp"

namespace mdcd::model::proof {

using Truth = Symbolic::Truth;
using Number = Symbolic::Number;

enum class ActionId : std::uint8_t {
    low_sends,
    low_passes_test,
    low_receives,
    shadow_generates,
    active_sends_to_active,
    active_sends_to_cluster,
    active_outputs,
    active_passes_test,
    active_receives,
    active_is_notified,
    shadow_receives,
    shadow_is_notified,
};
inline constexpr std::size_t action_count = static_cast<std::size_t>(ActionId::shadow_is_notified) + 1;

struct Action {
    const char* name;
    const char* sentence; // what happens
    Truth (*relation)(const Transition<Symbolic>&, const impl::Rules&);
};

// In the order of ActionId.
//
// A window after a step is any window; the window before it is chosen to show what decides on it. A checkpoint that
// stays is shown before and after; before a new checkpoint, or when none is left, the newest one is shown, if any.
[[nodiscard]] std::span<const Action> actions();

// Every window looks like this: how its parts hang together.
[[nodiscard]] Truth well_formed(const ProcessWindow<Symbolic>& process, const MessageWindow<Symbolic>& message);

// The largest number that everything a checkpoint is kept for is known to be covered by: a reclamation up to that
// number drops it (rule reclamation).
[[nodiscard]] Number cover(const CheckpointWindow<Symbolic>& checkpoint, const impl::Rules& rules);

} // namespace mdcd::model::proof
