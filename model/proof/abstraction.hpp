// From global states of the model to windows: which window before a step belongs to a window after it, and what both
// show. This is the link between the proof's vocabulary and the implementation's state. Knows no action's text.
#pragma once

#include <optional>
#include <vector>

#include "checker/model.hpp"
#include "model/proof/actions.hpp"
#include "model/proof/window.hpp"
#include "model/state/layout.hpp"
#include "model/state/local.hpp"

namespace mdcd::model::proof {

// A message between processes that has been sent; states no longer show all of it once it is received. Of a message to
// the cluster: the copy for the shadow.
struct SentMessage {
    impl::ProcessId receiver;
    Message message;
    friend bool operator==(const SentMessage&, const SentMessage&) = default;
};
using Sent = std::vector<SentMessage>; // no two with the same id

// A global state with one component, none of whose external messages are in the script, decoded.
struct ExplicitState {
    struct Channel {
        impl::ProcessId sender;
        impl::ProcessId receiver;
        std::vector<Message> messages;
    };
    LowProcess low;
    ShadowProcess shadow;
    std::vector<ActiveProcess> active;
    std::vector<Channel> channels;
    std::vector<std::uint8_t> script; // receivers of the cluster's messages, as far as they are resolved
    Validated validated;
    Sent sent;

    [[nodiscard]] const Guarded& guarded(impl::ProcessId process) const; // shadow or active
    [[nodiscard]] std::vector<impl::ProcessId> high_confidence() const;
};

[[nodiscard]] ExplicitState decode_state(const Layout& layout, const checker::GlobalState& state, Sent sent);

// What `sent` becomes with an outcome: a message sent again, in states that cannot be reached, replaces the first.
[[nodiscard]] Sent sent_after(const Layout& layout, Sent sent, const checker::Outcome& outcome);

// What a window is to show.
struct Subject {
    impl::ProcessId process; // shadow or active
    MessageId message;       // of the cluster, or of an active process
    impl::ProcessId receiver;
    std::optional<std::size_t> focus; // positions in the checkpoint array
    std::optional<std::size_t> older;
    std::optional<impl::SequenceNumber> notified; // a notification under way
};

// Every subject of that state: the messages sent, and for each source the next one.
[[nodiscard]] std::vector<Subject> subjects_of(const ExplicitState& state);

[[nodiscard]] Window<Concrete> window_of(const ExplicitState& state, const Subject& subject);
[[nodiscard]] ProcessWindow<Concrete> process_window_of(const ExplicitState& state, const Subject& subject);

// A step of the model from one state to another.
struct ExplicitStep {
    StepPlace place;
    std::optional<Message> taken;
    ExplicitState before;
    ExplicitState after;
};

[[nodiscard]] ActionId action_of(const ExplicitStep& step);

// The step as seen through the window that shows `after` after it. None if the checkpoints after the step are not
// some of those before it, in their order, with at most one new one at the end: then no action can be meant.
[[nodiscard]] std::optional<Transition<Concrete>> transition_of(const ExplicitStep& step, const Subject& after);

} // namespace mdcd::model::proof
