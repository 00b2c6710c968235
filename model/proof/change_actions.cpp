// The actions of the life of an upgrade. Their guards are those of impl/upgrade_guards.hpp and recovery_guards.hpp.
// Knows no lemma, and no state of the implementation.
#include "impl/upgrade_guards.hpp"
#include "model/proof/change.hpp"
#include "model/proof/guard_logic.hpp"
#include "model/proof/peers.hpp"

namespace mdcd::model::proof::change {

using Shown = Window<Symbolic>;
using P = Peer<Symbolic>;
using L = Line<Symbolic>;
using Rules = impl::UpgradeRules;
using checker::smt::larger;
namespace guards = impl::guards;

namespace {

Truth constant(const Step& step, bool value) {
    return step.before.settled.owner().constant(value);
}
Number zero(const Shown& window) {
    return window.settled.owner().number(0);
}
Truth same(const Step& step, const Shown& expected) {
    return is_same_window(expected, step.after, constant(step, true));
}
Truth nothing_changes(const Step& step) {
    return same(step, step.before);
}
Truth waits(const P& seat) {
    return seat.halted || seat.coordinating;
}

struct Intent {
    Truth begin;
    Truth commit;
};
struct Decision {
    Number sn;
    Truth begin;
    Truth granted;
};

// What is 0 of a seat that does not wait in this change.
void reset(Shown& window, std::size_t peer) {
    const Truth no = window.settled.owner().constant(false);
    P& seat = window.peers[peer];
    seat.halted = seat.coordinating = seat.wants_begin = seat.wants_commit = seat.objected = no;
    seat.coordinator = seat.known = zero(window);
    for (std::size_t other = 0; other < seats_shown; ++other)
        if (other != peer)
            window.line(other, peer).counted = no;
}
// What its process knows may be anything.
void forget(const Step& step, Shown& window, std::size_t peer) {
    const P& after = step.after.peers[peer];
    P& seat = window.peers[peer];
    seat.valid = after.valid;
    seat.failed = after.failed;
    seat.catching = after.catching;
}

// It waits in this change; what it knows stands in `window` already.
void wait_for(const Step& step, Shown& window, std::size_t peer, Number coordinator, const Intent& wanted) {
    const Truth is_here = step.before.peers[peer].incarnation == step.before.incarnation;
    reset(window, peer);
    P& seat = window.peers[peer];
    seat.running = constant(step, false);
    seat.incarnation = step.before.incarnation;
    seat.coordinator = coordinator;
    seat.wants_begin = wanted.begin;
    seat.wants_commit = wanted.commit;
    seat.offered = choose(is_here, seat.offered, step.before.peers[peer].valid);
    seat.refused = choose(is_here, seat.refused, choose(window.under_way, seat.failed, seat.catching));
}
Truth objects(const P& seat, const Rules& rules) {
    return guards::objects<OneEntry>(seat.wants_begin, seat.failed, seat.catching, rules);
}
void coordinate(const Step& step, Shown& window, std::size_t peer, const Intent& wanted, const Rules& rules) {
    P& seat = window.peers[peer];
    wait_for(step, window, peer, seat.id, wanted);
    seat.coordinating = constant(step, true);
    seat.known = seat.valid;
    seat.objected = objects(seat, rules);
    for (std::size_t other = 0; other < seats_shown; ++other)
        if (other != peer) {
            L& line = window.line(peer, other);
            line.announced = constant(step, true);
            line.asks_begin = wanted.begin;
            line.asks_commit = wanted.commit;
        }
}
// To its coordinator, if that one is shown.
void reply(Shown& window, std::size_t peer, const Rules& rules) {
    const P& seat = window.peers[peer];
    for (std::size_t other = 0; other < seats_shown; ++other)
        if (other != peer) {
            const Truth is_told = window.peers[other].id == seat.coordinator;
            L& line = window.line(peer, other);
            line.reply_objects =
                choose(is_told, objects(seat, rules) && (line.reply_objects || !line.replied), line.reply_objects);
            line.reply_sn = choose(is_told, seat.valid, line.reply_sn);
            line.replied = line.replied || is_told;
        }
}
// It has ended the change with that.
void end(const Step& step, Shown& window, std::size_t peer, const Decision& decision) {
    reset(window, peer);
    forget(step, window, peer);
    P& seat = window.peers[peer];
    // A new version waits for the state of its application.
    seat.running = !(decision.begin && decision.granted) || step.after.peers[peer].running;
    seat.ended = constant(step, true);
    seat.decision = decision.sn;
    seat.decision_begin = decision.begin;
    seat.decision_granted = decision.granted;
}

// What is no business of the agreement, or of none that this window is about.
Truth lives(const Step& step) {
    const auto text = [&](std::size_t peer) {
        const P& seat = step.before.peers[peer];
        const P& after = step.after.peers[peer];
        const Truth is_here = seat.incarnation == step.before.incarnation;
        Shown expected = step.before;
        forget(step, expected, peer);
        expected.peers[peer].running = after.running;
        const Truth stays = after.failed == seat.failed && after.catching == seat.catching &&
                            after.running == seat.running && implies(step.before.under_way, after.valid == seat.valid);
        return implies(waits(seat), stays) && implies(is_here && seat.running, after.running) && same(step, expected);
    };
    return by_peer(step, text, nothing_changes(step));
}

// An operator says so, or a test fails.
Truth announces(const Step& step, const Rules& rules) {
    const auto text = [&](std::size_t peer) {
        const P& seat = step.before.peers[peer];
        const P& after = step.after.peers[peer];
        Shown expected = step.before;
        expected.peers[peer].failed = after.failed;
        coordinate(step, expected, peer, {after.wants_begin, after.wants_commit}, rules);
        return seat.running && seat.incarnation + 1 == step.before.incarnation && implies(seat.failed, after.failed) &&
               guards::may_be_wanted<OneEntry>(after.wants_begin, step.before.under_way) &&
               !(after.wants_begin && after.wants_commit) && same(step, expected);
    };
    return by_peer(step, text, nothing_changes(step));
}

// A seat announces another change.
Truth goes_on(const Step& step) {
    const auto text = [&](std::size_t peer) {
        const P& seat = step.before.peers[peer];
        Shown expected = step.before;
        reset(expected, peer);
        P& gone = expected.peers[peer];
        gone.failed = step.after.peers[peer].failed;
        gone.running = constant(step, false);
        gone.incarnation = seat.incarnation + 1;
        expected.later = step.before.later || step.before.incarnation < gone.incarnation;
        return seat.running && !(gone.incarnation == step.before.incarnation) && same(step, expected);
    };
    Shown hidden = step.before;
    hidden.later = hidden.later || step.happening.hidden_later;
    return by_peer(step, text, same(step, hidden));
}

guards::HeardChange<OneEntry> heard(const P& seat, Truth waiting, Number sender, Number incarnation, Truth is_commit,
                                    const Rules& rules) {
    return {.is_next = seat.incarnation < incarnation,
            .is_this = seat.incarnation == incarnation,
            .running = seat.running,
            .waits = waiting,
            .wins = guards::wins<OneEntry>(guards::goes_first(sender, seat.coordinator), is_commit, seat.wants_commit,
                                           rules)};
}

// Counted by a coordinator; whose it is may be shown.
void count(const Step& step, Shown& window, std::size_t peer, std::size_t from, Number sn) {
    if (from < seats_shown)
        window.line(from, peer).counted = constant(step, true);
    P& seat = window.peers[peer];
    seat.known = larger(seat.known, sn);
    seat.objected = seat.objected || step.happening.objects;
}

// A message of another change, of whatever incarnation: the seat may be in that one, or in this.
Truth takes_another(const Step& step, const Rules& rules) {
    const auto& happening = step.happening;
    const Number incarnation = happening.incarnation;
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number sender) {
            const P& seat = step.before.peers[peer];
            const Truth is_here = seat.incarnation == step.before.incarnation;
            const Truth is_this = seat.incarnation == incarnation;
            Shown taken = step.before; // what becomes of that change
            forget(step, taken, peer);
            taken.peers[peer].running = step.after.peers[peer].running;
            taken = choose_window(is_here, step.before, taken);
            Shown joined = step.before;
            reset(joined, peer);
            forget(step, joined, peer);
            joined.peers[peer].incarnation = incarnation;
            joined.peers[peer].running = constant(step, false);
            Shown counted = taken;
            count(step, counted, peer, from, happening.sn);
            Shown ended = taken;
            end(step, ended, peer, {happening.sn, happening.is_begin, happening.is_granted});
            const Truth joins = guards::joins_change(heard(seat, choose(is_here, waits(seat), !seat.running), sender,
                                                           incarnation, happening.asks_commit, rules));
            const Truth counts = guards::counts_reply<OneEntry>(is_this, seat.coordinating);
            const Truth follows = guards::follows<OneEntry>(is_this, seat.halted, seat.coordinator == sender);
            const Truth allowed = choose(happening.is_announcement, same(step, choose_window(joins, joined, taken)),
                                         choose(happening.is_reply, same(step, choose_window(counts, counted, taken)),
                                                same(step, choose_window(follows, ended, taken))));
            // Only who is there sends one of a later incarnation.
            return !(incarnation == step.before.incarnation) &&
                   implies(step.before.incarnation < incarnation, step.before.later) && allowed;
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

Truth hears_announcement(const Step& step, const Rules& rules) {
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number sender) {
            const P& seat = step.before.peers[peer];
            const bool is_shown = from < seats_shown;
            const Truth no = constant(step, false);
            Intent wanted{step.happening.asks_begin, step.happening.asks_commit};
            Shown taken = step.before;
            if (is_shown) {
                L& line = taken.line(from, peer);
                wanted = {line.asks_begin, line.asks_commit};
                line.announced = line.asks_begin = line.asks_commit = no;
            }
            const auto is_heard = heard(seat, waits(seat), sender, step.before.incarnation, wanted.commit, rules);
            Shown joined = taken;
            // Who is to fork receives what it held, and replies when it has all markers.
            P& changed = joined.peers[peer];
            changed.valid = choose(step.before.under_way, seat.valid, step.after.peers[peer].valid);
            wait_for(step, joined, peer, sender, wanted);
            changed.halted = constant(step, true);
            Shown replied = joined;
            reply(replied, peer, rules);
            const Truth is_begin = !step.before.under_way;
            return (is_shown ? step.before.line(from, peer).announced : step.happening.hidden_announcement) &&
                   choose(guards::joins_change(is_heard), same(step, replied) || (is_begin && same(step, joined)),
                          same(step, choose_window(guards::holds_change(is_heard), step.before, taken)));
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

// The last marker has come to one that is to fork.
Truth replies(const Step& step, const Rules& rules) {
    const auto text = [&](std::size_t peer) {
        Shown expected = step.before;
        reply(expected, peer, rules);
        return step.before.peers[peer].halted && !step.before.under_way && same(step, expected);
    };
    return by_peer(step, text, nothing_changes(step));
}

// A test fails in a seat that waits.
Truth fails(const Step& step, const Rules& rules) {
    const auto text = [&](std::size_t peer) {
        const P& seat = step.before.peers[peer];
        const Truth no = constant(step, false);
        Shown failed = step.before;
        failed.peers[peer].failed = constant(step, true);
        Shown counted = failed;
        counted.peers[peer].objected = constant(step, true);
        Shown told = failed;
        if (guards::tells_coordinator(rules))
            reply(told, peer, rules);
        else
            coordinate(step, told, peer, {no, no}, rules);
        return waits(seat) && !seat.failed && guards::may_be_wanted<OneEntry>(no, step.before.under_way) &&
               same(step, choose_window(seat.coordinating, counted, told));
    };
    return by_peer(step, text, nothing_changes(step));
}

Truth hears_reply(const Step& step) {
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number) {
            const P& seat = step.before.peers[peer];
            const bool is_shown = from < seats_shown;
            Shown ignored = step.before;
            Truth is_said = constant(step, true);
            Number sn = step.happening.sn;
            if (is_shown) { // another one may be under way
                const L& before = step.before.line(from, peer);
                L& line = ignored.line(from, peer);
                sn = before.reply_sn;
                line.replied = step.after.line(from, peer).replied;
                line.reply_objects = line.replied && step.after.line(from, peer).reply_objects;
                line.reply_sn = choose(line.replied, before.reply_sn, zero(step.before));
                is_said = before.replied && implies(before.reply_objects, step.happening.objects) &&
                          implies(before.reply_objects && line.replied, line.reply_objects);
            }
            Shown counted = ignored;
            count(step, counted, peer, from, sn);
            const Truth is_here = seat.incarnation == step.before.incarnation;
            return is_said && same(step, choose_window(guards::counts_reply<OneEntry>(is_here, seat.coordinating),
                                                       counted, ignored));
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

Shown settle(const Step& step, Shown window, const Decision& decision) {
    window.value = choose(window.settled, window.value, decision.sn);
    window.value_begin = choose(window.settled, window.value_begin, decision.begin);
    window.value_granted = choose(window.settled, window.value_granted, decision.granted);
    window.settled = constant(step, true);
    return window;
}

Truth decides(const Step& step, const Rules& rules) {
    const auto text = [&](std::size_t peer) {
        const P& seat = step.before.peers[peer];
        Truth complete = seat.coordinating;
        for (std::size_t other = 0; other < seats_shown; ++other)
            if (other != peer)
                complete = complete &&
                           !guards::is_missing<OneEntry>(constant(step, true), step.before.line(other, peer).counted);
        const Decision decision{seat.known, seat.wants_begin,
                                guards::grants<OneEntry>(seat.wants_begin, seat.wants_commit, seat.objected, rules)};
        Shown expected = settle(step, step.before, decision);
        end(step, expected, peer, decision);
        expected.peers[peer].decider = constant(step, true);
        expected.peers[peer].first = !step.before.settled;
        for (std::size_t other = 0; other < seats_shown; ++other)
            if (other != peer) {
                L& line = expected.line(peer, other);
                line.decided = constant(step, true);
                line.decision_sn = decision.sn;
                line.decision_begin = decision.begin;
                line.decision_granted = decision.granted;
            }
        return complete && same(step, expected);
    };
    const Decision hidden{step.happening.sn, step.happening.is_begin, step.happening.is_granted};
    return by_peer(step, text, same(step, settle(step, step.before, hidden)));
}

Truth hears_decision(const Step& step) {
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number sender) {
            const P& seat = step.before.peers[peer];
            const bool is_shown = from < seats_shown;
            const Truth no = constant(step, false);
            Decision decision{step.happening.sn, step.happening.is_begin, step.happening.is_granted};
            Shown taken = step.before;
            if (is_shown) {
                L& line = taken.line(from, peer);
                decision = {line.decision_sn, line.decision_begin, line.decision_granted};
                line.decided = line.decision_begin = line.decision_granted = no;
                line.decision_sn = zero(step.before);
            }
            Shown ended = taken;
            end(step, ended, peer, decision);
            const Truth is_here = seat.incarnation == step.before.incarnation;
            return (is_shown ? step.before.line(from, peer).decided : step.happening.hidden_decision) &&
                   same(step, choose_window(guards::follows<OneEntry>(is_here, seat.halted, seat.coordinator == sender),
                                            ended, taken));
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

} // namespace

std::vector<Action> actions(const Rules& rules) {
    const auto by_rules = [&rules](Truth (*relation)(const Step&, const Rules&)) {
        return [relation, rules](const Step& step) { return relation(step, rules); };
    };
    return {
        {"lives", "a seat does what is no business of this change", lives},
        {"announces", "a seat announces this change", by_rules(announces)},
        {"goes_on", "a seat announces another change", goes_on},
        {"takes_another", "a message of another change arrives", by_rules(takes_another)},
        {"hears_announcement", "a seat hears of the change, and halts, gives way, or stays",
         by_rules(hears_announcement)},
        {"replies", "a seat that is to fork has all markers, and replies", by_rules(replies)},
        {"fails", "a test fails in a seat that waits", by_rules(fails)},
        {"hears_reply", "a reply arrives", hears_reply},
        {"decides", "a coordinator to whom all have replied decides", by_rules(decides)},
        {"hears_decision", "a decision arrives", hears_decision},
    };
}

} // namespace mdcd::model::proof::change
