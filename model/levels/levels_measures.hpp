// What the rules of a system with levels of trust cost: what its processes keep, and what a recovery at the lowest
// level and at the highest would undo. Of states in which none has been. Knows no verdict.
#pragma once

#include <bit>
#include <memory>

#include "model/families/measured_states.hpp"
#include "model/levels/system.hpp"

namespace mdcd::model::levels {

// Deliveries and sends that made this history.
[[nodiscard]] inline std::uint64_t events_of(const History& history) {
    std::uint64_t events = history.position;
    for (const std::uint8_t each : history.received)
        events += static_cast<std::uint64_t>(std::popcount(each));
    return events;
}

using LevelSteps = Steps<LevelHandlers>;
using LevelWorld = World<LevelHandlers>;

// Of those that stay in service.
[[nodiscard]] inline std::uint64_t undone_by_recovery(const LevelSteps& steps, const LevelWorld& world,
                                                      impl::Level level) {
    std::uint64_t undone = 0;
    steps.recovered(world, level).for_each([&](Who who, const auto& process) {
        const std::uint64_t after = events_of(LevelHandlers::history(process));
        const std::uint64_t now =
            world.at(who, [](const auto& before) { return events_of(LevelHandlers::history(before)); });
        undone += now > after ? now - after : 0;
    });
    return undone;
}

inline Measured measures_of(const Scope& scope) {
    const auto steps = std::make_shared<const LevelSteps>(scope);
    return {{"checkpoints kept", "log entries kept", "events undone by a recovery at level 0",
             "events undone by a recovery at the highest level"},
            [steps, top = constants_of(scope).levels.top()](const actors::SystemState& state,
                                                            std::span<FamilyMeasure> measures) {
                const LevelWorld& world = state.actor<System<LevelHandlers>>(actors::Id(0));
                if (!world.truth.recoveries.empty())
                    return;
                std::uint64_t checkpoints = 0;
                std::uint64_t entries = 0;
                world.for_each([&](Who, const auto& process) {
                    checkpoints += process.process.guarded.checkpoints.size();
                    entries += process.process.guarded.input_log.size();
                });
                for (const auto& shadow : world.shadows)
                    entries += shadow.process.output_log.size() + shadow.process.external_log.size();
                measures[0].add(checkpoints);
                measures[1].add(entries);
                measures[2].add(undone_by_recovery(*steps, world, 0));
                measures[3].add(undone_by_recovery(*steps, world, top));
            }};
}

} // namespace mdcd::model::levels
