// States of seats that begin, commit, abort and recover (change_system.hpp), as the windows of the proof show them, and
// what happens to them, as its actions have it. Judges nothing.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/proof/change.hpp"
#include "model/proof/change_system.hpp"

namespace mdcd::model::proof::change {

// What no seat keeps of the change that starts one incarnation.
struct Ghost {
    bool under_way = false; // before it
    bool settled = false;
    impl::Ending value;
    SeatId first;
    std::vector<SeatId> deciders;
    std::map<SeatId, impl::SequenceVector> offered;
    std::map<SeatId, bool> refused;

    [[nodiscard]] bool has_decided(SeatId seat) const { return std::ranges::find(deciders, seat) != deciders.end(); }
};
using Ghosts = std::map<impl::Incarnation, Ghost>;

struct Piece {
    SeatId actor;
    EventKind kind = EventKind::arrives;
    std::optional<Sent> taken;
    bool decides = false; // after the reply was counted
    State before;
    State after;

    [[nodiscard]] const Seat& was() const { return before.seat(actor); }
    [[nodiscard]] const Seat& is() const { return after.seat(actor); }
};

struct View {
    impl::Incarnation incarnation = 1;
    std::array<SeatId, seats_shown> shown{};
    std::size_t entry = 0;
};

[[nodiscard]] std::int64_t number_of(SeatId seat); // in the order of ids, from 1
[[nodiscard]] bool is_of_agreement(impl::ChangeKind kind);
[[nodiscard]] bool is_begin(impl::Outcome outcome);
[[nodiscard]] bool is_granted(impl::Outcome outcome);
[[nodiscard]] bool waits(const Seat& seat);

[[nodiscard]] Window<Concrete> window_of(const State& state, const Ghost& ghost, const View& view);
// What is none of that change's business may let a process learn, and nothing else.
[[nodiscard]] ActionId action_of(const Piece& piece, impl::Incarnation incarnation);

} // namespace mdcd::model::proof::change
