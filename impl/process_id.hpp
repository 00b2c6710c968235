// Who is who: the three groups of section 2 of the paper and the processes in them.
// Knows no state.
#pragma once

#include <compare>
#include <cstdint>

namespace mdcd::impl {

enum class Group : std::uint8_t {
    low,    // G_low: new versions of the cluster's components, in service
    shadow, // G_sdw^high: their old versions, outputs suppressed
    active, // G_act^high: the components that the upgrade does not touch
    device, // the outside world; receives external messages
};

struct ProcessId {
    Group group = Group::low;
    std::uint8_t index = 0; // from 0 within its group; for low and shadow it is the component

    friend constexpr auto operator<=>(const ProcessId&, const ProcessId&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("group", self.group);
        visit("index", self.index);
    }
};

inline constexpr ProcessId device{Group::device, 0};

} // namespace mdcd::impl
