// Seats that begin, commit, abort and recover by messages (impl/upgrade_protocol.hpp), as they run: what the proof that
// each change has one outcome is compared with. Operators may say anything, tests fail, and anybody learns any number,
// at any time; messages arrive in any order. Knows no window and no lemma.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/random.hpp"
#include "impl/notes.hpp"
#include "impl/upgrade_protocol.hpp"
#include "model/proof/agreement_system.hpp"

namespace mdcd::model::proof::change {

using agreement::Idle;
using impl::SeatId;
using Message = impl::ChangeMessage<Idle>;

struct Seat {
    SeatId id;
    impl::SeatedProcess<Idle> process;
    impl::UpgradeState<Idle> upgrade;

    friend bool operator==(const Seat&, const Seat&) = default;

    [[nodiscard]] impl::SequenceVector validated() const; // what it knows to be
};

struct Sent {
    SeatId from;
    SeatId to;
    Message message;

    friend bool operator==(const Sent&, const Sent&) = default;
};

struct State {
    impl::Seats members;
    impl::Rules rules;
    impl::UpgradeRules upgrade_rules;
    std::vector<Seat> seats;
    std::vector<Sent> under_way;

    [[nodiscard]] const Seat& seat(SeatId id) const;
    [[nodiscard]] Seat& seat(SeatId id);
};
[[nodiscard]] State initial_state(const impl::Seats& members, const impl::Rules& rules,
                                  const impl::UpgradeRules& upgrade_rules);

enum class EventKind : std::uint8_t { begins, commits, aborts, fails, tells, catches_up, arrives };
struct Event {
    EventKind kind = EventKind::fails;
    SeatId seat;
    impl::ComponentSet components = {}; // of `begins`
    impl::SequenceVector numbers = {};  // of `tells`: what it has learned, and tells the others
    SeatId from = {};                   // of `arrives`
    Message message = {};
    std::size_t position = 0; // .. among what is under way
};
[[nodiscard]] std::string text_of(const Event& event);

// Anything that may happen in that state, drawn at random; nothing if a capacity would be exceeded.
[[nodiscard]] std::optional<Event> drawn_event(const State& state, checker::Random& random);

struct Happened {
    State after;
    impl::ChangeEvents events;
};
// By impl's own handlers.
[[nodiscard]] Happened apply(const State& state, const Event& event);

} // namespace mdcd::model::proof::change
