// The situations in which the claims about levels of trust say something: each is reached in some shipped scope.
// Knows no claim.
#pragma once

#include <string>
#include <vector>

#include "model/levels/claims.hpp"
#include "model/levels/handlers.hpp"

namespace mdcd::model::levels {

inline std::vector<NamedClaim<LevelHandlers>> twins() {
    using Here = Judged<LevelHandlers>;
    const auto is_version = [](Who who) { return id_of(who).group == impl::Group::low; };
    const auto changes = [](const Here& judged, impl::Level level, auto is_meant) {
        const auto after = judged.steps.recovered(judged.world, level);
        return Here{judged.steps, after}.some([&](Who who, const auto& process) {
            return is_meant(who) && judged.world.at(who, [&](const auto& before) {
                return !(LevelHandlers::history(before) == LevelHandlers::history(process));
            });
        });
    };
    const auto has_recovered = [](const Here& judged, std::size_t count) {
        return judged.world.truth.recoveries.size() == count;
    };
    return {
        {"a process is marked by a level above the lowest",
         [](const Here& judged) {
             return judged.some([](Who, const auto& each) { return each.mark > 0 && each.mark < impl::above_all; });
         },
         ""},
        {"a clean process depends on what a test has proved",
         [](const Here& judged) {
             return judged.some([](Who, const auto& each) {
                 return each.mark == impl::above_all &&
                        !(LevelHandlers::history(each).depends == impl::SequenceVector{});
             });
         },
         ""},
        {"a recovery at the lowest level rolls back a new version of a higher one",
         [=](const Here& judged) { return has_recovered(judged, 0) && changes(judged, 0, is_version); }, ""},
        {"a recovery rolls back an old version that has taken over",
         [=](const Here& judged) {
             return has_recovered(judged, 1) && judged.world.next_level() <= judged.top() &&
                    changes(judged, judged.world.next_level(), [&](Who who) {
                        return id_of(who).group == impl::Group::shadow &&
                               judged.world.shadows[id_of(who).index].in_service;
                    });
         },
         ""},
        {"after a recovery somebody is still dirty",
         [=](const Here& judged) {
             return has_recovered(judged, 1) &&
                    judged.some([](Who, const auto& each) { return each.process.guarded.dirty; });
         },
         ""},
        {"recovery has escalated", [=](const Here& judged) { return has_recovered(judged, 2); }, ""},
        {"recovery has escalated, and all have come to the end of their scripts",
         [=](const Here& judged) { return has_recovered(judged, 2) && judged.steps.enabled(judged.world).empty(); },
         ""},
        {"the first recovery is above the lowest level",
         [=](const Here& judged) { return has_recovered(judged, 1) && judged.world.truth.recoveries[0] > 0; }, ""},
        {"all have come to the end of their scripts after a recovery",
         [=](const Here& judged) { return !has_recovered(judged, 0) && judged.steps.enabled(judged.world).empty(); },
         ""},
    };
}

} // namespace mdcd::model::levels
