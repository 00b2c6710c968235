// What is claimed of the life of an upgrade, each claim with its twin: a state in which it says something.
// Knows no scope but for its scripts and seats.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "model/upgrade/upgrade_view.hpp"

namespace mdcd::model::upgrade {

using impl::Outcome;
using impl::SeatId;

// All seats end an incarnation with the same outcome.
inline bool one_outcome(const View& view) {
    return view.every([&](SeatId one) {
        return view.every([&](SeatId other) {
            const auto& first = view.upgrade(one).endings;
            const auto& second = view.upgrade(other).endings;
            for (std::size_t i = 0; i < first.size() && i < second.size(); ++i)
                if (first[i] != second[i])
                    return false;
            return true;
        });
    });
}

inline bool both_or_neither(const View& view) {
    if (!view.is_quiet())
        return true;
    for (std::uint8_t component = 0; component < view.components(); ++component) {
        if (!view.has_two(component))
            continue;
        const History* const old_one = view.history(view.old_seat(component));
        const History* const new_one = view.history(view.new_seat(component));
        if (old_one == nullptr || new_one == nullptr)
            return false;
        for (std::uint8_t sender = 0; sender < view.components(); ++sender)
            if (!view.has_two(sender) && (old_one->received[sender] != new_one->received[sender] ||
                                          old_one->late[sender] != new_one->late[sender]))
                return false;
    }
    return true;
}

// Between upgrades there are ordinary processes only, nobody is dirty, no checkpoint, no log and no failed test is
// kept.
inline bool clean_between_upgrades(const View& view) {
    return view.every([&](SeatId seat) {
        if (!view.runs(seat) || !view.upgrade(seat).upgraded.empty())
            return true;
        if (view.upgrade(seat).failed)
            return false;
        const Process& process = view.at(seat).process;
        if (const auto* active = std::get_if<Active>(&process))
            return !active->guarded.dirty && active->guarded.checkpoints.empty() && active->guarded.input_log.empty();
        return std::holds_alternative<impl::NoProcess>(process);
    });
}

// In a quiet state, for each message of each script: sent, in the history of its sender; received, in that of the
// receiver; valid, by a test in an upgrade that was recovered from, so that its sender need not have sent it yet.
template <class Judge> bool for_each_message(const View& view, const Scope& scope, Judge judge) {
    if (!view.is_quiet())
        return true;
    const NewMessages valid = view.valid();
    return view.every([&](SeatId receiver) {
        const bool in_use = receiver == view.old_seat(receiver.component) || view.has_two(receiver.component);
        if (!in_use)
            return true;
        const History* const received = view.history(receiver);
        for (std::uint8_t sender = 0; sender < view.components(); ++sender) {
            const History* const sent = view.history(view.source(sender, receiver));
            if (received == nullptr || sent == nullptr)
                return false; // nobody is in service
            for (std::uint8_t position = 0; position < scope.scripts[sender].size(); ++position) {
                bool is_valid = false;
                for (std::size_t upgrade = 0; upgrade < upgrades_max; ++upgrade)
                    is_valid = is_valid || (valid & new_message(upgrade, sender, position)) != 0;
                if (scope.scripts[sender][position] == receiver.component &&
                    !judge(position < sent->position, (received->received[sender] >> position & 1U) != 0, is_valid))
                    return false;
            }
        }
        return true;
    });
}

inline bool nothing_lost(const View& view, const Scope& scope) {
    return for_each_message(view, scope, [](bool sent, bool received, bool) { return !sent || received; });
}
inline bool no_orphan(const View& view, const Scope& scope) {
    return for_each_message(view, scope,
                            [](bool sent, bool received, bool valid) { return !received || sent || valid; });
}
inline bool nothing_twice(const View& view) {
    return view.every([&](SeatId seat) {
        const History* const history = view.history(seat);
        return history == nullptr || !history->twice;
    });
}

inline unsigned outputs_of(const View& view, std::uint8_t component) {
    unsigned outputs = 0;
    for (const SeatId seat : view.all())
        if (seat.component == component)
            outputs |= view.at(seat).record.outputs;
    return outputs;
}

inline bool output_exactly_once(const View& view, const Scope& scope) {
    unsigned before[components_max] = {};
    for (const SeatId seat : view.all()) {
        const Record& record = view.at(seat).record;
        if (record.output_twice || (before[seat.component] & record.outputs) != 0)
            return false;
        before[seat.component] |= record.outputs;
    }
    if (!view.is_quiet())
        return true;
    for (std::uint8_t component = 0; component < view.components(); ++component) {
        const SeatId seat = view.new_seat(component);
        const History* const history = view.history(seat);
        if (history == nullptr)
            return false;
        for (std::uint8_t position = 0; position < scope.scripts[component].size(); ++position) {
            const bool out = (outputs_of(view, component) >> position & 1U) != 0;
            const bool generated = position < history->position;
            const bool expected = scope.scripts[component][position] == to_device && generated;
            const bool by_new_version = out && !generated && !view.upgrade(seat).catch_up.is_over();
            if (out != expected && !by_new_version)
                return false;
        }
    }
    return true;
}

// Of upgrades that a seat has recovered from it depends on nothing that no test has proved.
inline bool no_unvalidated_after_recovery(const View& view) {
    const NewMessages proved = view.proved();
    return view.every([&](SeatId seat) {
        const History* const history = view.history(seat);
        if (history == nullptr || !view.runs(seat))
            return true;
        std::size_t upgrades = 0;
        for (const impl::Ending& ending : view.upgrade(seat).endings) {
            upgrades += ending.outcome == Outcome::begun ? 1 : 0;
            if (ending.outcome == Outcome::recovered &&
                (history->depends & all_of_upgrade(upgrades - 1) & ~proved) != 0)
                return false;
        }
        return true;
    });
}

// During an upgrade a clean process depends on nothing of it that no test has proved.
inline bool containment(const View& view) {
    const NewMessages proved = view.proved();
    return view.every([&](SeatId seat) {
        const History* const history = view.history(seat);
        if (history == nullptr || view.upgrade(seat).upgraded.empty() || view.is_dirty(seat))
            return true;
        return (history->depends & all_of_upgrade(begun(view.upgrade(seat)) - 1) & ~proved) == 0;
    });
}

inline bool device_safety(const View& view) {
    const NewMessages valid = view.valid();
    return view.every([&](SeatId seat) {
        const Record& record = view.at(seat).record;
        NewMessages committed = 0; // as far as this seat knows: declared valid, somewhere, perhaps later
        std::size_t upgrades = 0;
        for (const impl::Ending& ending : view.upgrade(seat).endings) {
            upgrades += ending.outcome == Outcome::begun ? 1 : 0;
            if (ending.outcome == Outcome::committed)
                committed |= all_of_upgrade(upgrades - 1);
        }
        return (record.untested & ~valid & ~committed) == 0;
    });
}

// An incarnation in which a test failed in a process that had not replied is recovered from.
inline bool failure_heeded(const View& view) {
    return view.every([&](SeatId seat) {
        const auto& endings = view.upgrade(seat).endings;
        for (std::size_t i = 0; i < endings.size(); ++i)
            if ((view.at(seat).record.failed_in >> i & 1U) != 0 && endings[i].outcome != Outcome::recovered)
                return false;
        return true;
    });
}

// As often as an operator has wanted something, at any seat, and as often as a test has failed, so often it has become
// of an incarnation at most: commits without a commit, or recoveries without an abort and without a failed test, are
// more than that. One operator's word is one change, so a refused begin counts as well.
inline bool outcome_was_asked(const View& view, const Scope& scope) {
    std::array<std::size_t, 3> said{}; // by Intent
    for (const Operator& each : scope.operators)
        for (std::size_t i = 0; i < view.at(each.at).commands_said; ++i)
            ++said[static_cast<std::size_t>(each.commands[i].intent)];
    unsigned failed_in = 0;
    std::size_t failed_late = 0; // perhaps after the reply, so of an incarnation that is not recorded
    for (const SeatId seat : view.all()) {
        failed_in |= view.at(seat).record.failed_in;
        failed_late += view.at(seat).has_failed && view.at(seat).record.failed_in == 0 ? 1 : 0;
    }
    return view.every([&](SeatId seat) {
        const auto& endings = view.upgrade(seat).endings;
        std::size_t begins = 0;
        std::size_t commits = 0;
        std::size_t recoveries = 0; // that no failed test explains
        for (std::size_t i = 0; i < endings.size(); ++i) {
            begins += endings[i].outcome == Outcome::begun || endings[i].outcome == Outcome::unchanged ? 1 : 0;
            commits += endings[i].outcome == Outcome::committed ? 1 : 0;
            recoveries += endings[i].outcome == Outcome::recovered && (failed_in >> i & 1U) == 0 ? 1 : 0;
        }
        return begins <= said[static_cast<std::size_t>(impl::Intent::begin)] &&
               commits <= said[static_cast<std::size_t>(impl::Intent::commit)] &&
               recoveries <= said[static_cast<std::size_t>(impl::Intent::abort)] + failed_late;
    });
}

// Nothing takes more room than the scope gives it.
inline bool within_capacities(const View& view, const impl::Capacities& capacities) {
    const auto fits = [&](const auto& guarded) {
        return guarded.checkpoints.size() <= capacities.checkpoints &&
               guarded.input_log.size() <= capacities.log_entries;
    };
    return view.every([&](SeatId seat) {
        const Process& process = view.at(seat).process;
        const auto* const active = std::get_if<Active>(&process);
        const auto* const shadow = std::get_if<Shadow>(&process);
        return (active == nullptr || fits(active->guarded)) &&
               (shadow == nullptr || (fits(shadow->guarded) && shadow->output_log.size() <= capacities.log_entries &&
                                      shadow->external_log.size() <= capacities.log_entries)) &&
               view.upgrade(seat).held.size() <= capacities.held &&
               view.upgrade(seat).endings.size() <= capacities.endings;
    });
}

inline bool all_run(const View& view) {
    return view.every([&](SeatId seat) { return view.runs(seat); });
}

inline bool is_catching_up(const View& view) {
    return view.some([&](SeatId seat) { return !view.upgrade(seat).catch_up.is_over(); });
}

} // namespace mdcd::model::upgrade
