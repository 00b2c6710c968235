// What the proof about a hostile cluster looks at (window.hpp): one entry of every number, that of any channel from a
// component to a process of high confidence, and one such process. The line of defence counts what a channel delivers,
// so of the cluster itself nothing is shown: it may say anything. Knows no rule.
#pragma once

#include "model/proof/window.hpp"

namespace mdcd::model::proof::boundary {

// Of every vector only the entry of the channel shown. "Depends" is ghost: how many messages of that channel are in the
// causal past; V is how many of them are in the past of an active process whose test has passed.
template <class L> struct CheckpointWindow {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Truth present{}; // the window shows one in this place; if not, the rest means nothing
    Truth oldest{};
    Truth newest{};
    Number index{};
    Number low_sn{};    // the process's number when it was taken
    Number absorbed{};  // .. when the next one was taken; of the newest: its number now
    Number depends{};   // ghost
    Number shadow_sn{}; // of a shadow: how many messages it had suppressed

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("present", self.present);
        visit("oldest", self.oldest);
        visit("newest", self.newest);
        visit("index", self.index);
        visit("low_sn", self.low_sn);
        visit("absorbed", self.absorbed);
        visit("depends", self.depends);
        visit("shadow_sn", self.shadow_sn);
    }
};

// A message: under way between processes of high confidence, received from one, or in a log.
template <class L> struct ContentWindow {
    typename L::Truth exists{}; // one is shown; if not, the rest means nothing
    typename L::Truth dirty{};
    typename L::Number low_sn{};
    typename L::Number depends{}; // ghost

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("exists", self.exists);
        visit("dirty", self.dirty);
        visit("low_sn", self.low_sn);
        visit("depends", self.depends);
    }
};

// A process of high confidence.
template <class L> struct ProcessWindow {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Truth shadow{};    // otherwise active
    Truth receives{};  // the channel shown is one to it
    Truth recovered{}; // it has halted for a recovery, or recovered
    Truth dirty{};
    Number low_sn{};
    Number valid_sn{};  // what it knows to be validated
    Number known{};     // .. and what it was told as the coordinator of a recovery
    Number depends{};   // ghost
    Number shadow_sn{}; // of a shadow

    ContentWindow<L> logged; // any message of its receiver log

    Truth suppressed{};          // of a shadow: any message of its log of outputs
    Number suppressed_number{};  // .. its count
    Number suppressed_depends{}; // .. ghost
    CheckpointWindow<L> focus;   // any one of the array; none only if the array is empty
    CheckpointWindow<L> before;  // the one taken just before it, unless it is the oldest
    CheckpointWindow<L> after;   // the one taken just after it, unless it is the newest

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("shadow", self.shadow);
        visit("receives", self.receives);
        visit("recovered", self.recovered);
        visit("dirty", self.dirty);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("known", self.known);
        visit("depends", self.depends);
        visit("shadow_sn", self.shadow_sn);
        visit("logged", self.logged);
        visit("suppressed", self.suppressed);
        visit("suppressed_number", self.suppressed_number);
        visit("suppressed_depends", self.suppressed_depends);
        visit("focus", self.focus);
        visit("before", self.before);
        visit("after", self.after);
    }
};

template <class L> struct Window {
    typename L::Number validated{}; // ghost: V
    typename L::Number delivered{}; // ghost: so many messages of the channel were delivered
    ProcessWindow<L> process;
    ContentWindow<L> carried; // any application message under way between processes of high confidence
    typename L::Truth told{}; // a notification, a reply or a decision is under way between them
    typename L::Number told_sn{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("validated", self.validated);
        visit("delivered", self.delivered);
        visit("process", self.process);
        visit("carried", self.carried);
        visit("told", self.told);
        visit("told_sn", self.told_sn);
    }
};

// What an action is about, beside the window.
template <class L> struct Happening {
    typename L::Truth here{}; // the process shown acts; otherwise `other` does
    ProcessWindow<L> other;
    ContentWindow<L> received; // the message received, as it is handed to the protocol

    // Of a reception: at the entry in which the message is news, if there is one.
    typename L::Number witness_low_sn{};
    typename L::Number witness_valid_sn{};
    typename L::Number witness_sn{};

    typename L::Truth of_channel{}; // a message of the cluster: the channel shown is the one that it came by
    typename L::Truth of_entry{};   // .. the entry shown is the one that it is counted in
    ContentWindow<L> claimed;       // what a message of the cluster says of itself
    typename L::Number told_sn{};   // what the process is told
    CheckpointWindow<L> dropped;    // the checkpoint that is reclaimed
    typename L::Truth dropped_before{};
    typename L::Truth dropped_after{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("here", self.here);
        visit("other", self.other);
        visit("received", self.received);
        visit("witness_low_sn", self.witness_low_sn);
        visit("witness_valid_sn", self.witness_valid_sn);
        visit("witness_sn", self.witness_sn);
        visit("of_channel", self.of_channel);
        visit("of_entry", self.of_entry);
        visit("claimed", self.claimed);
        visit("told_sn", self.told_sn);
        visit("dropped", self.dropped);
        visit("dropped_before", self.dropped_before);
        visit("dropped_after", self.dropped_after);
    }
};

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

} // namespace mdcd::model::proof::boundary
