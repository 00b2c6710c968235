// Reclaims, rolls back, replays and takes over, in the order of impl/recovery.hpp.
// Knows no claim.
#include "model/proof/recovery.hpp"

namespace mdcd::model::proof {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;
using Recovered = RecoveredWindow<Symbolic>;
using impl::Rules;

namespace {

Truth constant(const Shown& window, bool truth) {
    return window.notified.owner().constant(truth);
}

// It stays through the reclamation that recovery begins with.
Truth is_kept(const Checkpoint& checkpoint, Number validated, const Rules& rules) {
    return checkpoint.present && !(cover(checkpoint, rules) <= validated);
}

// The window shows of this process what decides on its recovery: the checkpoint that it rolls back to, or that every
// checkpoint is reclaimed.
Truth shows_recovery(const Process& process, Number validated, const Rules& rules) {
    const Truth none_before = !is_kept(process.before, validated, rules) && !is_kept(process.older, validated, rules);
    return none_before &&
           (is_kept(process.focus, validated, rules) || implies(process.focus.present, process.focus.newest));
}

void roll_back(const Shown& window, const Process& process, Number validated, const Rules& rules,
               Recovered& recovered) {
    const Message& message = window.message;
    const Checkpoint& target = process.focus;
    const bool while_dirty = rules.receiver_log == impl::ReceiverLog::while_dirty;
    recovered.rolled_back = is_kept(target, validated, rules);
    // Reclamation leaves of the log what the target does not contain, or what its index keeps.
    const Truth logged = process.logged && (while_dirty ? !target.logged_before : !(process.log_index <= validated));
    recovered.replayed = recovered.rolled_back && logged;
    if (while_dirty)
        recovered.replayed = recovered.replayed && (!message.dirty || message.low_sn <= validated);
    const Truth received = choose(recovered.rolled_back, target.received, process.received);
    recovered.duplicated = choose(recovered.rolled_back, target.duplicated, process.duplicated) ||
                           (recovered.replayed && (received || process.logged_twice));
    recovered.received = received || recovered.replayed;
    recovered.depends = choose(recovered.rolled_back, target.depends, process.depends);
    recovered.sent = choose(recovered.rolled_back, target.sent, process.sent);
}

// What becomes of the cluster's message shown when the shadow takes over.
void take_over(const Shown& window, const Process& shadow, Number validated, const Rules& rules, Recovered& recovered) {
    const Number known = larger(shadow.valid_sn, validated);
    const Truth is_its = shadow.shadow && window.message.from_cluster;
    const Truth back = recovered.rolled_back;
    const bool restores = rules.rollback_scope == impl::RollbackScope::all_protocol_state;
    const Truth restored = back && constant(window, restores);
    const Number counter = choose(restored, shadow.focus.shadow_sn, shadow.shadow_sn);
    const Truth before_target = shadow.output_number <= shadow.focus.shadow_sn;
    Truth resent = shadow.output_logged && !(shadow.output_index <= validated) && implies(restored, before_target);
    if (rules.resend == impl::Resend::from_checkpoint_index)
        resent = resent && implies(back, shadow.focus.index <= shadow.output_index);
    if (rules.resend == impl::Resend::before_checkpoint_above_validated)
        resent = resent && implies(back, before_target) && !(shadow.output_number <= known);
    recovered.resent = is_its && resent && known < counter;
    // The number under which it generates the message: it goes on counting from where it is.
    const Number next = window.message.number + counter;
    const Truth suppressed = rules.suppress_until == impl::SuppressUntil::inclusive
                                 ? next <= known + recovered.sent
                                 : next + 1 <= known + recovered.sent;
    recovered.generated = is_its && window.message.number <= window.resolved &&
                          recovered.sent < window.message.number && !(counter < known && suppressed);
}

// The message shown is still delivered to the process.
Truth survives(const Shown& window, const Process& process, Number validated, const Rules& rules) {
    const Message& message = window.message;
    const Truth under_way = process.receives && message.exists && message.pending;
    if (rules.in_transit == impl::InTransit::deliver)
        return under_way;
    return under_way && (!message.dirty || message.low_sn <= validated);
}

} // namespace

bool recovers_by_itself(const Rules& rules) {
    return rules.recovery_line == impl::RecoveryLine::local;
}

Number decided(const Shown& window, const Process& process, const Rules& rules) {
    return recovers_by_itself(rules) ? process.valid_sn : window.agreed;
}

Recovered recovered(const Shown& window, const Process& process, const Rules& rules) {
    const Number validated = decided(window, process, rules);
    Recovered result;
    result.shown = shows_recovery(process, validated, rules);
    roll_back(window, process, validated, rules, result);
    take_over(window, process, validated, rules, result);
    result.survives = survives(window, process, validated, rules);
    return result;
}

} // namespace mdcd::model::proof
