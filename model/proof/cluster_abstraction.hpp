// From global states with any number of components to windows (cluster_window.hpp), and from one step of the model to
// the steps that the proof takes it apart into. This is the link between the proof's vocabulary and the
// implementation's state. Knows no action's text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/random.hpp"
#include "model/proof/abstraction.hpp"
#include "model/proof/cluster_actions.hpp"

namespace mdcd::model::proof::cluster {

// A global state of an atomic scope, decoded.
struct ExplicitState {
    std::vector<LowProcess> low;
    std::vector<ShadowProcess> shadow;
    std::vector<ActiveProcess> active;
    std::vector<proof::ExplicitState::Channel> channels;
    // Of each component, in the order in which they leave it: whether a message goes to a device. Of a state before a
    // step the order may be that after it. What is not in it goes to a process.
    std::vector<std::vector<bool>> order;
    std::vector<std::int64_t> resolved; // messages of each component to processes that are decided
    std::vector<std::int64_t> outputs;  // .. to devices
    impl::SequenceVector validated;
    Sent sent;
    std::optional<impl::ProcessId> unsettled; // it is reclaiming: a state between two of the implementation

    [[nodiscard]] const Guarded& guarded(impl::ProcessId process) const; // shadow or active
    [[nodiscard]] Guarded& guarded(impl::ProcessId process);
    [[nodiscard]] std::vector<impl::ProcessId> high_confidence() const;
    [[nodiscard]] impl::SequenceVector agreed() const; // the largest validated number that anyone knows
    // Of the first so many messages of a component.
    [[nodiscard]] std::int64_t to_devices(std::size_t component, std::int64_t count) const;
    [[nodiscard]] std::int64_t to_processes(std::size_t component, std::int64_t count) const {
        return count - to_devices(component, count);
    }
};

[[nodiscard]] ExplicitState decode_cluster(const Layout& layout, const checker::GlobalState& state, Sent sent);

// What a window is to show.
struct Subject {
    impl::ProcessId process;  // shadow or active
    MessageId message;        // that leaves the cluster, of an active process, or between shadows
    impl::ProcessId receiver; // .. of it
    std::uint8_t any = 0;     // components
    std::uint8_t own = 0;
    std::uint8_t low = 0;
    std::optional<std::size_t> focus; // positions in the checkpoint array
    std::optional<std::size_t> older;
    std::int64_t external = 1;               // the message to a device, by its place among them
    std::optional<std::size_t> other_output; // positions in the logs of what a shadow has suppressed
    std::optional<std::size_t> other_external;
    std::optional<Message> notified; // a notification under way
    std::optional<Message> carried;  // one under way

    Subject() = default;
    Subject(impl::ProcessId shown, MessageId of, impl::ProcessId its_receiver)
        : process(shown), message(of), receiver(its_receiver) {}
};

// Every subject of a state, but that new versions, notifications and what is under way take turns beside the others.
[[nodiscard]] std::vector<Subject> subjects_of(const ExplicitState& state);
// So many, drawn at random.
[[nodiscard]] std::vector<Subject> drawn_subjects(const ExplicitState& state, std::uint64_t count,
                                                  checker::Random& random);
// The messages of a state, with their receivers: those sent, and of each source the next one.
[[nodiscard]] std::vector<std::pair<MessageId, impl::ProcessId>> messages_of(const ExplicitState& state);
// The process that a message has as its sender in the proof: of what leaves the cluster the shadow.
[[nodiscard]] impl::ProcessId source_of(MessageId message);
[[nodiscard]] bool leaves_cluster(MessageId message);
[[nodiscard]] std::uint8_t source_of_component(const ExplicitState& state, std::size_t component);
// A message of a component to a device, by its place among them; none if it is not decided.
[[nodiscard]] std::optional<MessageId> output_of(const ExplicitState& state, std::uint8_t component,
                                                 std::int64_t number);

// What of a state is there to be shown.
[[nodiscard]] const SentMessage* find_sent(const Sent& sent, MessageId id);
[[nodiscard]] std::vector<Message> carried_in(const ExplicitState& state);
[[nodiscard]] std::vector<Message> notifications_in(const ExplicitState& state);
[[nodiscard]] Entries<std::int64_t> shown_entries(const impl::SequenceVector& vector, const Subject& subject);
[[nodiscard]] LowWindow<Concrete> low_window_of(const ExplicitState& state, std::uint8_t index, const Subject& subject);
[[nodiscard]] ContentWindow<Concrete> content_of(const Message& message, const Subject& subject);
[[nodiscard]] NotificationWindow<Concrete> notification_of(const Message& message, const Subject& subject);

[[nodiscard]] Window<Concrete> window_of(const ExplicitState& state, const Subject& subject);
[[nodiscard]] ProcessWindow<Concrete> process_window_of(const ExplicitState& state, const Subject& subject);

// One of the steps that the proof knows.
struct SmallStep {
    ActionId action = ActionId::low_sends;
    impl::ProcessId actor;
    std::optional<Message> taken;
    std::optional<std::size_t> dropped; // position of the checkpoint that goes
    ExplicitState before;
    ExplicitState after;
};

// What the model's step is made of, in order. Nothing, and a reason, if it cannot be taken apart.
struct TakenApart {
    std::vector<SmallStep> steps;
    std::string failure;
};
[[nodiscard]] TakenApart taken_apart(const StepPlace& place, const std::optional<Message>& taken,
                                     const ExplicitState& before, const ExplicitState& after);
// What a shadow is told of its new version when a recovery begins.
void learn_outputs(ShadowProcess& shadow, const LowProcess& low);
// How recovery begins: process after process learns what was agreed on and reclaims by it, as impl does.
[[nodiscard]] TakenApart decided(const ExplicitState& state, const impl::Rules& rules);

// The step as seen through the window that shows `after` after it.
[[nodiscard]] Transition<Concrete> transition_of(const SmallStep& step, const Subject& after);

} // namespace mdcd::model::proof::cluster
