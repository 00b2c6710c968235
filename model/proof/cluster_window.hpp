// What the proof for any number of components looks at: windows (window.hpp) in which every number is a vector, of
// which two entries are shown: that of any component, and that of the component whose message is shown. Covers of whole
// vectors are not shown; an action that depends on one shows a witness.
#pragma once

#include <array>

#include "model/proof/window.hpp"

namespace mdcd::model::proof::cluster {

inline constexpr std::size_t entries_shown = 2;
inline constexpr std::size_t any_entry = 0; // of any component
inline constexpr std::size_t own_entry = 1; // of the component whose message is shown; of any one if it is of none

// The entries of one vector, or something said of the components that they belong to.
template <class T> struct Entries {
    std::array<T, entries_shown> at{};

    [[nodiscard]] constexpr T& operator[](std::size_t entry) { return at[entry]; }
    [[nodiscard]] constexpr const T& operator[](std::size_t entry) const { return at[entry]; }

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("any", self.at[any_entry]);
        visit("own", self.at[own_entry]);
    }
};

// A log of what a shadow has suppressed, of messages to processes or to devices. "The message" is the one of that kind
// that the window shows; all but `other..` means nothing if it is not logged.
template <class L> struct OutputsWindow {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Truth logged{};
    Truth twice{};           // it is logged more than once; the last entry is shown
    Number index{};          // at the entry of its own component; the others are 0
    Number number{};         // the count under which it is logged
    Entries<Number> depends; // ghost
    Truth other{};           // another entry
    Truth other_in_front{};  // .. in front of it
    Number other_number{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("logged", self.logged);
        visit("twice", self.twice);
        visit("index", self.index);
        visit("number", self.number);
        visit("depends", self.depends);
        visit("other", self.other);
        visit("other_in_front", self.other_in_front);
        visit("other_number", self.other_number);
    }
};

// A checkpoint in the array of the process shown. "The message" is the one that the window shows.
template <class L> struct CheckpointWindow {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Truth present{}; // the window shows one in this place; if not, the rest means nothing
    Truth oldest{};
    Truth newest{};
    Entries<Number> index;    // as impl::Checkpoint
    Entries<Number> low_sn;   // the process's number when it was taken
    Entries<Number> absorbed; // the process's number when the next one was taken; of the newest: its number now
    Entries<Number> depends;  // ghost: of the state that it holds
    Number sent{};            // ghost: messages of its own in that state; of a shadow: what leaves the cluster
    Number sent_inside{};     // ghost: of a shadow: messages to other shadows
    Number shadow_sn{};
    Number externals{};    // ghost: of the shadow of the component shown: messages to devices
    Number external_sn{};  // .. as it counts them
    Truth received{};      // the message is in the history that it holds
    Truth duplicated{};    // .. twice
    Truth logged_before{}; // the message is in the log, in front of the entries made since
    Truth wanted{};        // what the process knows to be validated does not cover its index, in some entry

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("present", self.present);
        visit("oldest", self.oldest);
        visit("newest", self.newest);
        visit("index", self.index);
        visit("low_sn", self.low_sn);
        visit("absorbed", self.absorbed);
        visit("depends", self.depends);
        visit("sent", self.sent);
        visit("sent_inside", self.sent_inside);
        visit("shadow_sn", self.shadow_sn);
        visit("externals", self.externals);
        visit("external_sn", self.external_sn);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("logged_before", self.logged_before);
        visit("wanted", self.wanted);
    }
};

// A process of high confidence.
template <class L> struct ProcessWindow {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Truth shadow{}; // otherwise active
    Truth dirty{};
    Truth settled{};    // it has reclaimed by what it knows; not so while it does
    Entries<Truth> own; // the shadow of the component of that entry
    Entries<Number> low_sn;
    Entries<Number> valid_sn;
    Entries<Number> depends; // ghost
    Number sent{};           // ghost
    Number sent_inside{};    // ghost
    Number shadow_sn{};      // of a shadow

    Truth sends{};        // the message is one of its own, and does not leave the cluster
    Truth generates{};    // the message leaves the cluster, and this is the shadow of its component
    Truth receives{};     // the message is for it
    Truth received{};     // .. and is in its history
    Truth duplicated{};   // .. twice
    Truth logged{};       // .. and is in its receiver log
    Truth logged_twice{}; // .. more than once

    OutputsWindow<L> output; // of a shadow: what it logs of messages to processes

    // Of the shadow of the component shown, nothing of others.
    Number externals{};        // ghost: messages to devices
    Number external_sn{};      // .. as it counts them
    Number valid_external{};   // so many it knows its new version to have output
    OutputsWindow<L> external; // what it logs of them

    CheckpointWindow<L> focus;  // any one of the array; none only if the array is empty
    CheckpointWindow<L> before; // the one taken just before it, unless it is the oldest
    CheckpointWindow<L> after;  // the one taken just after it, unless it is the newest
    CheckpointWindow<L> older;  // any one taken earlier, or none

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("shadow", self.shadow);
        visit("dirty", self.dirty);
        visit("settled", self.settled);
        visit("own", self.own);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("depends", self.depends);
        visit("sent", self.sent);
        visit("sent_inside", self.sent_inside);
        visit("shadow_sn", self.shadow_sn);
        visit("sends", self.sends);
        visit("generates", self.generates);
        visit("receives", self.receives);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("logged", self.logged);
        visit("logged_twice", self.logged_twice);
        visit("output", self.output);
        visit("externals", self.externals);
        visit("external_sn", self.external_sn);
        visit("valid_external", self.valid_external);
        visit("external", self.external);
        visit("focus", self.focus);
        visit("before", self.before);
        visit("after", self.after);
        visit("older", self.older);
    }
};

