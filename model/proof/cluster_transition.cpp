// Which window before a step belongs to a window after it, and what the step shows beside them.
// Judges nothing.
#include <algorithm>

#include "model/proof/cluster_abstraction.hpp"

namespace mdcd::model::proof::cluster {

using impl::Group;
using impl::ProcessId;
using impl::SequenceVector;

namespace {

// Where the checkpoint at that position after the step was before it: none for a new one.
std::optional<std::size_t> position_before(const SmallStep& step, std::optional<std::size_t> after, bool is_actor) {
    if (!after || !is_actor)
        return after;
    if (step.dropped)
        return *after < *step.dropped ? *after : *after + 1;
    return *after < step.before.guarded(step.actor).checkpoints.size() ? after : std::nullopt;
}

// Where the entry of a log that is at that position after the step was before it.
std::optional<std::size_t> output_before(const impl::OutputLog<GhostApplication>& old,
                                         const impl::OutputLog<GhostApplication>& log,
                                         std::optional<std::size_t> after) {
    std::size_t next = 0;
    for (std::size_t position = 0; after && position < log.size(); ++position) {
        while (next < old.size() && !(old[next] == log[position]))
            ++next;
        if (next == old.size())
            return std::nullopt;
        if (position == *after)
            return next;
        ++next;
    }
    return std::nullopt;
}

Subject shown_before(const SmallStep& step, const Subject& after) {
    const bool is_actor = after.process == step.actor;
    Subject before = after;
    before.focus = position_before(step, after.focus, is_actor);
    const std::size_t count = step.before.guarded(after.process).checkpoints.size();
    if (!before.focus && count > 0)
        before.focus = count - 1;
    before.older = position_before(step, after.older, is_actor);
    if (before.older == before.focus)
        before.older.reset();
    if (after.process.group == Group::shadow) {
        const ShadowProcess& old = step.before.shadow[after.process.index];
        const ShadowProcess& now = step.after.shadow[after.process.index];
        before.other_output = output_before(old.output_log, now.output_log, after.other_output);
        before.other_external = output_before(old.external_log, now.external_log, after.other_external);
    }
    const auto is_there = [](const std::vector<Message>& messages, auto same) {
        return std::ranges::any_of(messages, same);
    };
    if (after.notified &&
        !is_there(notifications_in(step.before), [&](const Message& each) { return each == *after.notified; }))
        before.notified.reset();
    if (after.carried &&
        !is_there(carried_in(step.before), [&](const Message& each) { return each == *after.carried; }))
        before.carried.reset();
    return before;
}

// The entry in which the message is news, if there is one.
void show_witness(const SmallStep& step, Happening<Concrete>& happening) {
    const Guarded& receiver = step.before.guarded(step.actor);
    const SequenceVector& number = step.taken->low_sn;
    std::size_t witness = 0;
    for (std::size_t entry = 0; entry < step.before.low.size(); ++entry)
        if (number[entry] > std::max(receiver.low_sn[entry], receiver.valid_sn[entry]))
            witness = entry;
    happening.witness_low_sn = receiver.low_sn[witness];
    happening.witness_valid_sn = receiver.valid_sn[witness];
    happening.witness_sn = number[witness];
}

} // namespace

Transition<Concrete> transition_of(const SmallStep& step, const Subject& after) {
    Transition<Concrete> transition;
    const Subject before = shown_before(step, after);
    transition.before = window_of(step.before, before);
    transition.after = window_of(step.after, after);
    Happening<Concrete>& happening = transition.happening;
    const bool by_low = step.actor.group == Group::low;
    happening.here = step.actor == after.process;
    happening.low_here = !by_low || step.actor.index == after.low;
    if (!happening.low_here)
        happening.low = low_window_of(step.before, step.actor.index, before);
    for (const ProcessId process : step.before.high_confidence()) {
        if (process == after.process || (!happening.here && !by_low && process != step.actor))
            continue;
        Subject other = before;
        other.process = process;
        other.older.reset();
        other.other_output.reset();
        other.other_external.reset();
        const std::size_t count = step.before.guarded(process).checkpoints.size();
        other.focus = count == 0 ? std::nullopt : std::optional(count - 1);
        happening.other = process_window_of(step.before, other);
        break;
    }
    happening.survives = [&] {
        const SentMessage* sent = find_sent(step.before.sent, before.message);
        return sent != nullptr && impl::covers(step.before.agreed(), sent->message.low_sn);
    }();
    if (step.dropped && happening.here) {
        Subject dropped = before;
        dropped.focus = step.dropped;
        happening.dropped = process_window_of(step.before, dropped).focus;
        happening.dropped_before = before.focus && *step.dropped + 1 == *before.focus;
        happening.dropped_after = before.focus && *step.dropped == *before.focus + 1;
    }
    if (!step.taken)
        return transition;
    if (step.taken->kind == impl::MessageKind::passed_at) {
        happening.notification = notification_of(*step.taken, before);
        return transition;
    }
    happening.same = step.taken->payload.id == after.message && step.actor == after.receiver;
    happening.received = content_of(*step.taken, before);
    if (!by_low)
        show_witness(step, happening);
    return transition;
}

} // namespace mdcd::model::proof::cluster
