// What may not come of recovery, and of calling oneself clean.
// Knows no lemma, and no rule: what recovery does is in recovery.cpp.
#include "model/proof/claims.hpp"

#include <array>

#include "model/proof/recovery.hpp"

namespace mdcd::model::proof {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Recovered = RecoveredWindow<Symbolic>;
using impl::Rules;

namespace {

// Both processes and the message between them: `other` is the sender, or the shadow if the cluster is.
struct Outcome {
    Recovered receiver;
    Recovered sender;
    Truth is_shown; // the window shows both ends, and what decides on their recovery
    Truth by_cluster;
    Truth arrives; // received or under way
};

Outcome outcome(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Process& receiver = window.process;
    const Process& sender = happening.other;
    const Truth by_cluster = window.message.from_cluster;
    Outcome result{.receiver = recovered(window, receiver, rules),
                   .sender = recovered(window, sender, rules),
                   .is_shown = receiver.receives && choose(by_cluster, sender.shadow, sender.sends),
                   .by_cluster = by_cluster,
                   .arrives = {}};
    result.is_shown = result.is_shown && result.receiver.shown && result.sender.shown;
    result.arrives = result.receiver.received || result.receiver.survives;
    return result;
}

Truth both_shown(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    return outcome(window, happening, rules).is_shown;
}

Truth calls_itself_clean(const Shown& window, const Happening<Symbolic>&, const Rules&) {
    return !window.process.dirty;
}
Truth depends_on_the_validated(const Shown& window, const Happening<Symbolic>&, const Rules&) {
    return window.process.depends <= window.validated;
}
Truth clean_after_contamination(const Shown& window, const Happening<Symbolic>&, const Rules&) {
    return !window.process.dirty && window.notified.owner().number(1) <= window.process.depends;
}

Truth recovery_shown(const Shown& window, const Happening<Symbolic>&, const Rules& rules) {
    return recovered(window, window.process, rules).shown;
}
Truth no_surviving_dependence(const Shown& window, const Happening<Symbolic>&, const Rules& rules) {
    const Process& process = window.process;
    const Recovered after = recovered(window, process, rules);
    const Truth of_message = window.message.depends <= window.validated;
    return after.depends <= window.validated && implies(after.replayed, of_message) &&
           implies(after.survives, of_message) && implies(after.resent, process.output_depends <= window.validated);
}
Truth contaminated_and_rolled_back(const Shown& window, const Happening<Symbolic>&, const Rules& rules) {
    const Recovered after = recovered(window, window.process, rules);
    return after.shown && after.rolled_back && window.validated < window.process.depends;
}

// Received or arriving, but in no history that has sent it.
Truth no_orphan(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    const Number number = window.message.number;
    return choose(after.by_cluster, implies(after.arrives || after.sender.resent, number <= window.resolved),
                  implies(after.arrives, number <= after.sender.sent));
}
Truth sender_rolled_back(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    return after.is_shown && !after.by_cluster && after.sender.rolled_back &&
           after.sender.sent < window.message.number && window.process.received;
}

// In the sender's history, or decided, but neither received nor arriving.
Truth no_lost_message(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    const Number number = window.message.number;
    return choose(after.by_cluster,
                  implies(number <= window.resolved, after.arrives || after.sender.resent || after.sender.generated),
                  implies(number <= after.sender.sent, after.arrives));
}
Truth receiver_rolled_back(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    return after.is_shown && after.receiver.rolled_back && window.process.received && !window.process.focus.received;
}

Truth no_duplicate(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    const Truth from_shadow = after.by_cluster && (after.sender.resent || after.sender.generated);
    const Truth twice =
        after.receiver.duplicated || (after.receiver.received && after.receiver.survives) ||
        (after.receiver.survives && window.message.pending_twice) || (from_shadow && after.arrives) ||
        (after.by_cluster && after.sender.resent && (after.sender.generated || happening.other.output_twice));
    return !twice;
}
Truth shadow_sends_too(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    return after.is_shown && after.by_cluster && window.message.exists &&
           (after.sender.resent || after.sender.generated);
}

} // namespace

std::span<const ProvedClaim> claims() {
    static constexpr std::array<ProvedClaim, 5> table{{
        {"containment", Claim::containment, "a clean process depends on no unvalidated message of the cluster",
         calls_itself_clean, depends_on_the_validated, "a clean process that depends on the cluster",
         clean_after_contamination},
        {"no_surviving_dependence", Claim::consistency,
         "after recovery nothing depends on an unvalidated message, nor will anything that still arrives",
         recovery_shown, no_surviving_dependence, "a process that depends on the unvalidated and rolls back",
         contaminated_and_rolled_back},
        {"no_orphan", Claim::consistency, "after recovery no message is received or arrives that nobody has sent",
         both_shown, no_orphan, "a message that was received, and whose sender goes back to before it was sent",
         sender_rolled_back},
        {"no_lost_message", Claim::consistency, "after recovery each message sent is received or arrives", both_shown,
         no_lost_message, "a message that was received, and whose receiver goes back to before that",
         receiver_rolled_back},
        {"no_duplicate", Claim::consistency, "after recovery no message is received or arrives twice", both_shown,
         no_duplicate, "a message of the cluster that L1 has sent and that the shadow sends, too", shadow_sends_too},
    }};
    return table;
}

} // namespace mdcd::model::proof