// A new version.
template <class L> struct LowWindow {
    Entries<typename L::Truth> own; // it is the one of the component of that entry
    Entries<typename L::Number> low_sn;
    Entries<typename L::Number> valid_sn;
    Entries<typename L::Number> depends; // ghost

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("own", self.own);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("depends", self.depends);
    }
};

// What a message carries. Of a message under way of whatever kind, between new versions included.
template <class L> struct ContentWindow {
    typename L::Truth exists{}; // one is shown; if not, the rest means nothing
    typename L::Truth dirty{};
    Entries<typename L::Number> low_sn;
    Entries<typename L::Number> depends; // ghost

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("exists", self.exists);
        visit("dirty", self.dirty);
        visit("low_sn", self.low_sn);
        visit("depends", self.depends);
    }
};

// An application message whose receiver is of high confidence: of a component to an active process, of an active
// process, or between shadows. It stays when it was received.
template <class L> struct MessageWindow {
    typename L::Truth from_cluster{}; // leaves the cluster
    typename L::Number number{};      // its place among the messages of its source, from 1
    typename L::Truth pending{};      // it is under way
    typename L::Truth pending_twice{};
    ContentWindow<L> content; // it exists once it was sent

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("from_cluster", self.from_cluster);
        visit("number", self.number);
        visit("pending", self.pending);
        visit("pending_twice", self.pending_twice);
        visit("content", self.content);
    }
};

// What a passed_AT says.
template <class L> struct NotificationWindow {
    Entries<typename L::Number> low_sn;
    typename L::Number outputs{}; // of the new version of the component shown: it has output so many; of others 0

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("low_sn", self.low_sn);
        visit("outputs", self.outputs);
    }
};

template <class L> struct Window {
    Entries<typename L::Number> validated; // ghost: V
    Entries<typename L::Number> agreed;    // the largest validated number that anyone knows
    Entries<typename L::Number> resolved;  // how many messages of that component are decided
    Entries<typename L::Number> low_sent;  // ghost: how many its new version has sent

    // Of the component whose message is shown: messages to devices, of which the window shows one, too.
    typename L::Number external_number{};  // its place among them, from 1
    typename L::Number outputs_resolved{}; // so many are decided
    typename L::Number outputs_made{};     // so many its new version has output

    LowWindow<L> low; // any new version
    ProcessWindow<L> process;
    MessageWindow<L> message;
    ContentWindow<L> carried;     // any message under way
    typename L::Truth notified{}; // a notification is under way
    NotificationWindow<L> notification;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("validated", self.validated);
        visit("agreed", self.agreed);
        visit("resolved", self.resolved);
        visit("low_sent", self.low_sent);
        visit("external_number", self.external_number);
        visit("outputs_resolved", self.outputs_resolved);
        visit("outputs_made", self.outputs_made);
        visit("low", self.low);
        visit("process", self.process);
        visit("message", self.message);
        visit("carried", self.carried);
        visit("notified", self.notified);
        visit("notification", self.notification);
    }
};

// What an action is about, beside the window.
template <class L> struct Happening {
    typename L::Truth here{}; // the process shown acts; otherwise `other` does, or a new version
    ProcessWindow<L> other;   // another process of high confidence
    typename L::Truth low_here{};
    LowWindow<L> low;          // the new version that acts, unless it is the one shown
    typename L::Truth same{};  // the message received is the one shown
    ContentWindow<L> received; // .. carries this

    // Of a reception: at the entry in which the message is news, if there is one.
    typename L::Number witness_low_sn{};   // the process's number
    typename L::Number witness_valid_sn{}; // what it knows to be validated
    typename L::Number witness_sn{};       // the message's number

    NotificationWindow<L> notification; // the one received
    CheckpointWindow<L> dropped;        // the checkpoint that is reclaimed
    typename L::Truth dropped_before{}; // .. is the one shown as `before`, or as `after`
    typename L::Truth dropped_after{};
    typename L::Truth survives{}; // what is agreed on covers the number of the message shown, in all entries

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("here", self.here);
        visit("other", self.other);
        visit("low_here", self.low_here);
        visit("low", self.low);
        visit("same", self.same);
        visit("received", self.received);
        visit("witness_low_sn", self.witness_low_sn);
        visit("witness_valid_sn", self.witness_valid_sn);
        visit("witness_sn", self.witness_sn);
        visit("notification", self.notification);
        visit("dropped", self.dropped);
        visit("dropped_before", self.dropped_before);
        visit("dropped_after", self.dropped_after);
        visit("survives", self.survives);
    }
};

// A step as the proof sees it.
template <class L> struct Transition {
    Window<L> before;
    Window<L> after;
    Happening<L> happening;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("before", self.before);
        visit("after", self.after);
        visit("happening", self.happening);
    }
};

} // namespace mdcd::model::proof::cluster
