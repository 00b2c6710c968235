// The proof that every change in the life of an upgrade has one outcome (impl/upgrade_protocol.hpp): begin, commit,
// abort and recovery, for any number of seats and of upgrades. Windows of three seats and of all that is under way
// between them, about one change, of any incarnation; what is under way of others is a number that may be any. Knows no
// scope: change_tie.hpp compares it with the implementation.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "impl/upgrade_rules.hpp"
#include "model/proof/argument.hpp"
#include "model/proof/window.hpp"

namespace mdcd::model::proof::change {

inline constexpr std::size_t seats_shown = 3;

// A seat. Of every vector one entry, the same everywhere.
template <class L> struct Peer {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Number id{};          // where two coordinate, the smaller one wins
    Number incarnation{}; // in which it is, or to which it goes
    Truth running{};
    Truth halted{};       // it has joined this change and waits for its decision
    Truth coordinating{}; // it has announced this change; if neither, what follows up to `objected` is 0
    Number coordinator{}; // id; its own if it coordinates
    Truth wants_begin{};  // the intent; if neither, an abort or a recovery
    Truth wants_commit{};
    Number known{};    // what it was told as the coordinator
    Truth objected{};  // .. somebody has objected
    Number valid{};    // what it knows to be validated
    Truth failed{};    // a test has failed here, and the upgrade is not over
    Truth catching{};  // it suppresses what its new version has sent
    Number offered{};  // ghost: what it knew when it halted
    Truth refused{};   // ghost: what it would say against the change when it halted
    Truth ended{};     // ghost: it has ended this change, perhaps long ago
    Number decision{}; // ghost: .. with these numbers
    Truth decision_begin{};
    Truth decision_granted{}; // ghost: begun or committed; if not, unchanged or recovered
    Truth decider{};          // ghost: .. after it had counted the replies itself
    Truth first{};            // ghost: .. before anybody else had

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("incarnation", self.incarnation);
        visit("running", self.running);
        visit("halted", self.halted);
        visit("coordinating", self.coordinating);
        visit("coordinator", self.coordinator);
        visit("wants_begin", self.wants_begin);
        visit("wants_commit", self.wants_commit);
        visit("known", self.known);
        visit("objected", self.objected);
        visit("valid", self.valid);
        visit("failed", self.failed);
        visit("catching", self.catching);
        visit("offered", self.offered);
        visit("refused", self.refused);
        visit("ended", self.ended);
        visit("decision", self.decision);
        visit("decision_begin", self.decision_begin);
        visit("decision_granted", self.decision_granted);
        visit("decider", self.decider);
        visit("first", self.first);
    }
};

// From one seat to another: messages of this change under way, or held there.
template <class L> struct Line {
    typename L::Truth announced{};
    typename L::Truth asks_begin{};
    typename L::Truth asks_commit{};
    typename L::Truth replied{}; // once or more
    typename L::Number reply_sn{};
    typename L::Truth reply_objects{}; // each of them
    typename L::Truth counted{};       // the other one coordinates and has counted a reply
    typename L::Truth decided{};
    typename L::Number decision_sn{};
    typename L::Truth decision_begin{};
    typename L::Truth decision_granted{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("announced", self.announced);
        visit("asks_begin", self.asks_begin);
        visit("asks_commit", self.asks_commit);
        visit("replied", self.replied);
        visit("reply_sn", self.reply_sn);
        visit("reply_objects", self.reply_objects);
        visit("counted", self.counted);
        visit("decided", self.decided);
        visit("decision_sn", self.decision_sn);
        visit("decision_begin", self.decision_begin);
        visit("decision_granted", self.decision_granted);
    }
};

template <class L> struct Window {
    std::array<Peer<L>, seats_shown> peers;
    std::array<Line<L>, seats_shown * seats_shown> lines; // from p to q: p * seats_shown + q; to itself nothing
    typename L::Number incarnation{};                     // to which this change leads
    typename L::Truth under_way{};                        // whether an upgrade is, before it: the change ends it
    typename L::Truth settled{};                          // ghost: somebody has decided
    typename L::Number value{};                           // ghost: .. first, this
    typename L::Truth value_begin{};
    typename L::Truth value_granted{};
    typename L::Truth later{}; // ghost: somebody has gone to a later incarnation

    [[nodiscard]] Line<L>& line(std::size_t from, std::size_t to) { return lines[from * seats_shown + to]; }
    [[nodiscard]] const Line<L>& line(std::size_t from, std::size_t to) const { return lines[from * seats_shown + to]; }

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("p", self.peers[0]);
        visit("q", self.peers[1]);
        visit("r", self.peers[2]);
        visit("p_to_q", self.line(0, 1));
        visit("p_to_r", self.line(0, 2));
        visit("q_to_p", self.line(1, 0));
        visit("q_to_r", self.line(1, 2));
        visit("r_to_p", self.line(2, 0));
        visit("r_to_q", self.line(2, 1));
        visit("incarnation", self.incarnation);
        visit("under_way", self.under_way);
        visit("settled", self.settled);
        visit("value", self.value);
        visit("value_begin", self.value_begin);
        visit("value_granted", self.value_granted);
        visit("later", self.later);
    }
};

