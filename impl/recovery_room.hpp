// The same as upgrade_room.hpp for a process of one upgrade: when a message has to wait since there is no room for what
// it would leave, and what may go past it.
// Knows no link.
#pragma once

#include "impl/recovery_state.hpp"
#include "impl/upgrade_room.hpp"

namespace mdcd::impl {

// Why the process cannot take that message now. `Process`: of any of the three kinds.
template <Application A, class Process>
[[nodiscard]] Shortage shortage_for(const Message<A>& message, const Process& process,
                                    const RecoveryState<A>& recovery) {
    const bool ordinary = message.kind == MessageKind::application || message.kind == MessageKind::passed_at ||
                          message.kind == MessageKind::low_number;
    if (!ordinary && recovery.decided.size() == recovery_count_max)
        return Shortage::endings;
    const bool is_held = ordinary || message.kind == MessageKind::recovery_announcement;
    if (!is_running(recovery))
        return is_held && recovery.held.size() == held_count_max ? Shortage::queue : Shortage::none;
    if constexpr (requires { process.guarded; })
        if (message.kind == MessageKind::application)
            return shortage_of(process.guarded, Capacities{});
    return Shortage::none;
}

// Whether it is taken. `waits_before`: an earlier one of the same sender waits.
template <Application A, class Process>
[[nodiscard]] bool may_take(const Message<A>& message, bool waits_before, const Process& process,
                            const RecoveryState<A>& recovery) {
    return shortage_for(message, process, recovery) == Shortage::none && (!waits_before || may_go_past(message));
}

} // namespace mdcd::impl
