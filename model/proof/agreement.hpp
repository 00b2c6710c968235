// The proof that a recovery by messages has one outcome (impl/recovery_protocol.hpp), for any number of processes:
// windows of three of them and of all that is under way between them, about one recovery, of any incarnation; lemmas,
// claims and what Z3 found. New versions take part, or one of them does not and may coordinate all the same. Knows no
// scope: agreement_tie.hpp compares it with the implementation.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/argument.hpp"
#include "model/proof/window.hpp"

namespace mdcd::model::proof::agreement {

inline constexpr std::size_t peers_shown = 3;

// A process, of the recovery that starts the incarnation shown. Of every vector one entry, the same everywhere.
template <class L> struct Peer {
    using Truth = typename L::Truth;
    using Number = typename L::Number;

    Number id{};          // where two coordinate, the smaller one wins
    Truth is_new{};       // a new version: once it has halted or decided it stops for good
    Truth outside{};      // a new version that takes no part: nobody tells it, or asks it
    Truth gone{};         // .. and that never announces this one, since it is not the first
    Truth is_before{};    // its incarnation is an earlier one
    Truth at{};           // .. is this one; if not, what follows up to `known` is 0
    Truth running{};      // it has ended the recovery
    Truth coordinating{}; // otherwise it waits for a coordinator
    Number coordinator{}; // id; its own if it coordinates
    Number known{};       // what it was told as the coordinator
    Number valid{};       // what it knows to be validated
    Number offered{};     // ghost: what it knew when it halted
    Truth ended{};        // ghost: it has ended this recovery, perhaps long ago
    Number decision{};    // ghost: .. with this
    Truth decider{};      // ghost: .. after it had counted the replies itself
    Truth first{};        // ghost: .. before anybody else had

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("is_new", self.is_new);
        visit("outside", self.outside);
        visit("gone", self.gone);
        visit("is_before", self.is_before);
        visit("at", self.at);
        visit("running", self.running);
        visit("coordinating", self.coordinating);
        visit("coordinator", self.coordinator);
        visit("known", self.known);
        visit("valid", self.valid);
        visit("offered", self.offered);
        visit("ended", self.ended);
        visit("decision", self.decision);
        visit("decider", self.decider);
        visit("first", self.first);
    }
};

// From one process to another: messages of this recovery under way, or held there.
template <class L> struct Line {
    typename L::Truth announced{};
    typename L::Truth replied{};
    typename L::Number reply_sn{};
    typename L::Truth counted{}; // the other one coordinates and has counted the reply
    typename L::Truth decided{};
    typename L::Number decision_sn{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("announced", self.announced);
        visit("replied", self.replied);
        visit("reply_sn", self.reply_sn);
        visit("counted", self.counted);
        visit("decided", self.decided);
        visit("decision_sn", self.decision_sn);
    }
};

template <class L> struct Window {
    std::array<Peer<L>, peers_shown> peers;
    std::array<Line<L>, peers_shown * peers_shown> lines; // from p to q: p * peers_shown + q; to itself nothing
    typename L::Truth answers_late{};                     // who has ended it says so to whoever announces it
    typename L::Truth settled{};                          // ghost: somebody has decided
    typename L::Number value{};                           // ghost: .. first, this

    [[nodiscard]] Line<L>& line(std::size_t from, std::size_t to) { return lines[from * peers_shown + to]; }
    [[nodiscard]] const Line<L>& line(std::size_t from, std::size_t to) const { return lines[from * peers_shown + to]; }

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
        visit("answers_late", self.answers_late);
        visit("settled", self.settled);
        visit("value", self.value);
    }
};

// What an action is about: who acts, and whose message it takes; one that is not shown if none of the three.
template <class L> struct Happening {
    std::array<typename L::Truth, peers_shown> acts{};
    std::array<typename L::Truth, peers_shown> from{};
    typename L::Number sender{};         // id of a sender that is not shown
    typename L::Number sn{};             // what its reply says, or what a coordinator that is not shown decides
    typename L::Truth hidden_decision{}; // a process that is not shown has decided, or handed on, this
    typename L::Number decision_sn{};

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("p_acts", self.acts[0]);
        visit("q_acts", self.acts[1]);
        visit("r_acts", self.acts[2]);
        visit("from_p", self.from[0]);
        visit("from_q", self.from[1]);
        visit("from_r", self.from[2]);
        visit("sender", self.sender);
        visit("sn", self.sn);
        visit("hidden_decision", self.hidden_decision);
        visit("decision_sn", self.decision_sn);
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
    learns,
    moves_on,
    announces,
    hears_announcement,
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
[[nodiscard]] std::vector<Action> actions(); // in the order of ActionId

struct Lemma {
    const char* name;
    const char* sentence;
    std::function<Truth(const Window<Symbolic>&)> text;
    // A window that does not show who decided cannot tell; another one does.
    bool needs_decider = false;
    std::function<Truth(const Step&)> of_hidden = {}; // .. of a decision whose sender is not shown
};
[[nodiscard]] std::vector<Lemma> lemmas();
[[nodiscard]] Truth assumed(const Lemma& lemma, const Step& step);
[[nodiscard]] Truth concluded(const Lemma& lemma, const Window<Symbolic>& window);

// How windows hang together, and the beginning.
[[nodiscard]] Truth well_formed(const Step& step);
[[nodiscard]] Truth initial(const Window<Symbolic>& window);

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
    std::vector<Action> actions = agreement::actions();
    checker::smt::InductionOptions induction = {};
};
using Proof = ProofOf<Transition<Concrete>>;

[[nodiscard]] Argument argument(const ProofOptions& options, const Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options = {});

} // namespace mdcd::model::proof::agreement
