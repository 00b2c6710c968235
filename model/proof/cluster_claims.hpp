// What the lemmas are to imply of every state with any number of components: the claims (docs/soundness.md), said of
// windows. Claims about recovery are said of processes that have learned what was agreed on and have reclaimed by it,
// as recovery begins; what is left of it is in recovered().
#pragma once

#include <span>

#include "model/proof/cluster_actions.hpp"

namespace mdcd::model::proof::cluster {

// A process after it rolled back, or did not, and what becomes of the message shown.
template <class L> struct RecoveredWindow {
    typename L::Truth shown{}; // it has learned and reclaimed; if not, the rest means nothing
    typename L::Truth rolled_back{};
    typename L::Truth received{};
    typename L::Truth duplicated{};
    typename L::Truth replayed{};        // from the receiver log
    typename L::Truth survives{};        // still under way, and will be delivered
    typename L::Truth resent{};          // by its shadow, from its log
    typename L::Truth generated{};       // by its shadow, later, and not suppressed
    Entries<typename L::Number> depends; // of the state it went back to, before the replay
    typename L::Number sent{};           // as Lemma's count: what leaves the cluster, of a shadow
    typename L::Number sent_inside{};
    // Of the shadow of the component shown, its message to a device.
    typename L::Number externals{};         // ghost: messages to devices
    typename L::Truth external_resent{};    // from its log
    typename L::Truth external_generated{}; // later, and not suppressed

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
        visit("sent_inside", self.sent_inside);
        visit("externals", self.externals);
        visit("external_resent", self.external_resent);
        visit("external_generated", self.external_generated);
    }
};

[[nodiscard]] RecoveredWindow<Symbolic> recovered(const Window<Symbolic>& window,
                                                  const ProcessWindow<Symbolic>& process, Truth survives);

// Where `guard` is true, `statement` must be: of the process shown as receiver and the other one as sender.
struct ProvedClaim {
    using Text = Truth (*)(const Window<Symbolic>&, const Happening<Symbolic>&);

    const char* name;
    const char* sentence;
    Text guard;
    Text statement;
    // A case that the claim is there for. It has to be possible, and to be met.
    const char* case_sentence;
    Text telling;

    [[nodiscard]] Truth text(const Window<Symbolic>& window, const Happening<Symbolic>& happening) const {
        return implies(guard(window, happening), statement(window, happening));
    }
};

[[nodiscard]] std::span<const ProvedClaim> claims();

} // namespace mdcd::model::proof::cluster
