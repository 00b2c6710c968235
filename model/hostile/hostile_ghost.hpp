// The application of the systems with a hostile cluster: its state is history. Which messages of the cluster are in its
// causal past, honest or hostile, and what else it has received. The protocol cannot read it.
// Knows no claim.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "impl/boundary.hpp"

namespace mdcd::model::hostile {

inline constexpr std::size_t components_max = 2;
inline constexpr std::size_t actives_max = 2;
inline constexpr std::size_t positions_max = 4; // in a script
inline constexpr std::size_t words_max = 4;     // of one new version

// Messages of the cluster: an honest one is its component's at a place of the script, a hostile one is the word of a
// new version.
using Words = std::uint16_t;
inline constexpr Words all_honest = 0x00ff;
inline constexpr Words all_hostile = 0xff00;
[[nodiscard]] constexpr Words honest_word(std::size_t component, std::size_t position) {
    return static_cast<Words>(1U << (component * positions_max + position));
}
[[nodiscard]] constexpr Words hostile_word(std::size_t component, std::size_t word) {
    return static_cast<Words>(0x100U << (component * words_max + word));
}

// Whose messages a history tells apart: components, then active processes.
inline constexpr std::size_t sources_max = components_max + actives_max;
inline constexpr std::uint8_t no_source = 0xff; // of a hostile message

struct History {
    std::uint8_t position = 0;                        // in the script: what comes next
    std::array<std::uint8_t, sources_max> received{}; // positions of each source's script
    Words depends = 0;                                // its causal past in the cluster
    std::uint8_t content = 0; // what hostile messages said: 1 and 2 are two things that they can say
    bool disorder = false;    // something was received once more, or after a later one of the same source

    friend constexpr bool operator==(const History&, const History&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("position", self.position);
        visit("received", self.received);
        visit("depends", self.depends);
        visit("content", self.content);
        visit("disorder", self.disorder);
    }
};

// Deliveries and sends that made this history.
[[nodiscard]] constexpr unsigned events_of(const History& history) {
    unsigned events = history.position;
    for (const std::uint8_t each : history.received)
        for (unsigned left = each; left != 0; left &= left - 1)
            ++events;
    for (unsigned left = history.depends & all_hostile; left != 0; left &= left - 1)
        ++events;
    return events;
}

struct Said {
    std::uint8_t source = no_source; // who says it, and at which place of its script
    std::uint8_t position = 0;
    Words depends = 0; // the causal past of it
    std::uint8_t content = 0;
    bool alarm = false; // the detector takes it for an intrusion, rightly or not

    friend constexpr bool operator==(const Said&, const Said&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("source", self.source);
        visit("position", self.position);
        visit("depends", self.depends);
        visit("content", self.content);
        visit("alarm", self.alarm);
    }
};

struct Ghost {
    using State = History;
    using Payload = Said;
    struct Output {
        bool is_plausible = true;
    };

    static void deliver(State& state, const Payload& said) {
        if (said.source != no_source) {
            std::uint8_t& received = state.received[said.source];
            state.disorder = state.disorder || received >> said.position != 0;
            received = static_cast<std::uint8_t>(received | 1U << said.position);
        }
        state.depends |= said.depends;
        state.content |= said.content;
    }
    static bool is_intrusion(const State&, const Payload& said) { return said.alarm; }
    // Perfect: it fails if and only if something hostile is in the causal past.
    static bool acceptance_test(const State& state, const Output&) { return (state.depends & all_hostile) == 0; }
    static bool compensate(const State&, Output&) { return false; }
};
static_assert(impl::TestedApplication<Ghost> && impl::DetectingApplication<Ghost>);

} // namespace mdcd::model::hostile
