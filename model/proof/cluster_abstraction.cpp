// Reads states as the implementation keeps them; of what the proof leaves out, nothing is read.
// Judges nothing. How steps are taken apart is in cluster_steps.cpp.
#include "model/proof/cluster_abstraction.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "model/state/encoding.hpp"
#include "model/state/script.hpp"

namespace mdcd::model::proof::cluster {

using impl::Group;
using impl::ProcessId;
using impl::SequenceVector;

Entries<std::int64_t> shown_entries(const SequenceVector& vector, const Subject& subject) {
    return {{vector[subject.any], vector[subject.own]}};
}

const SentMessage* find_sent(const Sent& sent, MessageId id) {
    const auto found =
        std::ranges::find_if(sent, [&](const SentMessage& each) { return each.message.payload.id == id; });
    return found == sent.end() ? nullptr : &*found;
}

namespace {

template <class Wanted> std::vector<Message> under_way(const ExplicitState& state, Wanted wanted) {
    std::vector<Message> all;
    for (const auto& channel : state.channels)
        for (const Message& each : channel.messages)
            if (wanted(channel, each))
                all.push_back(each);
    return all;
}
} // namespace

std::vector<Message> carried_in(const ExplicitState& state) {
    return under_way(state,
                     [](const auto&, const Message& each) { return each.kind == impl::MessageKind::application; });
}
std::vector<Message> notifications_in(const ExplicitState& state) {
    return under_way(state, [](const auto& channel, const Message& each) {
        return each.kind == impl::MessageKind::passed_at && channel.receiver.group != Group::low;
    });
}

LowWindow<Concrete> low_window_of(const ExplicitState& state, std::uint8_t index, const Subject& subject) {
    const LowProcess& low = state.low[index];
    return {.own = {{index == subject.any, index == subject.own}},
            .low_sn = shown_entries(low.low_sn, subject),
            .valid_sn = shown_entries(low.valid_sn, subject),
            .depends = shown_entries(low.application.depends, subject)};
}

ContentWindow<Concrete> content_of(const Message& message, const Subject& subject) {
    return {.exists = true,
            .dirty = message.dirty,
            .low_sn = shown_entries(message.low_sn, subject),
            .depends = shown_entries(message.payload.depends, subject)};
}

NotificationWindow<Concrete> notification_of(const Message& message, const Subject& subject) {
    const bool by_own = message.sender == ProcessId{Group::low, subject.own};
    return {.low_sn = shown_entries(message.low_sn, subject), .outputs = by_own ? message.external_sn : 0};
}

namespace {

// How many copies are under way.
std::size_t copies_under_way(const ExplicitState& state, const Subject& subject) {
    std::size_t count = 0;
    for (const auto& channel : state.channels)
        if (channel.receiver == subject.receiver)
            for (const Message& each : channel.messages)
                if (each.kind == impl::MessageKind::application && each.payload.id == subject.message)
                    ++count;
    return count;
}

// The shadow of the component whose messages the window shows.
bool is_own_shadow(const Subject& subject) {
    return subject.process == ProcessId{Group::shadow, subject.own};
}

CheckpointWindow<Concrete> checkpoint_shown(const ExplicitState& state, std::optional<std::size_t> position,
                                            const Subject& subject, MessageSet message,
                                            std::optional<std::size_t> log_position) {
    CheckpointWindow<Concrete> window;
    if (!position)
        return window;
    const Guarded& process = state.guarded(subject.process);
    const bool shadow = subject.process.group == Group::shadow;
    const Checkpoint& checkpoint = process.checkpoints[*position];
    const bool newest = *position + 1 == process.checkpoints.size();
    window.present = true;
    window.oldest = *position == 0;
    window.newest = newest;
    window.index = shown_entries(checkpoint.index, subject);
    window.low_sn = shown_entries(checkpoint.low_sn, subject);
    window.absorbed = shown_entries(newest ? process.low_sn : process.checkpoints[*position + 1].low_sn, subject);
    window.depends = shown_entries(checkpoint.application.depends, subject);
    window.sent = shadow ? state.to_processes(subject.process.index, checkpoint.application.sent)
                         : std::int64_t{checkpoint.application.sent};
    window.sent_inside = checkpoint.application.sent_inside;
    window.shadow_sn = checkpoint.shadow_sn;
    if (is_own_shadow(subject)) {
        window.externals = state.to_devices(subject.own, checkpoint.application.sent);
        window.external_sn = checkpoint.external_sn;
    }
    window.received = (checkpoint.application.received & message) != 0;
    window.duplicated = (checkpoint.application.duplicated & message) != 0;
    window.logged_before = log_position && *log_position < checkpoint.log_length;
    window.wanted = !impl::covers(process.valid_sn, checkpoint.index);
    return window;
}

// What a log has of a message, and of another entry.
OutputsWindow<Concrete> outputs_shown(const impl::OutputLog<GhostApplication>& log, std::optional<MessageId> message,
                                      std::optional<std::size_t> other, const Subject& subject) {
    OutputsWindow<Concrete> window;
    std::optional<std::size_t> shown;
    for (std::size_t position = 0; position < log.size(); ++position)
        if (log[position].payload.id == message) {
            window.twice = shown.has_value();
            shown = position;
        }
    if (shown) {
        const auto& entry = log[*shown];
        window.logged = true;
        window.index = entry.index[subject.own];
        window.number = entry.number;
        window.depends = shown_entries(entry.payload.depends, subject);
    }
    if (!other || other == shown)
        return window;
    window.other = true;
    window.other_in_front = shown && *other < *shown;
    window.other_number = log[*other].number;
    return window;
}

void show_outputs(const ExplicitState& state, const Subject& subject, ProcessWindow<Concrete>& window) {
    const ShadowProcess& shadow = state.shadow[subject.process.index];
    window.shadow_sn = shadow.shadow_sn;
    window.output = outputs_shown(shadow.output_log, subject.message,
                                  window.generates ? subject.other_output : std::nullopt, subject);
    if (!is_own_shadow(subject))
        return;
    window.externals = state.to_devices(subject.own, shadow.guarded.application.sent);
    window.external_sn = shadow.external_sn;
    window.valid_external = shadow.valid_external;
    window.external = outputs_shown(shadow.external_log, output_of(state, subject.own, subject.external),
                                    subject.other_external, subject);
}

} // namespace

std::int64_t ExplicitState::to_devices(std::size_t component, std::int64_t count) const {
    const std::vector<bool>& known = order[component];
    return std::count(known.begin(), known.begin() + std::min<std::ptrdiff_t>(count, std::ssize(known)), true);
}

std::optional<MessageId> output_of(const ExplicitState& state, std::uint8_t component, std::int64_t number) {
    const std::vector<bool>& order = state.order[component];
    for (std::size_t place = 0; place < order.size(); ++place)
        if (order[place] && --number == 0)
            return MessageId{source_of_component(state, component), static_cast<std::uint8_t>(place + 1)};
    return std::nullopt;
}

std::uint8_t source_of_component(const ExplicitState& state, std::size_t component) {
    return static_cast<std::uint8_t>(state.low.size() == 1 ? 0 : first_component_source + component);
}

const Guarded& ExplicitState::guarded(ProcessId process) const {
    return process.group == Group::shadow ? shadow[process.index].guarded : active[process.index].guarded;
}
Guarded& ExplicitState::guarded(ProcessId process) {
    return process.group == Group::shadow ? shadow[process.index].guarded : active[process.index].guarded;
}

std::vector<ProcessId> ExplicitState::high_confidence() const {
    std::vector<ProcessId> processes;
    for (const ShadowProcess& each : shadow)
        processes.push_back(each.id);
    for (const ActiveProcess& each : active)
        processes.push_back(each.id);
    return processes;
}

SequenceVector ExplicitState::agreed() const {
    SequenceVector result;
    for (const LowProcess& each : low)
        result = impl::join(result, each.valid_sn);
    for (const ProcessId each : high_confidence())
        result = impl::join(result, guarded(each).valid_sn);
    return result;
}

bool leaves_cluster(MessageId message) {
    return message.source == 0 || (message.source >= first_component_source && message.source < first_shadow_source);
}

ProcessId source_of(MessageId message) {
    if (leaves_cluster(message))
        return {Group::shadow, component_of(message)};
    const bool inside = message.source >= first_shadow_source;
    return {inside ? Group::shadow : Group::active,
            static_cast<std::uint8_t>(message.source - (inside ? first_shadow_source : first_active_source))};
}

ExplicitState decode_cluster(const Layout& layout, const checker::GlobalState& state, Sent sent) {
    ExplicitState result;
    const auto places = layout.places();
    result.order.resize(impl::component_count_max);
    result.resolved.resize(impl::component_count_max);
    result.outputs.resize(impl::component_count_max);
    for (std::size_t slot = 0; slot < places.size(); ++slot) {
        const SlotPlace& place = places[slot];
        const std::string& bytes = state[slot];
        if (place.role == SlotRole::channel) {
            auto& channel =
                result.channels.emplace_back(proof::ExplicitState::Channel{place.sender, place.process, {}});
            for (const std::string_view each : checker::messages_of(bytes))
                channel.messages.push_back(decode<Message>(each));
        } else if (place.role == SlotRole::script) {
            for (const ScriptEntry& entry : decode<Script>(bytes).entries) {
                result.order[entry.component].push_back(entry.external());
                ++(entry.external() ? result.outputs : result.resolved)[entry.component];
            }
        } else if (place.role == SlotRole::validated) {
            result.validated = decode<Validated>(bytes).number;
        } else if (place.role == SlotRole::process) {
            if (place.process.group == Group::low)
                result.low.push_back(decode<LowProcess>(bytes));
            else if (place.process.group == Group::shadow)
                result.shadow.push_back(decode<ShadowLocal>(bytes).process);
            else
                result.active.push_back(decode<ActiveLocal>(bytes).process);
        }
    }
    // Of what a new version outputs in a scope without external messages in its script nobody else decides.
    for (const LowProcess& each : result.low)
        result.outputs[each.id.index] = std::max<std::int64_t>(result.outputs[each.id.index], each.external_sn);
    result.sent = std::move(sent);
    return result;
}

ProcessWindow<Concrete> process_window_of(const ExplicitState& state, const Subject& subject) {
    const Guarded& guarded = state.guarded(subject.process);
    const bool shadow = subject.process.group == Group::shadow;
    const bool leaves = leaves_cluster(subject.message);
    const bool is_source = source_of(subject.message) == subject.process;
    const MessageSet message = subject.receiver == subject.process ? as_set(subject.message) : MessageSet{0};
    ProcessWindow<Concrete> window;
    window.shadow = shadow;
    window.dirty = guarded.dirty;
    window.settled = state.unsettled != subject.process;
    window.own = {{shadow && subject.process.index == subject.any, shadow && subject.process.index == subject.own}};
    window.low_sn = shown_entries(guarded.low_sn, subject);
    window.valid_sn = shown_entries(guarded.valid_sn, subject);
    window.depends = shown_entries(guarded.application.depends, subject);
    window.sent = shadow ? state.to_processes(subject.process.index, guarded.application.sent)
                         : std::int64_t{guarded.application.sent};
    window.sent_inside = guarded.application.sent_inside;
    window.sends = is_source && !leaves;
    window.generates = is_source && leaves;
    window.receives = subject.receiver == subject.process;
    window.received = (guarded.application.received & message) != 0;
    window.duplicated = (guarded.application.duplicated & message) != 0;
    std::optional<std::size_t> log_position;
    for (std::size_t position = 0; window.receives && position < guarded.input_log.size(); ++position)
        if (guarded.input_log[position].message.payload.id == subject.message) {
            window.logged_twice = log_position.has_value();
            log_position = log_position.value_or(position);
        }
    window.logged = log_position.has_value();
    if (shadow)
        show_outputs(state, subject, window);
    const std::optional<std::size_t> focus = subject.focus;
    const auto neighbour = [&](bool exists, std::ptrdiff_t step) {
        return exists ? std::optional(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(*focus) + step))
                      : std::nullopt;
    };
    const auto show = [&](std::optional<std::size_t> position) {
        return checkpoint_shown(state, position, subject, message, log_position);
    };
    window.focus = show(focus);
    window.before = show(neighbour(focus && *focus > 0, -1));
    window.after = show(neighbour(focus && *focus + 1 < guarded.checkpoints.size(), 1));
    window.older = show(subject.older);
    return window;
}

