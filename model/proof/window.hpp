// What the proof looks at: a window on a global state of any size. It shows what is shared, one process with a few
// neighbouring checkpoints, one application message and one notification, each of them arbitrary. What holds of every
// window holds of every state. Read with Symbolic it is made of unknowns, with Concrete of values.
#pragma once

#include <cstdint>

#include "checker/smt/formula.hpp"

namespace mdcd::model::proof {

struct Symbolic {
    using Truth = checker::smt::Truth;
    using Number = checker::smt::Number;
};

struct Concrete {
    using Truth = bool;
    using Number = std::int64_t;
};

// A checkpoint in the array of the process shown. "The message" is the one that the window shows.
template <class L> struct CheckpointWindow {
    typename L::Truth present{};    // the window shows one in this place; if not, the rest means nothing
    typename L::Truth oldest{};     // the first of the array
    typename L::Truth newest{};     // the last of the array
    typename L::Number index{};     // as impl::Checkpoint
    typename L::Number low_sn{};    // the process's number when it was taken
    typename L::Number absorbed{};  // the process's number when the next one was taken; of the newest: its number now
    typename L::Number depends{};   // ghost: of the state that it holds
    typename L::Number sent{};      // ghost: messages of its own in that state
    typename L::Number shadow_sn{}; // as impl::Checkpoint
    typename L::Truth received{};   // the message is in the history that it holds
    typename L::Truth duplicated{}; // .. twice
    typename L::Truth logged_before{}; // the message is in the log, in front of the entries made since

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("present", self.present);
        visit("oldest", self.oldest);
        visit("newest", self.newest);
        visit("index", self.index);
        visit("low_sn", self.low_sn);
        visit("absorbed", self.absorbed);
        visit("depends", self.depends);
        visit("sent", self.sent);
        visit("shadow_sn", self.shadow_sn);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("logged_before", self.logged_before);
    }
};

// A process of high confidence.
template <class L> struct ProcessWindow {
    typename L::Truth shadow{}; // otherwise active
    typename L::Truth dirty{};
    typename L::Truth propagating{};
    typename L::Number low_sn{};
    typename L::Number valid_sn{};
    typename L::Number depends{};   // ghost
    typename L::Number sent{};      // ghost
    typename L::Number shadow_sn{}; // of a shadow

    typename L::Truth sends{};        // the message is one of its own (active processes)
    typename L::Truth receives{};     // the message is for it
    typename L::Truth received{};     // .. and is in its history
    typename L::Truth duplicated{};   // .. twice
    typename L::Truth logged{};       // .. and is in its receiver log
    typename L::Truth logged_twice{}; // .. more than once
    typename L::Number log_index{};   // .. under this index, the first time

    typename L::Truth output_logged{}; // of a shadow: the cluster's message of that number is in its log of outputs
    typename L::Truth output_twice{};  // .. more than once; the last one is shown
    typename L::Number output_index{};
    typename L::Number output_number{};
    typename L::Number output_depends{}; // ghost

    CheckpointWindow<L> focus;  // any one of the array; none only if the array is empty
    CheckpointWindow<L> before; // the one taken just before it, unless it is the oldest
    CheckpointWindow<L> after;  // the one taken just after it, unless it is the newest
    CheckpointWindow<L> older;  // any one taken earlier, or none

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("shadow", self.shadow);
        visit("dirty", self.dirty);
        visit("propagating", self.propagating);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("depends", self.depends);
        visit("sent", self.sent);
        visit("shadow_sn", self.shadow_sn);
        visit("sends", self.sends);
        visit("receives", self.receives);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("logged", self.logged);
        visit("logged_twice", self.logged_twice);
        visit("log_index", self.log_index);
        visit("output_logged", self.output_logged);
        visit("output_twice", self.output_twice);
        visit("output_index", self.output_index);
        visit("output_number", self.output_number);
        visit("output_depends", self.output_depends);
        visit("focus", self.focus);
        visit("before", self.before);
        visit("after", self.after);
        visit("older", self.older);
    }
};

// An application message between two processes, at least one of which is of high confidence.
template <class L> struct MessageWindow {
    typename L::Truth from_cluster{};  // otherwise from an active process
    typename L::Number number{};       // its place among the messages of its source, from 1
    typename L::Truth exists{};        // it was sent; if not, the rest means nothing
    typename L::Truth pending{};       // it is under way
    typename L::Truth pending_twice{}; // .. more than once
    typename L::Truth dirty{};
    typename L::Number low_sn{};
    typename L::Number depends{}; // ghost

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("from_cluster", self.from_cluster);
        visit("number", self.number);
        visit("exists", self.exists);
        visit("pending", self.pending);
        visit("pending_twice", self.pending_twice);
        visit("dirty", self.dirty);
        visit("low_sn", self.low_sn);
        visit("depends", self.depends);
    }
};

template <class L> struct Window {
    typename L::Number validated{};   // ghost: V
    typename L::Number agreed{};      // the largest validated number that anyone knows
    typename L::Number resolved{};    // how many messages of the cluster are decided
    typename L::Number low_sent{};    // L1: ghost, messages sent
    typename L::Number low_sn{};      // L1
    typename L::Number low_valid{};   // L1
    typename L::Number low_depends{}; // L1: ghost

    ProcessWindow<L> process;
    MessageWindow<L> message;
    typename L::Truth notified{};     // a notification is under way
    typename L::Number notified_sn{}; // .. with this number

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("validated", self.validated);
        visit("agreed", self.agreed);
        visit("resolved", self.resolved);
        visit("low_sent", self.low_sent);
        visit("low_sn", self.low_sn);
        visit("low_valid", self.low_valid);
        visit("low_depends", self.low_depends);
        visit("process", self.process);
        visit("message", self.message);
        visit("notified", self.notified);
        visit("notified_sn", self.notified_sn);
    }
};

// A process after a recovery, as far as the message shown is concerned.
template <class L> struct RecoveredWindow {
    typename L::Truth shown{}; // the window shows what decides on the recovery; if not, the rest means nothing
    typename L::Truth rolled_back{};
    typename L::Truth received{};
    typename L::Truth duplicated{};
    typename L::Truth replayed{};  // from the receiver log
    typename L::Truth survives{};  // still under way, and will be delivered
    typename L::Truth resent{};    // by the shadow, from its log
    typename L::Truth generated{}; // by the shadow, later, and not suppressed
    typename L::Number depends{};  // of the state it went back to, before the replay
    typename L::Number sent{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("shown", self.shown);
        visit("rolled_back", self.rolled_back);
        visit("received", self.received);
        visit("duplicated", self.duplicated);
        visit("replayed", self.replayed);
        visit("survives", self.survives);
        visit("resent", self.resent);
        visit("generated", self.generated);
        visit("depends", self.depends);
        visit("sent", self.sent);
    }
};

// What an action is about, beside the window.
template <class L> struct Happening {
    typename L::Truth here{};         // the process shown acts; otherwise `other` does, or L1
    ProcessWindow<L> other;           // another process of high confidence
    typename L::Truth same{};         // the message received is the one shown
    MessageWindow<L> received;        // .. this one
    typename L::Number received_sn{}; // the number of the notification received

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("here", self.here);
        visit("other", self.other);
        visit("same", self.same);
        visit("received", self.received);
        visit("received_sn", self.received_sn);
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

} // namespace mdcd::model::proof
