// Ghost bookkeeping for property reclamation_safety: whether memory reclamation took what may still be needed.
// The protocol never sees it.
#pragma once

#include "model/state/local.hpp"
#include "model/state/recovery_local.hpp"

namespace mdcd::model {

// What a shadow that has taken over outputs reaches its device.
inline void note_outputs(Validated& validated, const Outbox& outbox) {
    for (const auto& each : outbox) {
        if (each.receiver != impl::device)
            continue;
        const Payload& payload = each.message.payload;
        validated.output_twice |= validated.output & as_set(payload.id);
        validated.output |= as_set(payload.id);
        validated.unsafe_output |= !impl::covers(validated.number, payload.depends);
    }
}

// A reclamation up to `claimed` turned `before` into `after`.
inline void note_reclamation(ReclamationGhost& ghost, const Guarded& before, const Guarded& after,
                             const impl::SequenceVector& claimed) {
    const auto free_of_more = [&](const Guarded& process) {
        if (impl::covers(claimed, process.application.depends))
            return true;
        for (const Checkpoint& checkpoint : process.checkpoints)
            if (impl::covers(claimed, checkpoint.application.depends))
                return true;
        return false;
    };
    if (free_of_more(after))
        ghost.dropped = false;
    else if (free_of_more(before))
        ghost.dropped = true;

    const auto logged = [](const Guarded& process) {
        MessageSet messages = 0;
        for (const auto& entry : process.input_log)
            messages |= as_set(entry.message.payload.id);
        return messages;
    };
    ghost.purged |= logged(before) & ~logged(after);
    ghost.purged &= after.checkpoints.empty() ? MessageSet{0} : ~after.checkpoints[0].application.received;
}

} // namespace mdcd::model
