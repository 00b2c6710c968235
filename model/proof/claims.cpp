// Recovery as impl/recovery.hpp does it, on what a window shows; then what may not come of it.
// Knows no lemma.
#include "model/proof/claims.hpp"

#include <array>

namespace mdcd::model::proof {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;
using impl::Rules;

namespace {

Truth constant(const Shown& window, bool truth) {
    return window.notified.owner().constant(truth);
}

// It stays through the reclamation that recovery begins with.
Truth is_kept(const Checkpoint& checkpoint, Number validated, const Rules& rules) {
    return checkpoint.present && !(cover(checkpoint, rules) <= validated);
}

// A process after recovery, as far as the message shown is concerned.
struct Recovered {
    Truth rolled_back;
    Truth received;
    Truth duplicated;
    Truth replayed;
    Number depends; // of the state it went back to, before the replay
    Number sent;
};

Recovered recover(const Shown& window, const Process& process, const Rules& rules) {
    const Number validated = decided(window, process, rules);
    const Message& message = window.message;
    const Checkpoint& target = process.focus;
    Recovered result;
    result.rolled_back = is_kept(target, validated, rules);
    const bool while_dirty = rules.receiver_log == impl::ReceiverLog::while_dirty;
    // Reclamation leaves of the log what the target does not contain, or what its index keeps.
    const Truth logged = process.logged && (while_dirty ? !target.logged_before : !(process.log_index <= validated));
    result.replayed = result.rolled_back && logged;
    if (while_dirty)
        result.replayed = result.replayed && (!message.dirty || message.low_sn <= validated);
    const Truth received = choose(result.rolled_back, target.received, process.received);
    result.duplicated =
        choose(result.rolled_back, target.duplicated, process.duplicated) || (received && result.replayed);
    result.received = received || result.replayed;
    result.depends = choose(result.rolled_back, target.depends, process.depends);
    result.sent = choose(result.rolled_back, target.sent, process.sent);
    return result;
}

// What becomes of the cluster's message shown when the shadow takes over.
struct TakenOver {
    Truth resent;
    Truth generated; // later, and not suppressed
};

TakenOver take_over(const Shown& window, const Process& shadow, const Rules& rules) {
    const Number validated = decided(window, shadow, rules);
    const Number known = larger(shadow.valid_sn, validated);
    const Number number = shadow.output_number;
    const Recovered recovered = recover(window, shadow, rules);
    const Truth back = recovered.rolled_back;
    const bool restores = rules.rollback_scope == impl::RollbackScope::all_protocol_state;
    const Truth restored = back && constant(window, restores);
    const Number counter = choose(restored, shadow.focus.shadow_sn, shadow.shadow_sn);
    const Truth before_target = number <= shadow.focus.shadow_sn;
    Truth resent = shadow.output_logged && !(shadow.output_index <= validated) && implies(restored, before_target);
    if (rules.resend == impl::Resend::from_checkpoint_index)
        resent = resent && implies(back, shadow.focus.index <= shadow.output_index);
    if (rules.resend == impl::Resend::before_checkpoint_above_validated)
        resent = resent && implies(back, before_target) && !(number <= known);
    const Truth suppressed = rules.suppress_until == impl::SuppressUntil::inclusive
                                 ? window.message.number <= known
                                 : window.message.number + 1 <= known;
    const Truth generated = window.message.number <= window.resolved && recovered.sent < window.message.number &&
                            !(counter < known && suppressed);
    return {.resent = resent && known < counter, .generated = generated};
}

// The message shown is still delivered to the process shown.
Truth survives(const Shown& window, const Rules& rules) {
    const Message& message = window.message;
    const Truth under_way = window.process.receives && message.exists && message.pending;
    if (rules.in_transit == impl::InTransit::deliver)
        return under_way;
    return under_way && (!message.dirty || message.low_sn <= decided(window, window.process, rules));
}

// Both processes and the message between them: `other` is the sender, or the shadow if the cluster is.
struct Outcome {
    Recovered receiver;
    Recovered sender;
    TakenOver shadow;
    Truth is_shown; // the window shows both ends, and what decides on their recovery
    Truth by_cluster;
    Truth survives;
};

Outcome outcome(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Process& receiver = window.process;
    const Process& sender = happening.other;
    const Truth by_cluster = window.message.from_cluster;
    return {.receiver = recover(window, receiver, rules),
            .sender = recover(window, sender, rules),
            .shadow = take_over(window, sender, rules),
            .is_shown = receiver.receives && choose(by_cluster, sender.shadow, sender.sends) &&
                        shows_recovery(receiver, decided(window, receiver, rules), rules) &&
                        shows_recovery(sender, decided(window, sender, rules), rules),
            .by_cluster = by_cluster,
            .survives = survives(window, rules)};
}

Truth containment(const Shown& window, const Happening<Symbolic>&, const Rules&) {
    return window.process.dirty || window.process.depends <= window.validated;
}

Truth no_surviving_dependence(const Shown& window, const Happening<Symbolic>&, const Rules& rules) {
    const Process& process = window.process;
    const Recovered recovered = recover(window, process, rules);
    const Truth of_message = window.message.depends <= window.validated;
    const Truth resent = process.shadow && window.message.from_cluster && take_over(window, process, rules).resent;
    return implies(shows_recovery(process, decided(window, process, rules), rules),
                   recovered.depends <= window.validated && implies(recovered.replayed, of_message) &&
                       implies(survives(window, rules), of_message) &&
                       implies(resent, process.output_depends <= window.validated));
}

// Received or arriving, but in no history that has sent it.
Truth no_orphan(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    const Truth arrives = after.receiver.received || after.survives;
    const Number number = window.message.number;
    return implies(after.is_shown,
                   choose(after.by_cluster, implies(arrives || after.shadow.resent, number <= window.resolved),
                          implies(arrives, number <= after.sender.sent)));
}

// In the sender's history, or decided, but neither received nor arriving.
Truth no_lost_message(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    const Truth arrives = after.receiver.received || after.survives;
    const Number number = window.message.number;
    return implies(after.is_shown,
                   choose(after.by_cluster,
                          implies(number <= window.resolved, arrives || after.shadow.resent || after.shadow.generated),
                          implies(number <= after.sender.sent, arrives)));
}

Truth no_duplicate(const Shown& window, const Happening<Symbolic>& happening, const Rules& rules) {
    const Outcome after = outcome(window, happening, rules);
    const Truth from_shadow = after.by_cluster && (after.shadow.resent || after.shadow.generated);
    const Truth twice = after.receiver.duplicated || (after.receiver.received && after.survives) ||
                        (from_shadow && (after.receiver.received || after.survives)) ||
                        (after.by_cluster && after.shadow.resent && after.shadow.generated);
    return implies(after.is_shown, !twice);
}

} // namespace

Number decided(const Shown& window, const Process& process, const Rules& rules) {
    return rules.recovery_line == impl::RecoveryLine::local ? process.valid_sn : window.agreed;
}

Truth shows_recovery(const Process& process, Number validated, const Rules& rules) {
    const Truth none_before = !is_kept(process.before, validated, rules) && !is_kept(process.older, validated, rules);
    return none_before &&
           (is_kept(process.focus, validated, rules) || implies(process.focus.present, process.focus.newest));
}

std::span<const ProvedClaim> claims() {
    static constexpr std::array<ProvedClaim, 5> table{{
        {"containment", Claim::containment, "a clean process depends on no unvalidated message of the cluster",
         containment},
        {"no_surviving_dependence", Claim::consistency,
         "after recovery nothing depends on an unvalidated message, nor will anything that still arrives",
         no_surviving_dependence},
        {"no_orphan", Claim::consistency, "after recovery no message is received or arrives that nobody has sent",
         no_orphan},
        {"no_lost_message", Claim::consistency, "after recovery each message sent is received or arrives",
         no_lost_message},
        {"no_duplicate", Claim::consistency, "after recovery no message is received or arrives twice", no_duplicate},
    }};
    return table;
}

} // namespace mdcd::model::proof