// What an action is about: who acts, and whose message it takes; one that is not shown if none of the three.
template <class L> struct Happening {
    std::array<typename L::Truth, seats_shown> acts{};
    std::array<typename L::Truth, seats_shown> from{};
    typename L::Number sender{};         // id of a sender that is not shown
    typename L::Number incarnation{};    // of a message of another change; it is ..
    typename L::Truth is_announcement{}; // .. this,
    typename L::Truth is_reply{};        // .. or this; if neither, a decision
    typename L::Truth asks_begin{};      // what an announcement says that no line shows
    typename L::Truth asks_commit{};
    typename L::Number sn{};      // what a reply or a decision says that no line shows
    typename L::Truth objects{};  // what any reply says
    typename L::Truth is_begin{}; // what a decision says that no line shows
    typename L::Truth is_granted{};
    typename L::Truth hidden_announcement{}; // a seat that is not shown has announced this change, so
    typename L::Truth hidden_decision{};     // .. has decided it
    typename L::Truth hidden_later{};        // .. has ended it, and goes on

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("p_acts", self.acts[0]);
        visit("q_acts", self.acts[1]);
        visit("r_acts", self.acts[2]);
        visit("from_p", self.from[0]);
        visit("from_q", self.from[1]);
        visit("from_r", self.from[2]);
        visit("sender", self.sender);
        visit("incarnation", self.incarnation);
        visit("is_announcement", self.is_announcement);
        visit("is_reply", self.is_reply);
        visit("asks_begin", self.asks_begin);
        visit("asks_commit", self.asks_commit);
        visit("sn", self.sn);
        visit("objects", self.objects);
        visit("is_begin", self.is_begin);
        visit("is_granted", self.is_granted);
        visit("hidden_announcement", self.hidden_announcement);
        visit("hidden_decision", self.hidden_decision);
        visit("hidden_later", self.hidden_later);
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

using Truth = Symbolic::Truth;
using Number = Symbolic::Number;
using Step = Transition<Symbolic>;

enum class ActionId : std::uint8_t {
    lives,
    announces,
    goes_on,
    takes_another,
    hears_announcement,
    replies,
    fails,
    hears_reply,
    decides,
    hears_decision
};
inline constexpr std::size_t action_count = static_cast<std::size_t>(ActionId::hears_decision) + 1;
struct Action {
    const char* name;
    const char* sentence;
    std::function<Truth(const Step&)> relation;
};
// In the order of ActionId; by rules that the proof knows.
[[nodiscard]] std::vector<Action> actions(const impl::UpgradeRules& rules = {});

// What the proof says nothing about, by name: sentences, none if it knows the rules.
[[nodiscard]] std::vector<std::string> unknown_to_proof(const impl::UpgradeRules& rules);

struct Lemma {
    const char* name;
    const char* sentence;
    std::function<Truth(const Window<Symbolic>&)> text;
    // A window that does not show who decided cannot tell; another one does.
    bool needs_decider = false;
    std::function<Truth(const Step&)> of_hidden = {}; // .. of a seat that is not shown
};
[[nodiscard]] std::vector<Lemma> lemmas();

struct Claim {
    const char* name;
    const char* sentence;
    std::function<Truth(const Window<Symbolic>&)> text;
    const char* case_sentence; // that it is there for
    std::function<Truth(const Window<Symbolic>&)> telling;
};
[[nodiscard]] std::vector<Claim> claims();

struct ProofOptions {
    std::vector<std::string> without = {};
    std::vector<Action> actions = change::actions();
    checker::smt::InductionOptions induction = {};
};
using Proof = ProofOf<Transition<Concrete>>;

[[nodiscard]] Argument argument(const ProofOptions& options, const Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options = {});

} // namespace mdcd::model::proof::change
