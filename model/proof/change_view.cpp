// Which messages a line shows, held ones included, and which action a piece of a run is.
// Judges nothing.
#include "model/proof/change_view.hpp"

#include <algorithm>

namespace mdcd::model::proof::change {

using impl::ChangeKind;
using impl::ChangePhase;
using impl::Outcome;

std::int64_t number_of(SeatId seat) {
    return 1 + 2 * std::int64_t{seat.component} + seat.seat;
}
bool is_of_agreement(ChangeKind kind) {
    return kind == ChangeKind::announcement || kind == ChangeKind::reply || kind == ChangeKind::decision;
}
bool waits(const Seat& seat) {
    return seat.upgrade.phase == ChangePhase::halted || seat.upgrade.phase == ChangePhase::coordinating;
}
bool is_begin(Outcome outcome) {
    return outcome == Outcome::begun || outcome == Outcome::unchanged;
}
bool is_granted(Outcome outcome) {
    return outcome == Outcome::begun || outcome == Outcome::committed;
}

namespace {

// Calls visit with each message of that change under way from one to the other, or held there.
template <class Visit>
void for_each_pending(const State& state, SeatId from, SeatId to, const View& view, Visit visit) {
    for (const Sent& each : state.under_way)
        if (each.from == from && each.to == to && each.message.message.incarnation == view.incarnation)
            visit(each.message);
    for (const impl::HeldMessage<Idle>& each : state.seat(to).upgrade.held)
        if (each.from == from && each.message.message.incarnation == view.incarnation)
            visit(each.message);
}

Peer<Concrete> peer_of(const State& state, const Ghost& ghost, SeatId id, const View& view) {
    const Seat& seat = state.seat(id);
    const auto& upgrade = seat.upgrade;
    Peer<Concrete> peer;
    peer.id = number_of(id);
    peer.incarnation = upgrade.incarnation;
    peer.running = upgrade.phase == ChangePhase::running;
    peer.ended = upgrade.endings.size() >= view.incarnation;
    const bool is_here = upgrade.incarnation == view.incarnation;
    peer.halted = is_here && upgrade.phase == ChangePhase::halted;
    peer.coordinating = is_here && upgrade.phase == ChangePhase::coordinating;
    if (peer.halted || peer.coordinating) {
        peer.coordinator = number_of(upgrade.coordinator);
        peer.wants_begin = upgrade.intent == impl::Intent::begin;
        peer.wants_commit = upgrade.intent == impl::Intent::commit;
    }
    if (peer.coordinating) {
        peer.known = upgrade.known[view.entry];
        peer.objected = upgrade.objected;
    }
    peer.valid = seat.validated()[view.entry];
    peer.failed = upgrade.failed;
    peer.catching = !upgrade.catch_up.is_over();
    if (const auto offered = ghost.offered.find(id); offered != ghost.offered.end()) {
        peer.offered = offered->second[view.entry];
        peer.refused = ghost.refused.at(id);
    }
    if (peer.ended) {
        const impl::Ending& ending = upgrade.endings[view.incarnation - 1];
        peer.decision = ending.validated[view.entry];
        peer.decision_begin = is_begin(ending.outcome);
        peer.decision_granted = is_granted(ending.outcome);
    }
    peer.decider = ghost.has_decided(id);
    peer.first = peer.decider && ghost.first == id;
    return peer;
}

Line<Concrete> line_of(const State& state, SeatId from, SeatId to, const View& view) {
    Line<Concrete> line;
    for_each_pending(state, from, to, view, [&](const Message& message) {
        if (message.kind == ChangeKind::announcement) {
            line.announced = true;
            line.asks_begin = message.intent == impl::Intent::begin;
            line.asks_commit = message.intent == impl::Intent::commit;
        } else if (message.kind == ChangeKind::reply) {
            line.reply_objects = message.objects && (line.reply_objects || !line.replied);
            line.replied = true;
            line.reply_sn = message.message.low_sn[view.entry];
        } else if (message.kind == ChangeKind::decision) {
            line.decided = true;
            line.decision_sn = message.message.low_sn[view.entry];
            line.decision_begin = is_begin(message.outcome);
            line.decision_granted = is_granted(message.outcome);
        }
    });
    const auto& upgrade = state.seat(to).upgrade;
    line.counted = upgrade.incarnation == view.incarnation && upgrade.phase == ChangePhase::coordinating &&
                   upgrade.replied.contains(from);
    return line;
}

} // namespace

Window<Concrete> window_of(const State& state, const Ghost& ghost, const View& view) {
    Window<Concrete> window;
    for (std::size_t place = 0; place < seats_shown; ++place)
        window.peers[place] = peer_of(state, ghost, view.shown[place], view);
    for (std::size_t from = 0; from < seats_shown; ++from)
        for (std::size_t to = 0; to < seats_shown; ++to)
            if (from != to)
                window.line(from, to) = line_of(state, view.shown[from], view.shown[to], view);
    window.incarnation = view.incarnation;
    window.under_way = ghost.under_way;
    window.settled = ghost.settled;
    if (ghost.settled) {
        window.value = ghost.value.validated[view.entry];
        window.value_begin = is_begin(ghost.value.outcome);
        window.value_granted = is_granted(ghost.value.outcome);
    }
    window.later =
        std::ranges::any_of(state.seats, [&](const Seat& each) { return each.upgrade.incarnation > view.incarnation; });
    return window;
}

ActionId action_of(const Piece& piece, impl::Incarnation incarnation) {
    const auto& before = piece.was().upgrade;
    const auto& after = piece.is().upgrade;
    if (piece.decides)
        return after.incarnation == incarnation ? ActionId::decides : ActionId::lives;
    if (piece.taken && is_of_agreement(piece.taken->message.kind)) {
        if (piece.taken->message.message.incarnation != incarnation)
            return ActionId::takes_another;
        return piece.taken->message.kind == ChangeKind::announcement ? ActionId::hears_announcement
               : piece.taken->message.kind == ChangeKind::reply      ? ActionId::hears_reply
                                                                     : ActionId::hears_decision;
    }
    if (piece.taken) {
        const bool replies = piece.taken->message.kind == ChangeKind::marker && waits(piece.was()) &&
                             piece.after.under_way.size() == piece.before.under_way.size();
        return replies && after.incarnation == incarnation ? ActionId::replies : ActionId::lives;
    }
    if (before.incarnation != after.incarnation)
        return after.incarnation == incarnation ? ActionId::announces : ActionId::goes_on;
    const bool fails = piece.kind == EventKind::fails && after.failed && !before.failed && waits(piece.was());
    return fails && after.incarnation == incarnation ? ActionId::fails : ActionId::lives;
}

} // namespace mdcd::model::proof::change
