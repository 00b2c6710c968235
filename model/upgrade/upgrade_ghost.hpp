// The application of the systems in which the life of an upgrade is explored: all of its state is history. It rides
// through forks, checkpoints, rollbacks and logs as an application does, and the protocol cannot read it.
// Knows no claim.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "impl/application.hpp"

namespace mdcd::model::upgrade {

inline constexpr std::size_t components_max = 3;
inline constexpr std::size_t positions_max = 6; // in a script
inline constexpr std::size_t upgrades_max = 3;

// Of messages that new versions have sent: which upgrade's, which component's, at which place of its script.
using NewMessages = std::uint64_t;
[[nodiscard]] constexpr NewMessages new_message(std::size_t upgrade, std::size_t component, std::size_t position) {
    return NewMessages{1} << ((upgrade * components_max + component) * positions_max + position);
}
[[nodiscard]] constexpr NewMessages all_of_upgrade(std::size_t upgrade) {
    const std::size_t count = components_max * positions_max;
    return ((NewMessages{1} << count) - 1) << (upgrade * count);
}
static_assert(upgrades_max * components_max * positions_max <= 64);

struct History {
    std::uint8_t position = 0;                           // in the component's script: what comes next
    std::array<std::uint8_t, components_max> received{}; // positions of each sender's script
    std::array<std::uint8_t, components_max> late{};     // .. that came after a later one of the same sender
    NewMessages depends = 0;                             // its causal past
    bool twice = false;                                  // something was received once more

    friend constexpr bool operator==(const History&, const History&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("position", self.position);
        visit("received", self.received);
        visit("late", self.late);
        visit("depends", self.depends);
        visit("twice", self.twice);
    }
};

struct Said {
    std::uint8_t component = 0; // who says it, and at which place of its script
    std::uint8_t position = 0;
    NewMessages depends = 0; // the causal past of it

    friend constexpr bool operator==(const Said&, const Said&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("position", self.position);
        visit("depends", self.depends);
    }
};

struct Ghost {
    using State = History;
    using Payload = Said;
    struct Output {
        bool is_plausible = true;
    };

    static void deliver(State& state, const Payload& said) {
        const unsigned bit = 1U << said.position;
        std::uint8_t& received = state.received[said.component];
        state.twice = state.twice || (received & bit) != 0;
        if (received >> said.position > 1)
            state.late[said.component] = static_cast<std::uint8_t>(state.late[said.component] | bit);
        received = static_cast<std::uint8_t>(received | bit);
        state.depends |= said.depends;
    }
    static bool acceptance_test(const State&, const Output& output) { return output.is_plausible; }
    static bool compensate(const State&, Output&) { return false; }
};
static_assert(impl::TestedApplication<Ghost>);

} // namespace mdcd::model::upgrade
