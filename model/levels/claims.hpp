// What is claimed of a system with levels of trust, of every state, and of what a recovery at each level that is still
// to come would make of it. Each claim has a twin: a situation in which it says something.
// Knows the protocol only by its marks and by who has stopped.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/levels/steps.hpp"

namespace mdcd::model::levels {

// A state with the system that it is of.
template <class Handlers> struct Judged {
    using State = World<Handlers>;

    const Steps<Handlers>& steps;
    const State& world;

    [[nodiscard]] const Scope& scope() const { return steps.scope(); }
    [[nodiscard]] impl::Level top() const { return constants_of(scope()).levels.top(); }

    // Whether those numbers say more of levels up to that one than tests have proved.
    [[nodiscard]] bool is_beyond(const impl::SequenceVector& depends, impl::Level level) const {
        return steps.is_beyond(world, depends, level);
    }

    template <class Holds> [[nodiscard]] bool every(Holds holds) const {
        bool all = true;
        world.for_each([&](Who who, const auto& process) { all = all && holds(who, process); });
        return all;
    }
    template <class Holds> [[nodiscard]] bool some(Holds holds) const {
        return !every([&](Who who, const auto& process) { return !holds(who, process); });
    }
    // Each recovery that can still come: visit(state after it, its level).
    template <class Visit> [[nodiscard]] bool each_recovery(Visit visit) const {
        for (impl::Level level = world.next_level(); level <= top(); ++level) {
            const State after = steps.recovered(world, level);
            if (!visit(Judged{steps, after}, level))
                return false;
        }
        return true;
    }
};

// Who is marked by a level depends on nothing unvalidated of the levels below it: a clean process on nothing at all.
// New versions speak of levels below their own only.
template <class Handlers> bool level_containment(const Judged<Handlers>& judged) {
    return judged.every([&](Who, const auto& process) {
        const impl::Level mark = std::min(Handlers::mark(process), Handlers::level(process));
        return mark == 0 || !judged.is_beyond(Handlers::history(process).depends, static_cast<impl::Level>(mark - 1));
    });
}

template <class Handlers> bool device_safety(const Judged<Handlers>& judged) {
    return judged.world.truth.untested == impl::SequenceVector{};
}

// How often that message has been received by the process, or is under way to it.
template <class Handlers>
unsigned copies(const Judged<Handlers>& judged, Who to, std::size_t source, std::size_t place) {
    const bool received = judged.world.at(
        to, [&](const auto& process) { return (Handlers::history(process).received[source] >> place & 1U) != 0; });
    unsigned count = received ? 1 : 0;
    for (const auto& [channel, messages] : judged.world.channels)
        for (const auto& message : messages)
            if (channel.second == to && message.kind == impl::MessageKind::application) {
                const Said& said = Handlers::said(message);
                count += said.source == source && said.position == place ? 1U : 0U;
            }
    return count;
}

// What the sender's history contains, and what it will suppress because it is valid, is at the receiver or under way to
// it, once; nothing else is. So there is no orphan, nothing is lost, and nothing comes twice.
template <class Handlers>
bool is_consistent(const Judged<Handlers>& judged, Who sender, std::size_t place, Who receiver) {
    const impl::ProcessId self = id_of(sender);
    const bool is_sent =
        judged.world.at(sender, [&](const auto& process) { return Handlers::history(process).position > place; });
    bool is_suppressed = false;
    if (self.group == impl::Group::shadow && !is_sent && leaves_level(judged.scope(), self.index, place))
        is_suppressed = Handlers::suppresses_later(judged.world.shadows[self.index],
                                                   numbered_before(judged.scope(), self.index, place) + 1);
    return copies(judged, receiver, source_of(self), place) == (is_sent || is_suppressed ? 1U : 0U);
}

// Who speaks to whom: a version of a component to its own level, the one in service to all others.
template <class Handlers> bool is_consistent(const Judged<Handlers>& judged) {
    const Scope& scope = judged.scope();
    const auto& world = judged.world;
    const auto to_component = [&](Who sender, std::size_t place, std::size_t component) {
        return (world.versions[component].stopped || is_consistent(judged, sender, place, new_version(component))) &&
               is_consistent(judged, sender, place, old_version(component));
    };
    for (std::size_t component = 0; component < scope.components.size(); ++component) {
        const bool replaced = world.versions[component].stopped;
        const Who in_service = replaced ? old_version(component) : new_version(component);
        for (std::size_t place = 0; place < scope.components[component].size(); ++place) {
            const char to = scope.components[component][place];
            bool consistent = true;
            if (to == 'd') {
                const bool is_done = world.at(
                    in_service, [&](const auto& process) { return Handlers::history(process).position > place; });
                consistent = !is_done || (world.truth.outputs[component] >> place & 1U) != 0;
            } else if (!is_to_component(to)) {
                consistent = is_consistent(judged, in_service, place, active(active_at(to)));
            } else if (leaves_level(scope, component, place)) {
                consistent = to_component(in_service, place, component_at(to));
            } else {
                consistent = is_consistent(judged, old_version(component), place, old_version(component_at(to))) &&
                             (replaced || world.versions[component_at(to)].stopped ||
                              is_consistent(judged, new_version(component), place, new_version(component_at(to))));
            }
            if (!consistent)
                return false;
        }
    }
    for (std::size_t index = 0; index < scope.actives.size(); ++index)
        for (std::size_t place = 0; place < scope.actives[index].size(); ++place) {
            const char to = scope.actives[index][place];
            const bool consistent =
                to == 'd' || (is_to_component(to) ? to_component(active(index), place, component_at(to))
                                                  : is_consistent(judged, active(index), place, active(active_at(to))));
            if (!consistent)
                return false;
        }
    return !world.truth.output_twice &&
           judged.every([](Who, const auto& process) { return !Handlers::history(process).disorder; });
}

// Nothing beyond what is proved is left of levels up to that one, in a process or under way.
template <class Handlers> bool is_free_of(const Judged<Handlers>& judged, impl::Level level) {
    for (const auto& [channel, messages] : judged.world.channels)
        for (const auto& message : messages)
            if (message.kind == impl::MessageKind::application &&
                judged.is_beyond(Handlers::said(message).depends, level))
                return false;
    return judged.every(
        [&](Who, const auto& process) { return !judged.is_beyond(Handlers::history(process).depends, level); });
}

// Of every state, and of what each recovery that can still come would make of it.
template <class Handlers> bool level_recoverability(const Judged<Handlers>& judged) {
    return is_consistent(judged) && judged.each_recovery([](const Judged<Handlers>& after, impl::Level level) {
        return is_consistent(after) && is_free_of(after, level);
    });
}

// A recovery at l replaces components of levels up to l only, if the state whose test failed depends on something of
// these that its process does not know to be validated; and it changes the history of nobody who does not.
template <class Handlers> bool selective(const Judged<Handlers>& judged) {
    return !judged.world.truth.needless && judged.each_recovery([&](const Judged<Handlers>& after, impl::Level level) {
        for (std::size_t component = 0; component < judged.scope().components.size(); ++component)
            if (after.world.versions[component].stopped && !judged.world.versions[component].stopped &&
                judged.scope().levels[component] > level)
                return false;
        return after.every([&](Who who, const auto& process) {
            const History before = judged.world.at(who, [](const auto& each) { return Handlers::history(each); });
            return judged.is_beyond(before.depends, level) || before == Handlers::history(process);
        });
    });
}

// Each level is recovered once at most, one after the other, and none above those with a fault, whichever of the
// possible faults it is.
template <class Handlers> bool escalation_ends(const Judged<Handlers>& judged) {
    const std::vector<impl::Level>& recoveries = judged.world.truth.recoveries;
    for (std::size_t each = 0; each < recoveries.size(); ++each) {
        if (each > 0 && recoveries[each] <= recoveries[each - 1])
            return false;
        for (std::size_t hypothesis = 0; hypothesis < hypothesis_count(judged.scope()); ++hypothesis)
            if ((judged.world.truth.possible >> hypothesis & 1U) != 0 &&
                recoveries[each] >= faulty_through(judged.scope(), hypothesis))
                return false;
    }
    return true;
}

template <class Handlers> struct NamedClaim {
    std::string name;
    std::function<bool(const Judged<Handlers>&)> holds;
    std::string rationale;
};

template <class Handlers> std::vector<NamedClaim<Handlers>> always_claims() {
    return {
        {"level_containment", level_containment<Handlers>,
         "Who is marked by a level depends on nothing unvalidated of the levels below it; who is clean, on nothing."},
        {"device_safety", device_safety<Handlers>, "What is output without a test depends on nothing unvalidated."},
        {"level_recoverability", level_recoverability<Handlers>,
         "After a recovery at l nothing unvalidated of levels up to l is left; no orphan, nothing lost, nothing "
         "twice."},
        {"selective", selective<Handlers>,
         "A recovery at l replaces nobody above l, and nobody at all in vain; it rolls back nobody who depends on "
         "nothing."},
        {"escalation_ends", escalation_ends<Handlers>,
         "Each level is recovered at most once, and none above the highest with a fault."},
    };
}

} // namespace mdcd::model::levels
