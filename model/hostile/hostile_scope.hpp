// What a system with a hostile cluster consists of: scripts, what the cluster can say and how often, rules.
// Knows no state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/hostile/hostile_ghost.hpp"

namespace mdcd::model::hostile {

// What new versions can say. An honest message is the next one of the script to that receiver; nothing else is honest.
struct Alphabet {
    bool honest = true;
    bool intrusions = true;     // content of any other kind, to active processes
    bool to_shadows = false;    // .. and to old versions
    bool clean = false;         // an application message may claim to be clean
    bool stale = false;         // .. the number 0
    bool future = false;        // .. a number that is two too large
    bool incarnation = false;   // .. to be of the next incarnation
    bool others_number = false; // .. a number of the other component as well
    bool tests = false;         // a new version may say that it has passed a test: of number 1, of a future one
    bool outputs = false;       // .. and that so many outputs have left
    bool numbers = false;       // the cluster's counter (MessageKind::low_number)
    bool announcements = false; // of a recovery
    bool replies = false;       // that are true: nothing is proved
    bool false_replies = false; // that a future number is proved
    bool decisions = false;
    bool as_others = false; // every message also in the name of each process of high confidence
};

struct Scope {
    impl::Members members;
    // To whom: '1', '2' an active process, 'd' the device; of a component also 'x', the other one's old version; of an
    // active process also 'a', 'b': a component.
    std::vector<std::string> components;
    std::vector<std::string> actives;
    Alphabet alphabet = {};
    std::uint8_t words = 2;        // of each new version, honest or not
    std::uint8_t misses = 1;       // hostile application messages of each that the detector does not see
    std::uint8_t false_alarms = 0; // honest ones of each that it takes for intrusions
    impl::Rules rules = {};
    impl::BoundaryRules boundary = {};
};

[[nodiscard]] inline std::vector<impl::ProcessId> processes_of(const impl::Members& members) {
    std::vector<impl::ProcessId> all;
    members.for_each([&](impl::ProcessId each) { all.push_back(each); });
    return all;
}
[[nodiscard]] inline std::size_t index_of(const impl::Members& members, impl::ProcessId process) {
    const std::size_t first = process.group == impl::Group::low      ? 0U
                              : process.group == impl::Group::shadow ? std::size_t{members.components}
                                                                     : 2U * members.components;
    return first + process.index;
}
[[nodiscard]] inline std::string name_of(impl::ProcessId process) {
    const char* const group = process.group == impl::Group::low      ? "L"
                              : process.group == impl::Group::shadow ? "S"
                                                                     : "A";
    return group + std::to_string(process.index + 1);
}

// Places of a component's script that are messages to this active process, in order.
[[nodiscard]] inline std::vector<std::uint8_t> places_of(const Scope& scope, std::uint8_t component,
                                                         std::uint8_t active) {
    std::vector<std::uint8_t> places;
    const std::string& script = scope.components[component];
    for (std::size_t place = 0; place < script.size(); ++place)
        if (script[place] == static_cast<char>('1' + active))
            places.push_back(static_cast<std::uint8_t>(place));
    return places;
}

// The entry in which a message of this component is numbered by whoever believes its numbers.
[[nodiscard]] inline std::size_t claimed_entry(const Scope& scope, std::uint8_t component, impl::ProcessId receiver) {
    if (scope.boundary.boundary_stamp == impl::BoundaryStamp::as_claimed || receiver.group != impl::Group::active)
        return impl::counter_entry(scope.rules, {impl::Group::low, component});
    return impl::channel_entry(scope.boundary, scope.members, component, receiver);
}

// Whether something looks at messages of the cluster before they are delivered.
[[nodiscard]] inline bool has_detector(const Scope& scope) {
    return scope.boundary.detector != impl::Detector::none;
}

} // namespace mdcd::model::hostile
