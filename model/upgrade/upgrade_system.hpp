// A scope as a system of actors: a seat each, channels that keep the order of each pair, and all claims.
// Knows no verdict.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "model/upgrade/upgrade_claims.hpp"

namespace mdcd::model::upgrade {

// "1a" and "1b" are the seats of the first component.
inline std::string name_of(SeatId seat) {
    return std::to_string(seat.component + 1) + (seat.seat == 0 ? "a" : "b");
}

namespace detail {

using Holds = std::function<bool(const View&)>;

using AddTwin = std::function<void(const std::string&, const Holds&)>;

inline void add_twins(const AddTwin& twin) {
    twin("an outcome that not all know yet", [](const View& view) {
        return view.some([&](SeatId seat) { return view.has_just_ended(seat, Outcome::committed); }) &&
               view.some([&](SeatId seat) { return view.upgrade(seat).phase == impl::ChangePhase::halted; });
    });
    twin("both versions have received the same", [](const View& view) {
        bool received = false;
        for (std::uint8_t component = 0; component < view.components(); ++component)
            if (const History* const history = view.history(view.new_seat(component));
                view.is_quiet() && view.has_two(component) && history != nullptr)
                for (const std::uint8_t each : history->received)
                    received = received || each != 0;
        return received;
    });
    twin("dirty when a commit is decided", [](const View& view) {
        return view.some([&](SeatId seat) { return view.has_just_ended(seat, Outcome::committed); }) &&
               view.some([&](SeatId seat) {
                   return std::holds_alternative<Active>(view.at(seat).process) && view.is_dirty(seat);
               });
    });
    twin("quiet after a commit", [](const View& view) {
        return view.is_quiet() && view.some([&](SeatId seat) { return view.has_ended(seat, Outcome::committed); });
    });
    twin("quiet after a recovery", [](const View& view) {
        return view.is_quiet() && view.some([&](SeatId seat) { return view.has_ended(seat, Outcome::recovered); });
    });
    twin("a clean process that depends on the upgrade", [](const View& view) {
        return view.some([&](SeatId seat) {
            const History* const history = view.history(seat);
            return history != nullptr && !view.upgrade(seat).upgraded.empty() && !view.is_dirty(seat) &&
                   (history->depends & all_of_upgrade(begun(view.upgrade(seat)) - 1)) != 0;
        });
    });
    twin("validated dependence after a recovery", [](const View& view) {
        return view.some([&](SeatId seat) {
            const History* const history = view.history(seat);
            return history != nullptr && view.has_just_ended(seat, Outcome::recovered) && history->depends != 0;
        });
    });
    twin("an output without a test that depends on an upgrade",
         [](const View& view) { return view.some([&](SeatId seat) { return view.at(seat).record.untested != 0; }); });
    twin("outputs of both versions", [](const View& view) {
        for (std::uint8_t component = 0; component < view.components(); ++component) {
            std::size_t seats = 0;
            for (const SeatId seat : view.all())
                seats += seat.component == component && view.at(seat).record.outputs != 0 ? 1 : 0;
            if (seats == 2)
                return true;
        }
        return false;
    });
    twin("a failure is told to who commits", [](const View& view) {
        return view.some([&](SeatId seat) {
            const Upgrade& upgrade = view.upgrade(seat);
            return upgrade.phase == impl::ChangePhase::coordinating && upgrade.intent == impl::Intent::commit &&
                   upgrade.objected;
        });
    });
    twin("an old version catches up", [](const View& view) { return is_catching_up(view); });
}

inline void add_crash_twins(const AddTwin& twin) {
    for (const impl::Intent intent : {impl::Intent::commit, impl::Intent::recover})
        twin(intent == impl::Intent::commit ? "who coordinates a commit is down" : "who coordinates a recovery is down",
             [intent](const View& view) {
                 return view.some([&](SeatId seat) {
                     const Upgrade& upgrade = view.upgrade(seat);
                     return view.is_down(seat) && upgrade.phase == impl::ChangePhase::coordinating &&
                            upgrade.intent == intent;
                 });
             });
}

// Of scopes that are given less room than there is.
inline void add_capacity_twins(const AddTwin& twin, const impl::Capacities& capacities) {
    const auto waits_for = [](impl::Shortage shortage, const impl::Capacities& room) {
        return [shortage, room](const View& view) {
            return view.some([&](SeatId seat) {
                const Seat::State& state = view.at(seat);
                return std::ranges::any_of(state.waiting, [&](const impl::HeldMessage<Ghost>& each) {
                    return shortage_for(each.message, state.process, state.upgrade, seat, room) == shortage;
                });
            });
        };
    };
    twin("a message waits for room in the queue", waits_for(impl::Shortage::queue, capacities));
    twin("a message waits for room in the checkpoint array", waits_for(impl::Shortage::checkpoints, capacities));
    twin("a message waits for room in the receiver log", waits_for(impl::Shortage::receiver_log, capacities));
    twin("an old version waits for room in its logs", [capacities](const View& view) {
        return view.some([&](SeatId seat) { return !has_room_to_send(view.at(seat).process, capacities); });
    });
    twin("the list of endings has no room for another upgrade", [capacities](const View& view) {
        return view.some(
            [&](SeatId seat) { return view.runs(seat) && view.upgrade(seat).endings.size() + 2 > capacities.endings; });
    });
}

// Of scopes in which seats leave messages for which there is room.
inline void add_left_behind_twin(const AddTwin& twin, const impl::Capacities& capacities) {
    twin("a message stays where it is though there is room", [capacities](const View& view) {
        return view.some([&](SeatId seat) {
            const Seat::State& state = view.at(seat);
            return std::ranges::any_of(state.waiting, [&](const impl::HeldMessage<Ghost>& each) {
                return shortage_for(each.message, state.process, state.upgrade, seat, capacities) ==
                       impl::Shortage::none;
            });
        });
    });
}

} // namespace detail

// All that a seat can pass, so that no search has to begin anew because it has met one.
inline std::vector<std::string> coverage_points(const Scope& scope) {
    std::vector<std::string> points;
    for (const std::string_view event : actors::names::of_enumerators<impl::ChangeEvent>)
        if (!event.empty())
            points.emplace_back(event);
    if (scope.breaks_session)
        points.insert(points.end(), link_points.begin(), link_points.end());
    return points;
}

inline void add_seats(actors::ActorSystem& system, const Scope& scope) {
    system.coverage_points(coverage_points(scope));
    std::vector<actors::Id> seats;
    scope.seats.for_each([&](SeatId seat) {
        seats.push_back(scope.breaks_session ? system.add(name_of(seat), LinkedSeat(scope, seat))
                        : scope.crashes > 0  ? system.add(name_of(seat), CrashingSeat(scope, seat, scope.durability))
                                             : system.add(name_of(seat), Seat(scope, seat)));
    });
    if (scope.breaks_session)
        system.add("network", SessionBreaker(seats.size()));
    system.crashes(scope.crashes, seats);
    system.network({.order = actors::Order::fifo});
}

inline actors::ActorSystem system_of(const Scope& scope) {
    actors::ActorSystem system;
    add_seats(system, scope);

    const auto in_view = [scope](const auto& holds) {
        return [scope, holds](const actors::SystemState& state) { return holds(View(state, scope.seats)); };
    };
    const auto always = [&](const std::string& name, const auto& holds, const std::string& rationale) {
        system.always(name, in_view(holds), rationale);
    };
    always("one_outcome", one_outcome, "All seats end an incarnation with the same outcome.");
    always("both_or_neither", both_or_neither, "Both versions have received the same messages from outside.");
    always("clean_between_upgrades", clean_between_upgrades,
           "Nobody is dirty, no checkpoint, no log and no failed test is kept.");
    always(
        "nothing_lost", [scope](const View& view) { return nothing_lost(view, scope); },
        "What was sent has been received when nothing is under way.");
    always("nothing_twice", nothing_twice, "No message is received twice.");
    always(
        "no_orphan", [scope](const View& view) { return no_orphan(view, scope); },
        "What was received was sent, or is valid.");
    always(
        "output_exactly_once", [scope](const View& view) { return output_exactly_once(view, scope); },
        "Every output reaches the device once.");
    always("no_unvalidated_after_recovery", no_unvalidated_after_recovery, "Nobody depends on what was undone.");
    always("containment", containment, "Who is clean depends on nothing unvalidated.");
    always("device_safety", device_safety, "What is output without a test depends on nothing unvalidated.");
    always("failure_heeded", failure_heeded, "A test that failed before the reply makes the outcome a recovery.");
    always(
        "outcome_was_asked", [scope](const View& view) { return outcome_was_asked(view, scope); },
        "Nothing is committed, begun or recovered from that nobody wanted and no failed test brought.");
    system.no_deadlock(in_view([](const View& view) { return view.is_quiet(); }), "Nobody waits for ever.");
    system.leads_to("upgrade_terminates", in_view([](const View& view) { return !all_run(view); }), in_view(all_run),
                    "Every change comes to its end.");
    system.leads_to("catch_up_ends", in_view(is_catching_up),
                    in_view([](const View& view) { return !is_catching_up(view); }),
                    "An old version that has taken over stops suppressing.");
    system.fair(checker::Fairness::weak, actors::deliveries());
    if (std::ranges::any_of(scope.scripts, [](const auto& script) { return !script.empty(); }))
        system.fair(checker::Fairness::weak, actors::timeouts("application"));
    const auto add_twin = [&](const std::string& name, const detail::Holds& holds) {
        system.reachable(name, in_view(holds));
    };
    detail::add_twins(add_twin);
    if (scope.crashes > 0)
        detail::add_crash_twins(add_twin);
    if (scope.capacities != impl::Capacities{} || scope.leaves_messages)
        system.fair(checker::Fairness::weak, actors::timeouts("take"));
    if (scope.leaves_messages)
        detail::add_left_behind_twin(add_twin, scope.capacities);
    if (scope.capacities != impl::Capacities{}) {
        always(
            "within_capacities",
            [capacities = scope.capacities](const View& view) { return within_capacities(view, capacities); },
            "Nothing takes more room than there is.");
        detail::add_capacity_twins(add_twin, scope.capacities);
    }
    return system;
}

} // namespace mdcd::model::upgrade
