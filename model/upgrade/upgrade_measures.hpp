// What the rules of the life of an upgrade cost: what all seats together keep, in every state.
// Knows no verdict.
#pragma once

#include <variant>

#include "model/families/measured_states.hpp"
#include "model/upgrade/upgrade_system.hpp"

namespace mdcd::model::upgrade {

inline Measured measures_of(const Scope& scope) {
    return {{"checkpoints kept", "log entries kept", "messages held"},
            [seats = scope.seats](const actors::SystemState& state, std::span<FamilyMeasure> measures) {
                const View view(state, seats);
                std::uint64_t checkpoints = 0;
                std::uint64_t entries = 0;
                std::uint64_t held = 0;
                for (const impl::SeatId seat : view.all()) {
                    const Process& process = view.at(seat).process;
                    held += view.upgrade(seat).held.size();
                    if (const auto* active = std::get_if<Active>(&process)) {
                        checkpoints += active->guarded.checkpoints.size();
                        entries += active->guarded.input_log.size();
                    } else if (const auto* shadow = std::get_if<Shadow>(&process)) {
                        checkpoints += shadow->guarded.checkpoints.size();
                        entries +=
                            shadow->guarded.input_log.size() + shadow->output_log.size() + shadow->external_log.size();
                    }
                }
                measures[0].add(checkpoints);
                measures[1].add(entries);
                measures[2].add(held);
            }};
}

} // namespace mdcd::model::upgrade
