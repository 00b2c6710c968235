// What windows show of states and steps behind the line of defence.
// Judges nothing.
#include <algorithm>

#include "model/proof/boundary_steps.hpp"

namespace mdcd::model::proof::boundary {

using impl::Group;
using impl::MessageKind;
using impl::ProcessId;

namespace {

// What was sent and not yet received: under way, or held by a halted process.
std::vector<Message> pending(const State& state, bool application) {
    std::vector<Message> all;
    const auto add = [&](const Message& each) {
        if ((each.kind == MessageKind::application) == application && each.sender.group != Group::low)
            all.push_back(each);
    };
    for (const auto& [receiver, message] : state.under_way)
        add(message);
    for (const Process& process : state.processes)
        for (const Message& each : process.recovery.held)
            add(each);
    return all;
}

bool is_among(const std::vector<Message>& messages, const std::optional<Message>& message) {
    return message && std::ranges::find(messages, *message) != messages.end();
}

struct Entries {
    std::size_t number; // where the line of defence counts the messages of the channel shown
    std::size_t ghost;
};

ContentWindow<Concrete> content_of(const Message& message, const Entries& entries) {
    return {.exists = true,
            .dirty = message.dirty,
            .low_sn = message.low_sn[entries.number],
            .depends = message.payload.depends[entries.ghost]};
}

CheckpointWindow<Concrete> checkpoint_of(const Guarded& guarded, std::optional<std::size_t> position,
                                         const Entries& entries) {
    CheckpointWindow<Concrete> window;
    if (!position)
        return window;
    const auto& checkpoint = guarded.checkpoints[*position];
    const bool newest = *position + 1 == guarded.checkpoints.size();
    const impl::SequenceVector& absorbed = newest ? guarded.low_sn : guarded.checkpoints[*position + 1].low_sn;
    return {.present = true,
            .oldest = *position == 0,
            .newest = newest,
            .index = checkpoint.index[entries.number],
            .low_sn = checkpoint.low_sn[entries.number],
            .absorbed = absorbed[entries.number],
            .depends = checkpoint.application.depends[entries.ghost],
            .shadow_sn = checkpoint.shadow_sn};
}

ProcessWindow<Concrete> process_of(const State& state, const Subject& subject) {
    const Process& process = state.process(subject.process);
    const Guarded& guarded = process.guarded();
    const Entries entries{state.entry(subject.channel), state.ghost_entry(subject.channel)};
    ProcessWindow<Concrete> window;
    window.shadow = process.shadow() != nullptr;
    window.receives = subject.process == subject.channel.receiver;
    window.recovered = process.recovered();
    window.dirty = guarded.dirty;
    window.low_sn = guarded.low_sn[entries.number];
    window.valid_sn = guarded.valid_sn[entries.number];
    window.known = process.recovery.known[entries.number];
    window.depends = guarded.application.depends[entries.ghost];
    for (const auto& entry : guarded.input_log)
        if (subject.logged == entry.message)
            window.logged = content_of(entry.message, entries);
    if (const Shadow* const shadow = process.shadow()) {
        window.shadow_sn = shadow->shadow_sn;
        for (const auto& entry : shadow->output_log)
            if (subject.suppressed == entry) {
                window.suppressed = true;
                window.suppressed_number = entry.number;
                window.suppressed_depends = entry.payload.depends[entries.ghost];
            }
    }
    const std::optional<std::size_t>& focus = subject.focus;
    window.focus = checkpoint_of(guarded, focus, entries);
    if (focus && *focus > 0)
        window.before = checkpoint_of(guarded, *focus - 1, entries);
    if (focus && *focus + 1 < guarded.checkpoints.size())
        window.after = checkpoint_of(guarded, *focus + 1, entries);
    return window;
}

// Where the checkpoint that `after` shows was before the step: of a new one none.
std::optional<std::size_t> focus_before(const SmallStep& step, const Subject& after) {
    const std::size_t count = step.before.process(after.process).guarded().checkpoints.size();
    std::optional<std::size_t> focus = after.focus;
    if (after.process == step.actor && focus && step.action == ActionId::forgets_checkpoint)
        focus = *focus < *step.dropped ? *focus : *focus + 1;
    if (focus && *focus < count)
        return focus;
    return count > 0 ? std::optional(count - 1) : std::nullopt;
}

// The entry in which what is received is news, if there is one.
void show_witness(const SmallStep& step, const impl::SequenceVector& number, Happening<Concrete>& happening) {
    const Guarded& receiver = step.before.process(step.actor).guarded();
    std::size_t witness = 0;
    for (std::size_t entry = 0; entry < impl::component_count_max; ++entry)
        if (number[entry] > std::max(receiver.low_sn[entry], receiver.valid_sn[entry]))
            witness = entry;
    happening.witness_low_sn = receiver.low_sn[witness];
    happening.witness_valid_sn = receiver.valid_sn[witness];
    happening.witness_sn = number[witness];
}

void show_word(const SmallStep& step, const Subject& before, const Entries& entries, Happening<Concrete>& happening) {
    const Channel& channel = *step.channel;
    const auto& rules = step.before.constants.boundary_rules;
    happening.of_channel = step.before.ghost_entry(channel) == entries.ghost;
    happening.of_entry = step.before.entry(channel) == entries.number;
    happening.claimed = content_of(*step.claimed, entries);
    const bool stamped = step.action == ActionId::cluster_message || step.action == ActionId::cluster_message_to_shadow;
    if (!stamped || !impl::guards::stamps(rules))
        return show_witness(step, step.claimed->low_sn, happening);
    const std::size_t counted = step.before.entry(channel);
    const Guarded& receiver = step.before.process(step.actor).guarded();
    happening.witness_low_sn = receiver.low_sn[counted];
    happening.witness_valid_sn = receiver.valid_sn[counted];
    happening.witness_sn = impl::guards::stamp(receiver.low_sn[counted], step.claimed->low_sn[counted], rules);
    static_cast<void>(before);
}

} // namespace

Window<Concrete> window_of(const State& state, const Subject& subject) {
    const Entries entries{state.entry(subject.channel), state.ghost_entry(subject.channel)};
    Window<Concrete> window;
    window.validated = state.validated[entries.ghost];
    window.delivered = state.delivered[entries.ghost];
    window.process = process_of(state, subject);
    if (is_among(pending(state, true), subject.carried))
        window.carried = content_of(*subject.carried, entries);
    if (is_among(pending(state, false), subject.told)) {
        window.told = true;
        window.told_sn = subject.told->low_sn[entries.number];
    }
    return window;
}

Transition<Concrete> transition_of(const SmallStep& step, const Subject& after) {
    Transition<Concrete> transition;
    Subject before = after;
    before.focus = focus_before(step, after);
    transition.before = window_of(step.before, before);
    transition.after = window_of(step.after, after);
    Happening<Concrete>& happening = transition.happening;
    const Entries entries{step.before.entry(after.channel), step.before.ghost_entry(after.channel)};
    happening.here = step.actor == after.process;
    for (const Process& each : step.before.processes) {
        if (each.id() == after.process || (!happening.here && each.id() != step.actor))
            continue;
        Subject other = before;
        other.process = each.id();
        const std::size_t count = each.guarded().checkpoints.size();
        other.focus = count == 0 ? std::nullopt : std::optional(count - 1);
        other.suppressed = happening.here ? std::nullopt : step.again;
        happening.other = process_of(step.before, other);
        break;
    }
    if (happening.here && step.again && before.suppressed != step.again) {
        before.suppressed = step.again; // the window shows what is sent
        transition.before = window_of(step.before, before);
        Subject sent = after;
        sent.suppressed = step.again;
        transition.after = window_of(step.after, sent);
    }
    happening.told_sn = step.told[entries.number];
    if (step.dropped && happening.here) {
        const Guarded& guarded = step.before.process(step.actor).guarded();
        happening.dropped = checkpoint_of(guarded, step.dropped, entries);
        happening.dropped_before = before.focus && *step.dropped + 1 == *before.focus;
        happening.dropped_after = before.focus && *step.dropped == *before.focus + 1;
    }
    if (step.received) {
        happening.received = content_of(*step.received, entries);
        show_witness(step, step.received->low_sn, happening);
    }
    if (step.channel)
        show_word(step, before, entries, happening);
    else if (step.claimed)
        happening.claimed = content_of(*step.claimed, entries);
    return transition;
}

std::vector<Subject> drawn_subjects(const State& state, ProcessId actor, std::uint64_t count, checker::Random& random) {
    const std::vector<Channel> channels = state.channels();
    const std::vector<Message> carried = pending(state, true);
    const std::vector<Message> told = pending(state, false);
    const auto drawn = [&](const auto& all) {
        using Element = std::remove_cvref_t<decltype(*all.begin())>;
        return all.size() == 0 || random.one_in(4)
                   ? std::optional<Element>() // newer ones twice as often
                   : std::optional<Element>(random.one_in(2) ? *(all.begin() + (all.size() - 1))
                                                             : *(all.begin() + random.below(all.size())));
    };
    std::vector<Subject> subjects;
    for (std::uint64_t left = count; left > 0; --left) {
        Subject subject;
        subject.channel = channels[random.below(channels.size())];
        subject.process = random.one_in(2) ? actor : state.processes[random.below(state.processes.size())].id();
        const Process& process = state.process(subject.process);
        if (const std::size_t checkpoints = process.guarded().checkpoints.size(); checkpoints > 0)
            subject.focus = random.one_in(2) ? checkpoints - 1 : random.below(checkpoints);
        if (const auto entry = drawn(process.guarded().input_log))
            subject.logged = entry->message;
        if (const Shadow* const shadow = process.shadow())
            subject.suppressed = drawn(shadow->output_log);
        subject.carried = drawn(carried);
        subject.told = drawn(told);
        subjects.push_back(subject);
    }
    return subjects;
}

} // namespace mdcd::model::proof::boundary
