// What the processes of high confidence keep, and how far they would be rolled back if a recovery began now, over all
// reachable states in which none has begun. Knows no scope and no verdict.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "model/hostile/hostile_scopes.hpp"

namespace mdcd::tests::hostile {

using namespace model::hostile;

struct Amount {
    unsigned largest = 0;
    std::uint64_t total = 0;

    void add(unsigned amount) {
        largest = std::max(largest, amount);
        total += amount;
    }
};

struct Costs {
    std::uint64_t processes = 0; // one for each process in each state, that of the cluster and of channels left out
    Amount checkpoints;
    Amount log_entries; // of inputs and of suppressed outputs
    Amount distance;    // deliveries and sends that are undone, less those that are replayed
};

// What a recovery by `validated` leaves of a process.
inline History recovered(HighState state, const impl::SequenceVector& validated, const impl::Rules& rules) {
    impl::Notes notes;
    if (auto* active = std::get_if<Active>(&state.process))
        impl::recover(*active, validated, rules, notes);
    else
        (void)impl::recover(std::get<Shadow>(state.process), validated, rules, notes);
    return state.history();
}

inline void add_costs(Costs& costs, const View& view) {
    if (view.some([](const HighState& each) { return each.recovery.incarnation > 0; }))
        return;
    impl::SequenceVector validated;
    for (const HighState* const each : view.all())
        validated = impl::join(validated, each->guarded().valid_sn);
    for (const HighState* const each : view.all()) {
        ++costs.processes;
        costs.checkpoints.add(static_cast<unsigned>(each->guarded().checkpoints.size()));
        std::size_t entries = each->guarded().input_log.size();
        if (const auto* shadow = std::get_if<Shadow>(&each->process))
            entries += shadow->output_log.size() + shadow->external_log.size();
        costs.log_entries.add(static_cast<unsigned>(entries));
        costs.distance.add(events_of(each->history()) - events_of(recovered(*each, validated, view.scope().rules)));
    }
}

// A search judges a state again when it comes to it again: what has been counted is remembered.
inline Costs costs_of(const Scope& scope) {
    Costs costs;
    std::set<std::string> counted;
    actors::ActorSystem system = actors_of(scope);
    system.always("counted", [&](const actors::SystemState& state) {
        const View view = view_of(state, scope);
        std::string key;
        for (const HighState* const each : view.all())
            key += actors::encode(*each);
        if (counted.insert(std::move(key)).second)
            add_costs(costs, view);
        return true;
    });
    actors::CheckOptions options;
    options.search.workers = 1;
    if (!actors::check(system, options).search.exhaustive)
        actors::fail("costs of a part of the states");
    return costs;
}

} // namespace mdcd::tests::hostile
