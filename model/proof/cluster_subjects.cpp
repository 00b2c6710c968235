// What can be shown of a state: every choice, or some that are drawn.
// Judges nothing.
#include <algorithm>
#include <tuple>

#include "model/proof/cluster_abstraction.hpp"
#include "model/state/script.hpp"

namespace mdcd::model::proof::cluster {

using impl::Group;
using impl::ProcessId;

namespace {

bool to_device_in(const ExplicitState& state, MessageId id) {
    const std::vector<bool>& order = state.order[component_of(id)];
    return id.number <= order.size() && order[id.number - std::size_t{1}];
}

// What the logs of a shadow have: a position in each, in turn or drawn.
template <class Pick> void show_other_outputs(const ExplicitState& state, Subject& subject, Pick pick) {
    if (subject.process.group != Group::shadow)
        return;
    const ShadowProcess& shadow = state.shadow[subject.process.index];
    subject.other_output = pick(shadow.output_log.size());
    subject.other_external = pick(shadow.external_log.size());
}

} // namespace

std::vector<std::pair<MessageId, ProcessId>> messages_of(const ExplicitState& state) {
    std::vector<std::pair<MessageId, ProcessId>> messages;
    for (const SentMessage& each : state.sent)
        messages.emplace_back(each.message.payload.id, each.receiver);
    // What a source has counted and what comes next: of what was not sent any receiver will do.
    const auto add_others = [&](std::size_t source, std::int64_t last, ProcessId receiver) {
        last = std::min<std::int64_t>(last, bits_of(static_cast<std::uint8_t>(source)).count);
        for (std::int64_t number = 1; number <= last; ++number) {
            const MessageId id{static_cast<std::uint8_t>(source), static_cast<std::uint8_t>(number)};
            const bool to_device = leaves_cluster(id) && to_device_in(state, id);
            if (!to_device && find_sent(state.sent, id) == nullptr)
                messages.emplace_back(id, receiver);
        }
    };
    const std::size_t components = state.low.size();
    for (std::size_t component = 0; component < components; ++component) {
        add_others(source_of_component(state, component), std::ssize(state.order[component]) + 1, {Group::active, 0});
        add_others(first_shadow_source + component,
                   state.shadow[component].guarded.application.sent_inside + std::int64_t{1},
                   {Group::shadow, static_cast<std::uint8_t>((component + 1) % components)});
    }
    for (const ActiveProcess& each : state.active)
        add_others(std::size_t{first_active_source} + each.id.index, each.guarded.application.sent + std::int64_t{1},
                   {Group::shadow, 0});
    // A new version alone has nobody to send to inside.
    std::erase_if(messages, [&](const auto& each) { return source_of(each.first) == each.second; });
    return messages;
}

std::vector<Subject> subjects_of(const ExplicitState& state) {
    const std::vector<Message> carried = carried_in(state);
    const std::vector<Message> notified = notifications_in(state);
    const auto components = static_cast<std::uint8_t>(state.low.size());
    std::vector<Subject> subjects;
    std::size_t turn = 0;
    const auto add = [&](Subject subject) {
        subject.low = static_cast<std::uint8_t>(turn % components);
        if (const std::size_t place = turn % (carried.size() + 1); place < carried.size())
            subject.carried = carried[place];
        if (const std::size_t place = turn % (notified.size() + 1); place < notified.size())
            subject.notified = notified[place];
        subject.external = 1 + static_cast<std::int64_t>(turn % (state.order[subject.own].size() + 1));
        show_other_outputs(state, subject, [&](std::size_t size) {
            const std::size_t place = turn % (size + 1);
            return place < size ? std::optional(place) : std::nullopt;
        });
        ++turn;
        subjects.push_back(subject);
    };
    for (const ProcessId process : state.high_confidence()) {
        const std::size_t count = state.guarded(process).checkpoints.size();
        for (const auto& [message, receiver] : messages_of(state))
            for (std::uint8_t any = 0; any < components; ++any)
                for (std::uint8_t own = 0; own < components; ++own)
                    for (std::size_t focus = 0; focus < std::max<std::size_t>(count, 1); ++focus)
                        for (std::size_t older = 0; older <= focus; ++older) { // older == focus: none
                            if (leaves_cluster(message) && own != component_of(message))
                                continue;
                            Subject subject(process, message, receiver);
                            subject.any = any;
                            subject.own = own;
                            if (count > 0)
                                subject.focus = focus;
                            if (older < focus)
                                subject.older = older;
                            add(subject);
                        }
    }
    return subjects;
}

std::vector<Subject> drawn_subjects(const ExplicitState& state, std::uint64_t count, checker::Random& random) {
    const std::vector<Message> carried = carried_in(state);
    const std::vector<Message> notified = notifications_in(state);
    const auto messages = messages_of(state);
    const auto processes = state.high_confidence();
    const auto drawn_component = [&] { return static_cast<std::uint8_t>(random.below(state.low.size())); };
    std::vector<Subject> subjects;
    for (std::uint64_t left = count; left > 0; --left) {
        Subject subject;
        subject.process = processes[random.below(processes.size())];
        std::tie(subject.message, subject.receiver) = messages[random.below(messages.size())];
        if (random.one_in(2)) // one of the ends of the message
            subject.process = random.one_in(2) ? subject.receiver : source_of(subject.message);
        subject.any = drawn_component();
        subject.own = leaves_cluster(subject.message) ? component_of(subject.message) : drawn_component();
        subject.low = drawn_component();
        const std::size_t checkpoints = state.guarded(subject.process).checkpoints.size();
        if (checkpoints > 0)
            subject.focus = random.below(checkpoints);
        if (checkpoints > 0 && *subject.focus > 0 && random.one_in(2))
            subject.older = random.below(*subject.focus);
        subject.external = 1 + static_cast<std::int64_t>(random.below(state.order[subject.own].size() + 2));
        show_other_outputs(state, subject, [&](std::size_t size) {
            return size > 0 ? std::optional<std::size_t>(random.below(size)) : std::nullopt;
        });
        if (!carried.empty() && random.one_in(2))
            subject.carried = carried[random.below(carried.size())];
        if (!notified.empty() && random.one_in(2))
            subject.notified = notified[random.below(notified.size())];
        subjects.push_back(subject);
    }
    return subjects;
}

} // namespace mdcd::model::proof::cluster
