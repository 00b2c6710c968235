// The application of the systems with levels of trust: its state is history. Which messages of each component are in
// its causal past, and what it has received. The protocol cannot read it.
// Knows no claim.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "impl/levels_recovery.hpp"

namespace mdcd::model::levels {

inline constexpr std::size_t components_max = 3;
inline constexpr std::size_t actives_max = 2;
inline constexpr std::size_t sources_max = components_max + actives_max; // whose messages a history tells apart

struct History {
    std::uint8_t position = 0;                        // in the script: what comes next
    std::array<std::uint8_t, sources_max> received{}; // places of each source's script
    impl::SequenceVector depends; // by component: how many of the messages that leave its level are in the past
    bool disorder = false;        // something was received once more, or after a later one of the same source

    friend constexpr bool operator==(const History&, const History&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("position", self.position);
        visit("received", self.received);
        visit("depends", self.depends);
        visit("disorder", self.disorder);
    }
};

struct Said {
    std::uint8_t source = 0; // who says it, and at which place of its script
    std::uint8_t position = 0;
    impl::SequenceVector depends; // the causal past of it

    friend constexpr bool operator==(const Said&, const Said&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("source", self.source);
        visit("position", self.position);
        visit("depends", self.depends);
    }
};

struct Ghost {
    using State = History;
    using Payload = Said;

    static void deliver(State& state, const Payload& said) {
        std::uint8_t& received = state.received[said.source];
        state.disorder = state.disorder || received >> said.position != 0;
        received = static_cast<std::uint8_t>(received | 1U << said.position);
        state.depends = impl::join(state.depends, said.depends);
    }
};
static_assert(impl::Application<Ghost> && impl::Application<impl::Levelled<Ghost>>);

} // namespace mdcd::model::levels
