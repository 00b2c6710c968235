// Folds one slot's value into its summary by running impl's own recovery on it.
// Knows no other slot.
#include "model/claims/summary.hpp"

#include <bit>

#include "checker/channel.hpp"
#include "impl/recovery.hpp"
#include "model/claims/kept_state.hpp"
#include "model/claims/lemmas.hpp"
#include "model/claims/recovery_summary.hpp"
#include "model/inputs/property_table.hpp"
#include "model/state/encoding.hpp"
#include "model/state/local.hpp"
#include "model/state/numbers.hpp"

namespace mdcd::model {

using impl::Group;

namespace {

Candidate candidate_of(const Scope& scope, const History& history, impl::ProcessId process) {
    const std::uint8_t source = process.group == Group::active
                                    ? static_cast<std::uint8_t>(first_active_source + process.index)
                                    : cluster_message(scope, process.index, 1).source;
    const auto shadow_source = static_cast<std::uint8_t>(first_shadow_source + process.index);
    const MessageSet inside =
        process.group == Group::shadow ? first_messages(shadow_source, history.sent_inside) : MessageSet{0};
    return {.received = history.received,
            .sent = first_messages(source, history.sent) | inside,
            .depends = narrow(history.depends)};
}

// Marks what a recovery is to be judged by: each checkpoint by its position, each logged message by its sender.
void mark(Guarded& process) {
    for (std::size_t position = 0; position < process.checkpoints.size(); ++position)
        process.checkpoints[position].application.origin = static_cast<std::uint8_t>(position + 1);
    for (auto& entry : process.input_log)
        entry.message.payload.sender = SenderKind::only_one;
}

// Which candidate recovery has picked: the checkpoint that it restored, or the current state.
std::uint8_t target_of(const Guarded& before, const Guarded& after) {
    const std::uint8_t origin = after.application.origin;
    return static_cast<std::uint8_t>(origin == 0 ? before.checkpoints.size() : origin - 1U);
}

bool has_two_of_one_source(MessageSet messages) {
    for (std::uint8_t source = 0; source < source_count; ++source)
        if (std::popcount(messages & first_messages(source, bits_of(source).count)) > 1)
            return true;
    return false;
}

// What a process is right after a recovery with `decided`, against the state that it restored.
void note_outcome(RecoveredProcess& recovered, const Guarded& before, const Guarded& after,
                  const impl::SequenceVector& decided, bool compare) {
    const History& restored = recovered.target < before.checkpoints.size()
                                  ? before.checkpoints[recovered.target].application
                                  : before.application;
    const History& now = after.application;
    const MessageSet replayed = now.received & ~restored.received;
    MessageSet logged = 0;
    for (const auto& entry : before.input_log)
        logged |= as_set(entry.message.payload.id);
    recovered.left_over = after.dirty || !after.checkpoints.empty() || !after.input_log.empty();
    recovered.cleared = !before.checkpoints.empty() && !recovered.left_over;
    recovered.as_restored = now.sent == restored.sent && now.sent_inside == restored.sent_inside &&
                            (restored.received & ~now.received) == 0 && (replayed & ~logged) == 0 &&
                            is_within(decided, after.valid_sn);
    if (compare) // its number is neither that of before nor too small for what it has replayed
        recovered.as_restored &=
            is_within(now.depends, after.low_sn) && is_within(after.low_sn, together(after.valid_sn, now.depends));
    recovered.reordered = now.reordered;
    recovered.several_of_one = has_two_of_one_source(replayed);
}

// A state, or a message, has a number that covers what it depends on.
bool is_numbered(const impl::SequenceVector& number, const impl::SequenceVector& depends) {
    return is_within(depends, number);
}

bool is_undernumbered(const Guarded& process) {
    bool numbered = is_numbered(process.low_sn, process.application.depends);
    for (const Checkpoint& checkpoint : process.checkpoints)
        numbered &= is_numbered(checkpoint.low_sn, checkpoint.application.depends);
    for (const auto& entry : process.input_log)
        numbered &= is_numbered(entry.message.low_sn, entry.message.payload.depends);
    return !numbered;
}

void note_history(const Scope& scope, RecoveredProcess& recovered, const History& history, impl::ProcessId process) {
    const Candidate candidate = candidate_of(scope, history, process);
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

// What is already validated may come again (a duplicate, judged elsewhere), in order all the same.
void note_take_over(RecoveredProcess& recovered, const impl::TakeOver<GhostApplication>& take_over,
                    const ShadowProcess& process) {
    const auto note = [&](const auto& entry) {
        const MessageSet message = as_set(entry.payload.id);
        recovered.resent_twice |= recovered.resent & message;
        recovered.resent |= message;
        recovered.resent_depends = join(recovered.resent_depends, narrow(entry.payload.depends));
    };
    unsigned last = 0;
    for (const auto& entry : take_over.resent) {
        note(entry);
        recovered.resent_in_order &= entry.payload.id.number >= last;
        last = entry.payload.id.number;
    }
    unsigned last_output = 0;
    for (const auto& entry : take_over.resent_external) {
        note(entry);
        if (entry.receiver.group == Group::shadow) {
            recovered.resent_inside |= as_set(entry.payload.id);
            continue;
        }
        recovered.resent_in_order &= entry.payload.id.number >= last_output;
        last_output = entry.payload.id.number;
    }
    recovered.suppress_through = static_cast<std::uint8_t>(take_over.suppress_through);
    recovered.suppress_external_through = static_cast<std::uint8_t>(take_over.suppress_external_through);
    recovered.generated = process.guarded.application.sent;
    recovered.shadow_sn = static_cast<std::uint8_t>(process.shadow_sn);
    recovered.external_sn = static_cast<std::uint8_t>(process.external_sn);
}

template <class Process>
void summarise_guarded(const Scope& scope, SlotSummary& summary, const Local<Process>& local,
                       const impl::Rules& rules) {
    const Guarded& guarded = local.process.guarded;
    summary.checkpoints_out_of_order = checkpoints_out_of_order(guarded);
    summary.log_fails = log_fails(guarded);
    summary.logs_after = logs_after_checkpoint(guarded);
    summary.keeps = keeps_anything(local.process);
    summary.keeps_when_told = keeps_when_told(local.process, scope, rules);
    summary.clean = !guarded.dirty;
    summary.dropped = local.ghost.dropped;
    summary.purged = local.ghost.purged;
    summary.in_vain = kept_in_vain(guarded);
    summary.undernumbered = is_undernumbered(guarded);
    summary.depends = narrow(guarded.application.depends);
    summary.valid = narrow(guarded.valid_sn);
    summary.known = guarded.valid_sn;
    summary.inputs_logged = static_cast<std::uint8_t>(guarded.input_log.size());
    summary.number = narrow(guarded.low_sn);
    for (const Checkpoint& checkpoint : guarded.checkpoints)
        summary.checkpoint_indices.push_back(narrow(checkpoint.index));
    for (const Checkpoint& checkpoint : guarded.checkpoints)
        summary.candidates.push_back(candidate_of(scope, checkpoint.application, local.process.id));
    summary.candidates.push_back(candidate_of(scope, guarded.application, local.process.id));
}

void summarise_active(const Scope& scope, SlotSummary& summary, const ActiveLocal& local, const ValidatedIndex& index,
                      const impl::Rules& rules) {
    summarise_guarded(scope, summary, local, rules);
    const bool compare = numbers_compare(scope, rules);
    ActiveProcess marked = local.process;
    mark(marked.guarded);
    for (std::size_t position = 0; position < index.count(); ++position) {
        ActiveProcess process = marked;
        impl::Notes notes;
        impl::recover(process, index.at(position), rules, notes);
        RecoveredProcess& recovered = summary.recovered.emplace_back();
        note_history(scope, recovered, process.guarded.application, process.id);
        recovered.target = target_of(marked.guarded, process.guarded);
        note_outcome(recovered, marked.guarded, process.guarded, index.at(position), compare);
        recovered.replayed = count_of(notes, impl::NoteKind::replayed);
    }
}

void summarise_shadow(const Scope& scope, SlotSummary& summary, const ShadowLocal& local, const ValidatedIndex& index,
                      const impl::Rules& rules) {
    summarise_guarded(scope, summary, local, rules);
    summary.outputs_logged =
        static_cast<std::uint8_t>(local.process.output_log.size() + local.process.external_log.size());
    for (const auto& entry : local.process.output_log)
        summary.output_log |= as_set(entry.payload.id);
    for (const auto& entry : local.process.external_log)
        summary.output_log |= as_set(entry.payload.id);
    if (scope.budgets.cluster_outputs > 0)
        summary.valid_external = static_cast<std::uint8_t>(local.process.valid_external);
    const bool compare = numbers_compare(scope, rules);
    ShadowProcess marked = local.process;
    mark(marked.guarded);
    for (std::size_t position = 0; position < index.count(); ++position) {
        ShadowProcess process = marked;
        process.valid_external = std::max(process.valid_external, index.external_at(position));
        impl::Notes notes;
        const auto take_over = impl::recover(process, index.at(position), rules, notes);
        RecoveredProcess& recovered = summary.recovered.emplace_back();
        note_history(scope, recovered, process.guarded.application, process.id);
        recovered.target = target_of(marked.guarded, process.guarded);
        note_outcome(recovered, marked.guarded, process.guarded, index.at(position), compare);
        recovered.replayed = count_of(notes, impl::NoteKind::replayed);
        note_take_over(recovered, take_over, process);
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
    for (const Message& message : messages) {
        if (message.kind == impl::MessageKind::application) {
            summary.under_way |= as_set(message.payload.id);
            summary.undernumbered |= !is_numbered(message.low_sn, message.payload.depends);
        } else if (message.kind == impl::MessageKind::passed_at) {
            summary.notifies = true;
            summary.valid = join(summary.valid, narrow(message.low_sn));
        }
    }
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

ValidatedIndex::ValidatedIndex(const Scope& scope, const impl::Rules& rules)
    : entries_(static_cast<unsigned>(impl::counter_entries(rules, scope.components))) {
    // One shared counter counts what all components send.
    const bool together = scope.order == OrderAssumption::component && entries_ < scope.components;
    const unsigned messages = std::min<unsigned>(scope.budgets.cluster_messages, cluster_message_count_max - 1);
    numbers_ = 1 + std::size_t{messages} * (together ? scope.components : 1U);
    count_ = 1 + std::size_t{scope.budgets.cluster_outputs};
    for (unsigned entry = 0; entry < entries_; ++entry)
        count_ *= numbers_;
}

impl::SequenceVector ValidatedIndex::at(std::size_t index) const {
    impl::SequenceVector numbers;
    for (unsigned entry = entries_; entry-- > 0; index /= numbers_)
        numbers[entry] = static_cast<impl::SequenceNumber>(index % numbers_);
    return numbers;
}

impl::SequenceNumber ValidatedIndex::external_at(std::size_t index) const {
    for (unsigned entry = 0; entry < entries_; ++entry)
        index /= numbers_;
    return static_cast<impl::SequenceNumber>(index);
}

SlotSummary summarise(const Scope& scope, const impl::Rules& rules, const SlotPlace& place, std::string_view bytes) {
    SlotSummary summary;
    const ValidatedIndex index(scope, rules);
    if (scope.recovery == RecoveryMode::asynchronous)
        summary.recovery = summarise_recovery(scope, rules, place, bytes);
    if (place.role == SlotRole::channel) {
        summarise_channel(summary, place, bytes, scope.channels, index, rules);
    } else if (place.role == SlotRole::script) {
        summary.script = resolved_messages(scope, decode<Script>(bytes));
        for (const ResolvedMessage& message : summary.script)
            summary.resolved |= as_set(message.id);
    } else if (place.role == SlotRole::validated) {
        const auto validated = decode<Validated>(bytes);
        summary.validated = narrow(validated.number);
        summary.unsafe_output = validated.unsafe_output;
        summary.output = validated.output;
        summary.output_twice = validated.output_twice;
    } else if (place.role == SlotRole::tests_passed) {
        for (const impl::SequenceVector& proved : decode<TestsPassed>(bytes).proved)
            summary.tests.push_back(narrow(proved));
    } else if (place.role == SlotRole::process && place.process.group == Group::low) {
        const auto process = decode<LowProcess>(bytes);
        summary.valid = narrow(process.valid_sn);
        summary.known = process.valid_sn;
        if (scope.budgets.cluster_outputs > 0)
            summary.valid_external = static_cast<std::uint8_t>(process.external_sn);
        summary.drawn = process.application.drawn;
        summary.has_sent = process.application.sent > 0;
    } else if (place.role == SlotRole::process && place.process.group == Group::shadow) {
        summarise_shadow(scope, summary, decode<ShadowLocal>(bytes), index, rules);
    } else if (place.role == SlotRole::process) {
        summarise_active(scope, summary, decode<ActiveLocal>(bytes), index, rules);
    }
    return summary;
}

} // namespace mdcd::model
