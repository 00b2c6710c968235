// Reads states as the implementation keeps them; of what the proof leaves out, nothing is read.
// Judges nothing.
#include "model/proof/abstraction.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "checker/invariant.hpp"
#include "model/state/encoding.hpp"
#include "model/state/script.hpp"

namespace mdcd::model::proof {

using impl::Group;
using impl::ProcessId;

namespace {

constexpr ProcessId shadow_id{Group::shadow, 0};
constexpr ProcessId low_id{Group::low, 0};

std::int64_t scalar(const impl::SequenceVector& vector) {
    return vector[0];
}

ProcessId sender_of(MessageId message) {
    return message.source == 0
               ? low_id
               : ProcessId{Group::active, static_cast<std::uint8_t>(message.source - first_active_source)};
}

const SentMessage* find(const Sent& sent, MessageId id) {
    const auto found =
        std::ranges::find_if(sent, [&](const SentMessage& each) { return each.message.payload.id == id; });
    return found == sent.end() ? nullptr : &*found;
}

// How many copies are under way.
std::size_t pending_count(const ExplicitState& state, const Subject& subject) {
    std::size_t count = 0;
    for (const ExplicitState::Channel& channel : state.channels)
        if (channel.receiver == subject.receiver && channel.sender == sender_of(subject.message))
            for (const Message& each : channel.messages)
                if (each.kind == impl::MessageKind::application && each.payload.id == subject.message)
                    ++count;
    return count;
}

std::vector<impl::SequenceNumber> notifications(const ExplicitState& state) {
    std::vector<impl::SequenceNumber> numbers;
    for (const ExplicitState::Channel& channel : state.channels)
        for (const Message& each : channel.messages)
            if (each.kind == impl::MessageKind::passed_at && channel.receiver.group != Group::low)
                numbers.push_back(each.low_sn[0]);
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

CheckpointWindow<Concrete> checkpoint_window(const Guarded& process, std::optional<std::size_t> position,
                                             MessageSet message, std::optional<std::size_t> log_position) {
    CheckpointWindow<Concrete> window;
    if (!position)
        return window;
    const Checkpoint& checkpoint = process.checkpoints[*position];
    const bool newest = *position + 1 == process.checkpoints.size();
    window.present = true;
    window.oldest = *position == 0;
    window.newest = newest;
    window.index = scalar(checkpoint.index);
    window.low_sn = scalar(checkpoint.low_sn);
    window.absorbed = scalar(newest ? process.low_sn : process.checkpoints[*position + 1].low_sn);
    window.depends = scalar(checkpoint.application.depends);
    window.sent = checkpoint.application.sent;
    window.shadow_sn = checkpoint.shadow_sn;
    window.received = (checkpoint.application.received & message) != 0;
    window.duplicated = (checkpoint.application.duplicated & message) != 0;
    window.logged_before = log_position && *log_position < checkpoint.log_length;
    return window;
}

bool is_same_checkpoint(const Checkpoint& one, const Checkpoint& other) {
    return one.index == other.index && one.low_sn == other.low_sn && one.propagating == other.propagating &&
           one.shadow_sn == other.shadow_sn && one.external_sn == other.external_sn &&
           one.application == other.application;
}

// For each checkpoint after a step its position before; none for one that is new.
using Correspondence = std::vector<std::optional<std::size_t>>;

std::optional<Correspondence> correspondence(const Guarded& before, const Guarded& after) {
    Correspondence positions;
    std::size_t next = 0;
    for (const Checkpoint& each : after.checkpoints) {
        while (next < before.checkpoints.size() && !is_same_checkpoint(before.checkpoints[next], each))
            ++next;
        if (next < before.checkpoints.size())
            positions.emplace_back(next++);
        else
            positions.emplace_back(std::nullopt);
    }
    for (std::size_t position = 0; position + 1 < positions.size(); ++position)
        if (!positions[position])
            return std::nullopt; // something changed, or came where nothing can come
    return positions;
}

std::optional<Subject> subject_before(const ExplicitStep& step, const Subject& after) {
    const Guarded& old = step.before.guarded(after.process);
    const auto positions = correspondence(old, step.after.guarded(after.process));
    if (!positions)
        return std::nullopt;
    Subject before = after;
    before.older.reset();
    const std::size_t count = old.checkpoints.size();
    const std::optional<std::size_t> newest = count == 0 ? std::nullopt : std::optional(count - 1);
    before.focus = after.focus ? (*positions)[*after.focus] : std::nullopt;
    if (!before.focus)
        before.focus = newest;
    if (after.older && (*positions)[*after.older] != before.focus)
        before.older = (*positions)[*after.older];
    if (after.notified && !std::ranges::count(notifications(step.before), *after.notified))
        before.notified.reset();
    return before;
}

} // namespace

const Guarded& ExplicitState::guarded(ProcessId process) const {
    return process.group == Group::shadow ? shadow.guarded : active[process.index].guarded;
}

std::vector<ProcessId> ExplicitState::high_confidence() const {
    std::vector<ProcessId> processes{shadow_id};
    for (const ActiveProcess& each : active)
        processes.push_back(each.id);
    return processes;
}

ExplicitState decode_state(const Layout& layout, const checker::GlobalState& state, Sent sent) {
    ExplicitState result;
    const auto places = layout.places();
    for (std::size_t slot = 0; slot < places.size(); ++slot) {
        const SlotPlace& place = places[slot];
        const std::string& bytes = state[slot];
        if (place.role == SlotRole::channel) {
            auto& channel = result.channels.emplace_back(ExplicitState::Channel{place.sender, place.process, {}});
            for (const std::string_view each : checker::messages_of(bytes))
                channel.messages.push_back(decode<Message>(each));
        } else if (place.role == SlotRole::script) {
            for (const ScriptEntry& entry : decode<Script>(bytes).entries)
                result.script.push_back(entry.receiver);
        } else if (place.role == SlotRole::validated) {
            result.validated = decode<Validated>(bytes);
        } else if (place.role == SlotRole::process) {
            invariant(place.process.group == Group::active || place.process.index == 0, "one component only");
            if (place.process.group == Group::low)
                result.low = decode<LowProcess>(bytes);
            else if (place.process.group == Group::shadow)
                result.shadow = decode<ShadowLocal>(bytes).process;
            else
                result.active.push_back(decode<ActiveLocal>(bytes).process);
        }
    }
    result.sent = std::move(sent);
    return result;
}

Sent sent_after(const Layout& layout, Sent sent, const checker::Outcome& outcome) {
    for (const checker::Outcome::Change& change : outcome.sends) {
        const ProcessId receiver = layout.places()[change.slot].process;
        const auto message = decode<Message>(change.bytes);
        if (message.kind != impl::MessageKind::application || receiver.group == Group::low)
            continue;
        std::erase_if(sent, [&](const SentMessage& each) { return each.message.payload.id == message.payload.id; });
        sent.push_back({receiver, message});
    }
    return sent;
}

std::vector<Subject> subjects_of(const ExplicitState& state) {
    std::vector<std::pair<MessageId, ProcessId>> messages;
    for (const SentMessage& each : state.sent)
        messages.emplace_back(each.message.payload.id, each.receiver);
    const auto add = [&](MessageId id, ProcessId receiver) {
        if (find(state.sent, id) == nullptr)
            messages.emplace_back(id, receiver);
    };
    for (std::size_t number = 1; number <= state.script.size() + 1; ++number) {
        const std::uint8_t receiver = number <= state.script.size() ? state.script[number - 1] : std::uint8_t{0};
        add({0, static_cast<std::uint8_t>(number)}, {Group::active, receiver});
    }
    for (const ActiveProcess& each : state.active)
        for (unsigned number = 1; number <= each.guarded.application.sent + 1U; ++number) // counted, or the next one
            add({static_cast<std::uint8_t>(each.id.index + first_active_source), static_cast<std::uint8_t>(number)},
                shadow_id);
    std::vector<std::optional<impl::SequenceNumber>> notified{std::nullopt};
    for (const impl::SequenceNumber number : notifications(state))
        notified.emplace_back(number);

    std::vector<Subject> subjects;
    for (const ProcessId process : state.high_confidence()) {
        const std::size_t count = state.guarded(process).checkpoints.size();
        for (const auto& [message, receiver] : messages)
            for (const auto& notification : notified)
                for (std::size_t focus = 0; focus < std::max<std::size_t>(count, 1); ++focus)
                    for (std::size_t older = 0; older <= focus; ++older) { // older == focus: none
                        Subject subject{process, message, receiver, std::nullopt, std::nullopt, notification};
                        if (count > 0)
                            subject.focus = focus;
                        if (older < focus)
                            subject.older = older;
                        subjects.push_back(subject);
                    }
    }
    return subjects;
}

ProcessWindow<Concrete> process_window_of(const ExplicitState& state, const Subject& subject) {
    const Guarded& guarded = state.guarded(subject.process);
    const MessageSet message = subject.receiver == subject.process ? as_set(subject.message) : MessageSet{0};
    ProcessWindow<Concrete> window;
    window.shadow = subject.process.group == Group::shadow;
    window.dirty = guarded.dirty;
    window.propagating = guarded.propagating;
    window.low_sn = scalar(guarded.low_sn);
    window.valid_sn = scalar(guarded.valid_sn);
    window.depends = scalar(guarded.application.depends);
    window.sent = guarded.application.sent;
    window.sends = sender_of(subject.message) == subject.process;
    window.receives = subject.receiver == subject.process;
    window.received = (guarded.application.received & message) != 0;
    window.duplicated = (guarded.application.duplicated & message) != 0;
    std::optional<std::size_t> log_position;
    for (std::size_t position = 0; window.receives && position < guarded.input_log.size(); ++position)
        if (guarded.input_log[position].message.payload.id == subject.message) {
            window.logged_twice = log_position.has_value();
            log_position = log_position.value_or(position);
        }
    if (log_position) {
        window.logged = true;
        window.log_index = scalar(guarded.input_log[*log_position].index);
    }
    if (window.shadow) {
        window.shadow_sn = state.shadow.shadow_sn;
        for (const auto& entry : state.shadow.output_log)
            if (entry.payload.id == subject.message) {
                window.output_twice = window.output_logged;
                window.output_logged = true;
                window.output_index = scalar(entry.index);
                window.output_number = entry.number;
                window.output_depends = scalar(entry.payload.depends);
            }
    }
    const std::optional<std::size_t> focus = subject.focus;
    const auto neighbour = [&](bool exists, std::ptrdiff_t step) {
        return exists ? std::optional(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(*focus) + step))
                      : std::nullopt;
    };
    const auto show = [&](std::optional<std::size_t> position) {
        return checkpoint_window(guarded, position, message, log_position);
    };
    window.focus = show(focus);
    window.before = show(neighbour(focus && *focus > 0, -1));
    window.after = show(neighbour(focus && *focus + 1 < guarded.checkpoints.size(), 1));
    window.older = show(subject.older);
    return window;
}

Window<Concrete> window_of(const ExplicitState& state, const Subject& subject) {
    Window<Concrete> window;
    window.validated = scalar(state.validated.number);
    window.agreed = scalar(state.low.valid_sn);
    for (const ProcessId process : state.high_confidence())
        window.agreed = std::max(window.agreed, scalar(state.guarded(process).valid_sn));
    window.resolved = static_cast<std::int64_t>(state.script.size());
    window.low_sent = state.low.application.sent;
    window.low_sn = scalar(state.low.low_sn);
    window.low_valid = scalar(state.low.valid_sn);
    window.low_depends = scalar(state.low.application.depends);
    window.process = process_window_of(state, subject);
    window.message.from_cluster = subject.message.source == 0;
    window.message.number = subject.message.number;
    if (const SentMessage* sent = find(state.sent, subject.message)) {
        window.message.exists = true;
        const std::size_t copies = pending_count(state, subject);
        window.message.pending = copies > 0;
        window.message.pending_twice = copies > 1;
        window.message.dirty = sent->message.dirty;
        window.message.low_sn = scalar(sent->message.low_sn);
        window.message.depends = scalar(sent->message.payload.depends);
    }
    window.notified = subject.notified.has_value();
    window.notified_sn = subject.notified.value_or(0);
    return window;
}

ActionId action_of(const ExplicitStep& step) {
    const bool shadow = step.place.process.group == Group::shadow;
    switch (step.place.kind) {
    case StepKind::low_send:
        return ActionId::low_sends;
    case StepKind::low_test:
        return ActionId::low_passes_test;
    case StepKind::shadow_generate:
        return ActionId::shadow_generates;
    case StepKind::active_send:
        return ActionId::active_sends_to_active;
    case StepKind::active_send_low:
        return ActionId::active_sends_to_cluster;
    case StepKind::active_external:
        return step.before.guarded(step.place.process).dirty ? ActionId::active_passes_test : ActionId::active_outputs;
    case StepKind::low_send_inside:
    case StepKind::shadow_send:
        checker::broken("a message within a cluster of one component", __FILE__, __LINE__);
    case StepKind::detect:
        checker::broken("recovery by messages, which proofs leave out", __FILE__, __LINE__);
    case StepKind::deliver:
        break;
    }
    if (step.place.process.group == Group::low)
        return ActionId::low_receives;
    if (step.taken && step.taken->kind == impl::MessageKind::passed_at)
        return shadow ? ActionId::shadow_is_notified : ActionId::active_is_notified;
    return shadow ? ActionId::shadow_receives : ActionId::active_receives;
}

std::optional<Transition<Concrete>> transition_of(const ExplicitStep& step, const Subject& after) {
    const std::optional<Subject> before = subject_before(step, after);
    if (!before)
        return std::nullopt;
    Transition<Concrete> transition;
    transition.before = window_of(step.before, *before);
    transition.after = window_of(step.after, after);
    Happening<Concrete>& happening = transition.happening;
    happening.here = step.place.process == after.process;
    for (const ProcessId process : step.before.high_confidence()) {
        if (process == after.process ||
            (!happening.here && step.place.process.group != Group::low && process != step.place.process))
            continue;
        Subject other = *before;
        other.process = process;
        other.older.reset();
        const std::size_t count = step.before.guarded(process).checkpoints.size();
        other.focus = count == 0 ? std::nullopt : std::optional(count - 1);
        happening.other = process_window_of(step.before, other);
        break;
    }
    if (!step.taken)
        return transition;
    const Message& taken = *step.taken;
    if (taken.kind == impl::MessageKind::passed_at) {
        happening.received_sn = scalar(taken.low_sn);
        return transition;
    }
    happening.same = taken.payload.id == after.message && step.place.process == after.receiver;
    happening.received = {.from_cluster = taken.sender.group == Group::low,
                          .number = taken.payload.id.number,
                          .exists = true,
                          .pending = true,
                          .pending_twice = transition.before.message.pending_twice && happening.same,
                          .dirty = taken.dirty,
                          .low_sn = scalar(taken.low_sn),
                          .depends = scalar(taken.payload.depends)};
    return transition;
}

} // namespace mdcd::model::proof
