// What the rules of a system with a hostile cluster cost: what the processes of high confidence keep, and what a
// recovery would undo if it began now. Of states in which none has begun. Knows no scope and no verdict.
#pragma once

#include <utility>

#include "model/families/measured_states.hpp"
#include "model/hostile/hostile_system.hpp"

namespace mdcd::model::hostile {

// What a recovery by `validated` leaves of a process.
inline History recovered(HighState state, const impl::SequenceVector& validated, const impl::Rules& rules) {
    impl::Notes notes;
    if (auto* active = std::get_if<Active>(&state.process))
        impl::recover(*active, validated, rules, notes);
    else
        (void)impl::recover(std::get<Shadow>(state.process), validated, rules, notes);
    return state.history();
}

// All processes together.
struct Kept {
    std::uint64_t checkpoints = 0;
    std::uint64_t log_entries = 0; // of inputs and of suppressed outputs
    std::uint64_t undone = 0;      // deliveries and sends, less those that are replayed
};

inline Kept kept_in(const View& view) {
    impl::SequenceVector validated;
    for (const HighState* const each : view.all())
        validated = impl::join(validated, each->guarded().valid_sn);
    Kept kept;
    for (const HighState* const each : view.all()) {
        kept.checkpoints += each->guarded().checkpoints.size();
        kept.log_entries += each->guarded().input_log.size();
        if (const auto* shadow = std::get_if<Shadow>(&each->process))
            kept.log_entries += shadow->output_log.size() + shadow->external_log.size();
        const unsigned now = events_of(each->history());
        const unsigned after = events_of(recovered(*each, validated, view.scope().rules));
        kept.undone += now > after ? now - after : 0;
    }
    return kept;
}

inline Measured measures_of(const Scope& scope) {
    return {{"checkpoints kept", "log entries kept", "events undone by a recovery"},
            [scope](const actors::SystemState& state, std::span<FamilyMeasure> measures) {
                const View view = view_of(state, scope);
                if (view.some([](const HighState& each) { return each.recovery.incarnation > 0; }))
                    return;
                const Kept kept = kept_in(view);
                measures[0].add(kept.checkpoints);
                measures[1].add(kept.log_entries);
                measures[2].add(kept.undone);
            }};
}

} // namespace mdcd::model::hostile
