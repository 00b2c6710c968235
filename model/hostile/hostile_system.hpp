// A scope as a system of actors: new versions that say anything, processes of high confidence with their line of
// defence, channels that keep the order of each pair, and all claims. Knows no verdict.
#pragma once

#include <string>

#include "checker/actors/check.hpp"
#include "model/hostile/hostile_claims.hpp"

namespace mdcd::model::hostile {

inline View view_of(const actors::SystemState& system, const Scope& scope) {
    std::vector<const HighState*> states;
    const std::vector<impl::ProcessId> all = processes_of(scope.members);
    for (std::size_t index = scope.members.components; index < all.size(); ++index)
        states.push_back(&system.actor<High>(actors::Id(index)));
    View view(scope, std::move(states));
    for (std::size_t from = scope.members.components; from < all.size(); ++from)
        for (std::size_t to = scope.members.components; to < all.size(); ++to)
            for (const Message& message : system.messages<Message>(actors::Id(from), actors::Id(to)))
                view.under_way.emplace_back(all[to], message);
    return view;
}

// Nothing is claimed yet.
inline actors::ActorSystem actors_of(const Scope& scope) {
    actors::ActorSystem system;
    scope.members.for_each([&](impl::ProcessId each) {
        if (each.group == impl::Group::low)
            system.add(name_of(each), Cluster(scope, each.index));
        else
            system.add(name_of(each), High(scope, each));
    });
    system.network({.order = actors::Order::fifo});
    return system;
}

inline actors::ActorSystem system_of(const Scope& scope) {
    actors::ActorSystem system = actors_of(scope);
    const auto in_view = [scope](const Holds& holds) {
        return [scope, holds](const actors::SystemState& state) { return holds(view_of(state, scope)); };
    };
    for (const NamedClaim& claim : always_claims())
        system.always(claim.name, in_view(claim.holds), claim.rationale);
    const auto all_run = [](const View& view) { return view.all_run(); };
    system.leads_to("recovery_ends", in_view([](const View& view) { return !view.all_run(); }), in_view(all_run),
                    "Every recovery comes to its end, whatever the cluster says or does not say.");
    if (scope.boundary != impl::no_boundary(scope.boundary.links)) {
        system.always("detected_stays_out", in_view(detected_stays_out),
                      "Nothing gets in but what the detector misses.");
        system.leads_to("alarm_answered", in_view(is_alarmed),
                        in_view([](const View& view) { return view.all_have_recovered(); }),
                        "An intrusion that is detected ends in a recovery.");
    }
    system.no_deadlock(in_view(all_run), "Nobody waits for ever.");
    system.fair(checker::Fairness::weak, actors::deliveries());
    system.fair(checker::Fairness::weak, actors::timeouts("application"));
    for (const NamedClaim& twin : twins())
        system.reachable(twin.name, in_view(twin.holds));
    return system;
}

} // namespace mdcd::model::hostile
