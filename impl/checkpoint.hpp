// What happens to the checkpoint array and the receiver-side message log of one high-confidence process, and what the
// paper leaves out of them: memory_reclamation. Used by active processes and by shadows alike.
// Knows nothing of channels, devices or time.
#pragma once

#include <cstdint>

#include "impl/guarded.hpp"
#include "impl/guards.hpp"
#include "impl/notes.hpp"
#include "impl/rules.hpp"

namespace mdcd::impl {

// Whether a message contaminates the state of a process, or contaminates it further.
template <Application A>
[[nodiscard]] bool contaminates(const Guarded<A>& process, const Message<A>& message, const Rules& rules,
                                Notes& notes) {
    const bool news = guards::is_news(process.low_sn, process.valid_sn, message.low_sn, rules);
    if (guards::contaminates(message.dirty, process.dirty, news, rules))
        return true;
    if (message.dirty)
        notes.add(covers(process.low_sn, message.low_sn) ? NoteKind::no_checkpoint_not_newer
                                                         : NoteKind::no_checkpoint_validated,
                  message.low_sn);
    return false;
}

// The counters of a shadow, which go into its checkpoints; an active process has none.
struct OutputCounters {
    SequenceNumber shadow_sn = 0;
    SequenceNumber external_sn = 0;
};

template <Application A>
void take_checkpoint(Guarded<A>& process, const Message<A>& cause, OutputCounters counters, NoteKind why,
                     const Rules& rules, Notes& notes) {
    Checkpoint<A> checkpoint;
    checkpoint.index = guards::checkpoint_index(cause.low_sn, process.low_sn, rules);
    checkpoint.low_sn = process.low_sn;
    checkpoint.propagating = process.propagating;
    checkpoint.shadow_sn = counters.shadow_sn;
    checkpoint.external_sn = counters.external_sn;
    checkpoint.log_length = static_cast<std::uint32_t>(process.input_log.size());
    checkpoint.application = snapshot_of<A>(process.application);
    process.checkpoints.push_back(checkpoint, "the checkpoint array");
    process.dirty = true;
    notes.add(why, checkpoint.index);
}

// Confidence-driven receiver-side logging (end of section 3.1). `checkpointed`: by this message.
template <Application A>
void log_input(Guarded<A>& process, const Message<A>& message, bool checkpointed, const SequenceVector& index,
               const Rules& rules, Notes& notes) {
    if (guards::is_logged(process.dirty, checkpointed, message.dirty, rules)) {
        process.input_log.push_back({index, message}, "the receiver log");
        notes.add(NoteKind::logged_input, index);
    } else if (process.dirty && !checkpointed) {
        notes.add(NoteKind::unlogged_input, message.low_sn);
    }
}

// Whether checkpoint `position` can go when everything up to `validated` is known to be correct.
template <Application A>
[[nodiscard]] bool reclaimable(const Guarded<A>& process, std::size_t position, const SequenceVector& validated,
                               const Rules& rules) {
    const bool last = position + 1 == process.checkpoints.size();
    const SequenceVector& absorbed = last ? process.low_sn : process.checkpoints[position + 1].low_sn;
    return guards::is_reclaimable(validated, process.checkpoints[position].index, absorbed, rules);
}

// memory_reclamation of the figures, for checkpoints and the receiver log; then the dirty bit anew.
template <Application A>
void reclaim(Guarded<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    const Guarded<A> before = process;
    process.checkpoints.keep_if([&](const Checkpoint<A>& checkpoint, std::size_t position) {
        if (!reclaimable(before, position, validated, rules))
            return true;
        notes.add(NoteKind::checkpoint_dropped, checkpoint.index);
        return false;
    });

    const auto oldest = process.checkpoints.empty() ? process.input_log.size() : process.checkpoints[0].log_length;
    const auto keep = [&](const InputEntry<A>& entry, std::size_t position) {
        return guards::keeps_input(covers(validated, entry.index), position < oldest, rules);
    };
    for (Checkpoint<A>& checkpoint : process.checkpoints) {
        const std::uint32_t length = checkpoint.log_length;
        for (std::size_t position = 0; position < length; ++position)
            if (!keep(before.input_log[position], position))
                --checkpoint.log_length;
    }
    if (process.input_log.keep_if(keep) > 0)
        notes.add(NoteKind::inputs_purged, validated);

    process.dirty = guards::is_dirty(!process.checkpoints.empty());
    if (before.dirty)
        notes.add(process.dirty ? NoteKind::stayed_dirty : NoteKind::became_clean, validated);
}

} // namespace mdcd::impl
