// Folds one slot's value into its summary by running impl's own recovery on it.
// Knows no other slot.
#include "model/summary.hpp"

#include "checker/channel.hpp"
#include "impl/recovery.hpp"
#include "model/encoding.hpp"
#include "model/local.hpp"

namespace mdcd::model {

using impl::Group;

namespace {

std::uint8_t source_of(impl::ProcessId process) {
    return process.group == Group::active ? static_cast<std::uint8_t>(process.index + 1) : std::uint8_t{0};
}

Candidate candidate_of(const History& history, impl::ProcessId process) {
    return {.received = history.received,
            .sent = first_messages(source_of(process), history.sent),
            .depends = narrow(history.depends)};
}

// Which candidate recovery picks: the oldest checkpoint that reclamation leaves, or the current state.
std::uint8_t target_of(const Guarded& process, const impl::SequenceVector& validated, const impl::Rules& rules) {
    std::size_t position = 0;
    while (position < process.checkpoints.size() && impl::reclaimable(process, position, validated, rules))
        ++position;
    return static_cast<std::uint8_t>(position);
}

void note_history(RecoveredProcess& recovered, const History& history, impl::ProcessId process) {
    const Candidate candidate = candidate_of(history, process);
    recovered.received = candidate.received;
    recovered.sent = candidate.sent;
    recovered.depends = candidate.depends;
    recovered.duplicated = history.duplicated;
}

std::uint8_t count_of(const impl::Notes& notes, impl::NoteKind kind) {
    std::uint8_t count = 0;
    for (const impl::Note& note : notes)
        count = static_cast<std::uint8_t>(count + (note.kind == kind));
    return count;
}

void note_take_over(RecoveredProcess& recovered, const impl::TakeOver<GhostApplication>& take_over, unsigned validated,
                    unsigned generated) {
    unsigned last = validated;
    for (const auto& entry : take_over.resent) {
        const MessageSet message = as_set(entry.payload.id);
        recovered.resent_twice |= recovered.resent & message;
        recovered.resent |= message;
        recovered.resent_depends = join(recovered.resent_depends, narrow(entry.payload.depends));
        const unsigned number = entry.payload.id.number;
        // What is already validated may come again (a duplicate, judged elsewhere); from there on one by one.
        recovered.resent_in_order &= number <= validated ? last == validated : number == last + 1;
        last = std::max(last, number);
    }
    recovered.resent_in_order &= last >= generated;
    recovered.suppress_through = static_cast<std::uint8_t>(take_over.suppress_through);
}

template <class Process> void summarise_guarded(SlotSummary& summary, const Local<Process>& local) {
    const Guarded& guarded = local.process.guarded;
    summary.clean = !guarded.dirty;
    summary.dropped = local.ghost.dropped;
    summary.purged = local.ghost.purged;
    summary.depends = narrow(guarded.application.depends);
    summary.valid = narrow(guarded.valid_sn);
    summary.inputs_logged = static_cast<std::uint8_t>(guarded.input_log.size());
    for (const Checkpoint& checkpoint : guarded.checkpoints)
        summary.candidates.push_back(candidate_of(checkpoint.application, local.process.id));
    summary.candidates.push_back(candidate_of(guarded.application, local.process.id));
}

void summarise_active(SlotSummary& summary, const ActiveLocal& local, const ValidatedIndex& index,
                      const impl::Rules& rules) {
    summarise_guarded(summary, local);
    for (std::size_t position = 0; position < index.count(); ++position) {
        ActiveProcess process = local.process;
        impl::Notes notes;
        impl::recover(process, index.at(position), rules, notes);
        RecoveredProcess& recovered = summary.recovered.emplace_back();
        note_history(recovered, process.guarded.application, process.id);
        recovered.target = target_of(local.process.guarded, index.at(position), rules);
        recovered.replayed = count_of(notes, impl::NoteKind::replayed);
    }
}

void summarise_shadow(SlotSummary& summary, const ShadowLocal& local, const ValidatedIndex& index,
                      const impl::Rules& rules) {
    summarise_guarded(summary, local);
    summary.outputs_logged = static_cast<std::uint8_t>(local.process.output_log.size());
    for (const auto& entry : local.process.output_log)
        summary.output_log |= as_set(entry.payload.id);
    for (std::size_t position = 0; position < index.count(); ++position) {
        ShadowProcess process = local.process;
        impl::Notes notes;
        const auto take_over = impl::recover(process, index.at(position), rules, notes);
        RecoveredProcess& recovered = summary.recovered.emplace_back();
        note_history(recovered, process.guarded.application, process.id);
        recovered.target = target_of(local.process.guarded, index.at(position), rules);
        recovered.replayed = count_of(notes, impl::NoteKind::replayed);
        note_take_over(recovered, take_over, process.guarded.valid_sn[0], process.guarded.application.sent);
    }
}

// Of a fifo the oldest, of a bag each that differs from its neighbour (they are sorted).
std::uint8_t deliverable(const std::vector<Message>& messages, ChannelModel channels) {
    std::uint8_t count = 0;
    for (std::size_t position = 0; position < messages.size(); ++position) {
        if (position > 0 && (channels == ChannelModel::fifo || messages[position] == messages[position - 1]))
            continue;
        count = static_cast<std::uint8_t>(count + (messages[position].kind == impl::MessageKind::application));
    }
    return count;
}

void summarise_channel(SlotSummary& summary, const SlotPlace& place, std::string_view bytes, ChannelModel channels,
                       const ValidatedIndex& index, const impl::Rules& rules) {
    std::vector<Message> messages;
    for (const std::string_view each : checker::messages_of(bytes))
        messages.push_back(decode<Message>(each));
    summary.deliverable = place.process.group == Group::low ? std::uint8_t{0} : deliverable(messages, channels);
    for (std::size_t position = 0; position < index.count(); ++position) {
        RecoveredChannel& channel = summary.in_transit.emplace_back();
        if (place.process.group == Group::low)
            continue; // the new versions have stopped: what was under way to them concerns nobody
        for (const Message& message : messages) {
            if (message.kind != impl::MessageKind::application ||
                !impl::survives_recovery(message, index.at(position), rules))
                continue;
            channel.repeated |= channel.surviving & as_set(message.payload.id);
            channel.surviving |= as_set(message.payload.id);
            channel.depends = join(channel.depends, narrow(message.payload.depends));
        }
    }
}

} // namespace

SlotSummary summarise(const Scope& scope, const impl::Rules& rules, const SlotPlace& place, std::string_view bytes) {
    SlotSummary summary;
    const ValidatedIndex index(scope);
    if (place.role == SlotRole::channel) {
        summarise_channel(summary, place, bytes, scope.channels, index, rules);
    } else if (place.role == SlotRole::script) {
        summary.resolved = first_messages(0, static_cast<unsigned>(decode<Script>(bytes).receivers.size()));
    } else if (place.role == SlotRole::validated) {
        const auto validated = decode<Validated>(bytes);
        summary.validated = narrow(validated.number);
        summary.unsafe_output = validated.unsafe_output;
    } else if (place.role == SlotRole::process && place.process.group == Group::low) {
        summary.valid[0] = static_cast<std::uint8_t>(decode<LowProcess>(bytes).valid_sn);
    } else if (place.role == SlotRole::process && place.process.group == Group::shadow) {
        summarise_shadow(summary, decode<ShadowLocal>(bytes), index, rules);
    } else if (place.role == SlotRole::process) {
        summarise_active(summary, decode<ActiveLocal>(bytes), index, rules);
    }
    return summary;
}

} // namespace mdcd::model