Window<Concrete> window_of(const ExplicitState& state, const Subject& subject) {
    Window<Concrete> window;
    window.validated = shown_entries(state.validated, subject);
    window.agreed = shown_entries(state.agreed(), subject);
    window.resolved = {{state.resolved[subject.any], state.resolved[subject.own]}};
    const auto low_sent = [&](std::uint8_t component) {
        return state.to_processes(component, state.low[component].application.sent);
    };
    window.low_sent = {{low_sent(subject.any), low_sent(subject.own)}};
    window.external_number = subject.external;
    window.outputs_resolved = state.outputs[subject.own];
    window.outputs_made = state.low[subject.own].external_sn;
    window.low = low_window_of(state, subject.low, subject);
    window.process = process_window_of(state, subject);
    window.message.from_cluster = leaves_cluster(subject.message);
    window.message.number = window.message.from_cluster
                                ? state.to_processes(component_of(subject.message), subject.message.number)
                                : std::int64_t{subject.message.number};
    if (const SentMessage* sent = find_sent(state.sent, subject.message)) {
        const std::size_t copies = copies_under_way(state, subject);
        window.message.pending = copies > 0;
        window.message.pending_twice = copies > 1;
        window.message.content = content_of(sent->message, subject);
    }
    if (subject.carried)
        window.carried = content_of(*subject.carried, subject);
    window.notified = subject.notified.has_value();
    if (subject.notified)
        window.notification = notification_of(*subject.notified, subject);
    return window;
}

} // namespace mdcd::model::proof::cluster
