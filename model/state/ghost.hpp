// Ghost bookkeeping for property reclamation_safety: whether memory reclamation took what may still be needed.
// The protocol never sees it.
#pragma once

#include "model/state/local.hpp"
#include "model/state/numbers.hpp"
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
        validated.unsafe_output |= !is_within(payload.depends, validated.number);
    }
}

// A process that had heard no more than `before` was told that everything up to `number` is validated, and is now
// `after`. Of what it may go by the rules say nothing here: it is everything that it has been told.
inline void note_reclamation(ReclamationGhost& ghost, const Guarded& before, const Guarded& after,
                             const impl::SequenceVector& number) {
    const impl::SequenceVector claimed = together(before.valid_sn, number);
    const auto free_of_more = [&](const Guarded& process) {
        if (is_within(process.application.depends, claimed))
            return true;
        for (const Checkpoint& checkpoint : process.checkpoints)
            if (is_within(checkpoint.application.depends, claimed))
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

// Tells each logged message who sent it, so that histories see in which order it is replayed. The messages of the
// cluster have two senders once a shadow has taken over.
inline void tell_sender(Message& message) {
    const bool cluster = message.sender.group != impl::Group::active && message.payload.id.source < first_shadow_source;
    message.payload.sender = !cluster                                      ? SenderKind::only_one
                             : message.sender.group == impl::Group::shadow ? SenderKind::old_version
                                                                           : SenderKind::new_version;
}
inline void tell_senders(Guarded& process, RecoveryState& recovery) {
    for (auto& entry : process.input_log)
        tell_sender(entry.message);
    for (Message& message : recovery.held)
        tell_sender(message);
}

} // namespace mdcd::model
