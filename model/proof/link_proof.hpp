// The proof that a link delivers each message once and in order (impl/link.hpp), for any number of messages, crashes of
// either end, and frames that are lost, repeated and reordered: windows on one direction and one message, lemmas,
// claims and what Z3 found. Knows no end: link_tie.hpp compares it with the implementation.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "impl/link.hpp"
#include "model/proof/argument.hpp"
#include "model/proof/window.hpp"

namespace mdcd::model::proof::link {

// One end's part, as the process has it, as a transaction under way has it, and as it is stored. "The message" is the
// one whose number the window shows; a payload is a number, and 0 is none.
template <class L> struct Sending {
    typename L::Number accepted{};     // messages of the process, in its present history
    typename L::Number acknowledged{}; // the peer has taken all up to this one
    typename L::Number said{};         // what the history says as the message
    typename L::Number kept{};         // what is kept for the peer as the message

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("accepted", self.accepted);
        visit("acknowledged", self.acknowledged);
        visit("said", self.said);
        visit("kept", self.kept);
    }
};
template <class L> struct Taking {
    typename L::Number taken{}; // messages of the peer, in the present history of the process
    typename L::Number got{};   // what it has taken as the message

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("taken", self.taken);
        visit("got", self.got);
    }
};

template <class L> struct Window {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Number number{};   // of the message
    Number capacity{}; // so many the sender keeps
    Sending<L> now;
    Truth storing{}; // a transaction of the sender is under way
    Sending<L> written;
    Sending<L> stored;
    Number marked{}; // the sender has been told that so many are stored
    Number sent{};
    Taking<L> taking;
    Truth taking_storing{};
    Taking<L> taking_written;
    Taking<L> taking_stored;
    Number taken_marked{};
    Number arrived{}; // what is held as the message; 0: nothing
    Truth frame{};    // a frame with a message is under way, any
    Number frame_number{};
    Number frame_payload{}; // if it is the message
    Number frame_confirmed{};
    Truth acknowledgement{}; // a frame of the receiver is under way, any
    Number acknowledged{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("capacity", self.capacity);
        visit("now", self.now);
        visit("storing", self.storing);
        visit("written", self.written);
        visit("stored", self.stored);
        visit("marked", self.marked);
        visit("sent", self.sent);
        visit("taking", self.taking);
        visit("taking_storing", self.taking_storing);
        visit("taking_written", self.taking_written);
        visit("taking_stored", self.taking_stored);
        visit("taken_marked", self.taken_marked);
        visit("arrived", self.arrived);
        visit("frame", self.frame);
        visit("frame_number", self.frame_number);
        visit("frame_payload", self.frame_payload);
        visit("frame_confirmed", self.frame_confirmed);
        visit("acknowledgement", self.acknowledgement);
        visit("acknowledged", self.acknowledged);
    }
};

template <class L> struct Transition {
    Window<L> before;
    Window<L> after;
    typename L::Number payload{};       // that is submitted
    typename L::Number heard{};         // number of the frame, or what is acknowledged, that arrives
    typename L::Number heard_payload{}; // of the frame that arrives, if it is the message; of the message taken
    typename L::Number frame_number{};  // of the frame that leaves

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("before", self.before);
        visit("after", self.after);
        visit("payload", self.payload);
        visit("heard", self.heard);
        visit("heard_payload", self.heard_payload);
        visit("frame_number", self.frame_number);
    }
};

using Truth = Symbolic::Truth;
using Number = Symbolic::Number;
using Step = Transition<Symbolic>;

enum class ActionId : std::uint8_t {
    submits,
    sender_writes,
    sender_stores,
    sender_is_told,
    sender_crashes,
    sends,
    sends_again,
    hears_acknowledgement,
    receives,
    takes,
    receiver_writes,
    receiver_stores,
    receiver_is_told,
    receiver_crashes,
    acknowledges,
};
inline constexpr std::size_t action_count = static_cast<std::size_t>(ActionId::acknowledges) + 1;

struct Action {
    const char* name;
    const char* sentence;
    std::function<Truth(const Step&)> relation;
};
// In the order of ActionId, under these rules of the link.
[[nodiscard]] std::vector<Action> actions(const impl::LinkRules& rules = {});

struct Statement {
    const char* name;
    const char* sentence;
    std::function<Truth(const Window<Symbolic>&)> text;
};
[[nodiscard]] std::vector<Statement> lemmas();
[[nodiscard]] std::vector<Statement> claims();
// What a lemma says of the window that shows what an action takes: the frame or the acknowledgement that arrives, or
// the next message to be taken.
[[nodiscard]] std::vector<Argument::Beside> beside(const Step& step, ActionId action);
[[nodiscard]] Truth well_formed(const Window<Symbolic>& window);
[[nodiscard]] Truth initial(const Window<Symbolic>& window);

struct ProofOptions {
    std::vector<std::string> without = {};
    std::vector<Action> actions = link::actions();
    checker::smt::InductionOptions induction = {};
};
using Proof = ProofOf<Transition<Concrete>>;

[[nodiscard]] Argument argument(const ProofOptions& options, const Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options = {});

} // namespace mdcd::model::proof::link
