// What happens to the checkpoint array and the receiver-side message log of one high-confidence process, and what the
// paper leaves out of them: memory_reclamation. Used by active processes and by shadows alike.
// Knows nothing of channels, devices or time.
#pragma once

#include <cstdint>

#include "impl/guarded.hpp"
#include "impl/notes.hpp"
#include "impl/rules.hpp"

namespace mdcd::impl {

// Whether a dirty message can contaminate this state further (the comparison in figures 3 and 4).
template <Application A>
[[nodiscard]] bool is_news(const Guarded<A>& process, const Message<A>& message, const Rules& rules, Notes& notes) {
    if (covers(process.low_sn, message.low_sn)) {
        notes.add(NoteKind::no_checkpoint_not_newer, message.low_sn);
        return false;
    }
    if (rules.validated_register == ValidatedRegister::everywhere &&
        covers(join(process.low_sn, process.valid_sn), message.low_sn)) {
        notes.add(NoteKind::no_checkpoint_validated, message.low_sn);
        return false;
    }
    return true;
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
    checkpoint.index = rules.checkpoint_index == CheckpointIndex::message_sn ? cause.low_sn : process.low_sn;
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

// Confidence-driven receiver-side logging (end of section 3.1).
template <Application A>
void log_input(Guarded<A>& process, const Message<A>& message, const SequenceVector& index, const Rules& rules,
               Notes& notes) {
    if (!process.dirty)
        return;
    if (message.dirty && rules.receiver_log == ReceiverLog::clean_only) {
        notes.add(NoteKind::unlogged_input, message.low_sn);
        return;
    }
    process.input_log.push_back({index, message}, "the receiver log");
    notes.add(NoteKind::logged_input, index);
}

// Whether checkpoint `position` can go when everything up to `validated` is known to be correct.
template <Application A>
[[nodiscard]] bool reclaimable(const Guarded<A>& process, std::size_t position, const SequenceVector& validated,
                               const Rules& rules) {
    if (rules.reclamation == Reclamation::by_index)
        return covers(validated, process.checkpoints[position].index);
    // by_cover: what the state had absorbed when the next checkpoint was taken, or has absorbed by now.
    const bool last = position + 1 == process.checkpoints.size();
    return covers(validated, last ? process.low_sn : process.checkpoints[position + 1].low_sn);
}

// Up to where a process reclaims that learns that everything up to `number` is validated. Of two numbers of one counter
// the larger says all. With a counter for each component neither may cover the other, and what is known besides counts.
template <Application A>
[[nodiscard]] SequenceVector reclaimed_by(const Guarded<A>& process, const SequenceVector& number, const Rules& rules) {
    return rules.low_sn == LowSn::vector ? join(process.valid_sn, number) : number;
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

    // clean_only: by index, as the paper has it. while_dirty: what the oldest checkpoint kept does not already contain.
    const auto oldest = process.checkpoints.empty() ? process.input_log.size() : process.checkpoints[0].log_length;
    const auto keep = [&](const InputEntry<A>& entry, std::size_t position) {
        return rules.receiver_log == ReceiverLog::clean_only ? !covers(validated, entry.index) : position >= oldest;
    };
    for (Checkpoint<A>& checkpoint : process.checkpoints) {
        const std::uint32_t length = checkpoint.log_length;
        for (std::size_t position = 0; position < length; ++position)
            if (!keep(before.input_log[position], position))
                --checkpoint.log_length;
    }
    if (process.input_log.keep_if(keep) > 0)
        notes.add(NoteKind::inputs_purged, validated);

    process.dirty = !process.checkpoints.empty();
    if (before.dirty)
        notes.add(process.dirty ? NoteKind::stayed_dirty : NoteKind::became_clean, validated);
}

} // namespace mdcd::impl
