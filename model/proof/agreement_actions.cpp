// The actions of recovery by messages, of processes of high confidence and of new versions. Their guards are those of
// impl/recovery_guards.hpp. Knows no lemma, and no state of the implementation.
#include "model/proof/agreement.hpp"

#include "impl/recovery_guards.hpp"
#include "model/proof/guard_logic.hpp"
#include "model/proof/peers.hpp"

namespace mdcd::model::proof::agreement {

using Shown = Window<Symbolic>;
using P = Peer<Symbolic>;
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

// What is 0 of a process that is not at this recovery, or has ended it.
void reset(Shown& window, std::size_t peer) {
    const Truth no = window.settled.owner().constant(false);
    P& process = window.peers[peer];
    process.coordinating = no;
    process.coordinator = zero(window);
    process.known = zero(window);
    for (std::size_t other = 0; other < peers_shown; ++other)
        if (other != peer)
            window.line(other, peer).counted = no;
}

// A halted register does not change. Of messages of other recoveries a process learns nothing of this.
Truth learns(const Step& step) {
    const auto text = [&](std::size_t peer) {
        const P& process = step.before.peers[peer];
        Shown expected = step.before;
        expected.peers[peer].valid = step.after.peers[peer].valid;
        const Number valid = step.after.peers[peer].valid;
        return process.valid <= valid && implies(process.at && !process.running, process.valid == valid) &&
               same(step, expected);
    };
    return by_peer(step, text, nothing_changes(step));
}

// To a later recovery, or one that is still an earlier one.
Truth moves_on(const Step& step) {
    const auto text = [&](std::size_t peer) {
        const P& process = step.before.peers[peer];
        Shown later = step.before;
        reset(later, peer);
        later.peers[peer].at = later.peers[peer].running = constant(step, false);
        return choose(process.at, process.running && same(step, later), nothing_changes(step));
    };
    return by_peer(step, text, nothing_changes(step));
}

Shown halted(const Step& step, std::size_t peer, Number coordinator) {
    Shown result = step.before;
    reset(result, peer);
    P& process = result.peers[peer];
    process.is_before = process.running = constant(step, false);
    process.at = constant(step, true);
    process.coordinator = coordinator;
    process.offered = process.valid;
    return result;
}

// An acceptance test failed for good.
Truth announces(const Step& step) {
    const auto text = [&](std::size_t peer) {
        const P& process = step.before.peers[peer];
        Shown expected = halted(step, peer, process.id);
        expected.peers[peer].coordinating = constant(step, true);
        expected.peers[peer].known = process.valid;
        for (std::size_t other = 0; other < peers_shown; ++other)
            if (other != peer)
                expected.line(peer, other).announced =
                    step.before.line(peer, other).announced || !step.before.peers[other].outside;
        return process.is_before && !process.gone && same(step, expected);
    };
    return by_peer(step, text, nothing_changes(step));
}

// A new version that takes part, and does not coordinate, has stopped.
Truth has_stopped(const P& process) {
    return process.is_new && !process.is_before && !process.coordinating;
}

Truth hears_announcement(const Step& step) {
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number sender) {
            const P& process = step.before.peers[peer];
            const bool is_shown = from < peers_shown;
            // Who is halted before another recovery holds it: then it is still under way.
            const guards::Heard<OneEntry> heard{.is_next = process.is_before,
                                                .is_this = process.at,
                                                .has_ended = process.ended,
                                                .has_decided = process.ended || process.gone,
                                                .running = process.is_before || process.running,
                                                .stopped = has_stopped(process),
                                                .goes_first = guards::goes_first(sender, process.coordinator)};
            Shown joined = halted(step, peer, sender);
            Shown taken = step.before;
            if (is_shown)
                joined.line(from, peer).announced = taken.line(from, peer).announced = constant(step, false);
            Shown replies = taken;
            Shown answers = taken;
            if (is_shown) {
                joined.line(peer, from).replied = replies.line(peer, from).replied = constant(step, true);
                joined.line(peer, from).reply_sn = replies.line(peer, from).reply_sn = process.valid;
                answers.line(peer, from).decided = constant(step, true);
                answers.line(peer, from).decision_sn = process.decision;
            }
            return !process.outside && (is_shown ? step.before.line(from, peer).announced : constant(step, true)) &&
                   same(step, choose_window(
                                  guards::joins(heard), joined,
                                  choose_window(guards::only_replies(heard), replies,
                                                choose_window(guards::is_told_the_end(heard, step.before.answers_late),
                                                              answers, taken))));
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

Truth hears_reply(const Step& step) {
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number) {
            const P& process = step.before.peers[peer];
            const bool is_shown = from < peers_shown;
            Shown ignored = step.before;
            if (is_shown) {
                ignored.line(from, peer).replied = constant(step, false);
                ignored.line(from, peer).reply_sn = zero(step.before);
            }
            Shown counted = ignored;
            if (is_shown)
                counted.line(from, peer).counted = constant(step, true);
            counted.peers[peer].known =
                larger(process.known, is_shown ? step.before.line(from, peer).reply_sn : step.happening.sn);
            return (is_shown ? step.before.line(from, peer).replied : constant(step, true)) &&
                   same(step, choose_window(guards::counts_reply<OneEntry>(process.at, process.coordinating), counted,
                                            ignored));
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

// It has ended the recovery with that.
Shown ended(const Step& step, const Shown& window, std::size_t peer, Number decision) {
    Shown result = window;
    reset(result, peer);
    P& process = result.peers[peer];
    process.running = process.ended = constant(step, true);
    process.decision = decision;
    process.valid = choose(process.is_new, process.valid, larger(process.valid, decision));
    return result;
}
// .. all that take part.
void tell_all(const Step& step, Shown& window, std::size_t peer, Number decision) {
    for (std::size_t other = 0; other < peers_shown; ++other)
        if (other != peer) {
            const Truth outside = step.before.peers[other].outside;
            Line<Symbolic>& line = window.line(peer, other);
            line.decided = line.decided || !outside;
            line.decision_sn = choose(outside, line.decision_sn, decision);
        }
}

Truth decides(const Step& step) {
    const auto settle = [&](Shown window, Number decision) {
        window.value = choose(window.settled, window.value, decision);
        window.settled = constant(step, true);
        return window;
    };
    const auto text = [&](std::size_t peer) {
        const P& process = step.before.peers[peer];
        Truth all_counted = process.at && process.coordinating;
        for (std::size_t other = 0; other < peers_shown; ++other)
            if (other != peer)
                all_counted = all_counted && !guards::is_missing<OneEntry>(!step.before.peers[other].outside,
                                                                           step.before.line(other, peer).counted);
        Shown expected = settle(ended(step, step.before, peer, process.known), process.known);
        expected.peers[peer].decider = constant(step, true);
        expected.peers[peer].first = !step.before.settled;
        tell_all(step, expected, peer, process.known);
        return all_counted && same(step, expected);
    };
    return by_peer(step, text, same(step, settle(step.before, step.happening.sn)));
}

Truth hears_decision(const Step& step) {
    const auto text = [&](std::size_t peer) {
        return from_peer(step, peer, [&](std::size_t from, Number sender) {
            const P& process = step.before.peers[peer];
            const bool is_shown = from < peers_shown;
            const Number decision = is_shown ? step.before.line(from, peer).decision_sn : step.happening.decision_sn;
            Shown taken = step.before;
            if (is_shown) { // another one may be under way: the same was told, and answered
                Line<Symbolic>& line = taken.line(from, peer);
                line.decided = line.decided && step.after.line(from, peer).decided;
                line.decision_sn = choose(line.decided, line.decision_sn, zero(step.before));
            }
            const Shown follows = ended(step, taken, peer, decision);
            Shown hands_on = follows;
            tell_all(step, hands_on, peer, decision);
            const Truth waits = !process.running && !process.coordinating && !has_stopped(process);
            return (is_shown ? step.before.line(from, peer).decided : step.happening.hidden_decision) &&
                   same(step, choose_window(guards::hands_on<OneEntry>(process.at, process.coordinating), hands_on,
                                            choose_window(guards::follows<OneEntry>(process.at, waits,
                                                                                    process.coordinator == sender),
                                                          follows, taken)));
        });
    };
    return by_peer(step, text, nothing_changes(step));
}

} // namespace

std::vector<Action> actions() {
    return {{"learns", "a process learns that more is validated, or takes what is not of this recovery", learns},
            {"moves_on", "a process takes part in another recovery", moves_on},
            {"announces", "a process announces this recovery", announces},
            {"hears_announcement", "a process hears of it, and halts, gives way, or stays", hears_announcement},
            {"hears_reply", "a reply arrives", hears_reply},
            {"decides", "a coordinator to whom all have replied decides", decides},
            {"hears_decision", "a decision arrives", hears_decision}};
}

} // namespace mdcd::model::proof::agreement
