// Reclaims, rolls back, replays and takes over, in the order of impl/recovery.hpp, by the guards of impl/guards.hpp.
// Knows no claim.
#include "model/proof/recovery.hpp"

#include "model/proof/guard_logic.hpp"

namespace mdcd::model::proof {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;
using Recovered = RecoveredWindow<Symbolic>;
using impl::Rules;
namespace guards = impl::guards;

namespace {

Truth constant(const Shown& window, bool truth) {
    return window.notified.owner().constant(truth);
}

// It stays through the reclamation that recovery begins with.
Truth is_kept(const Checkpoint& checkpoint, Number validated, const Rules& rules) {
    return checkpoint.present &&
           !guards::is_reclaimable<OneEntry>(validated, checkpoint.index, checkpoint.absorbed, rules);
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
    recovered.rolled_back = is_kept(target, validated, rules);
    // Reclamation leaves of the log what the target does not contain, or what its index keeps.
    const Truth logged =
        process.logged && guards::keeps_input<OneEntry>(process.log_index <= validated, target.logged_before, rules);
    recovered.replayed = recovered.rolled_back && logged &&
                         guards::is_replayed<OneEntry>(message.dirty, message.low_sn <= validated, rules);
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
    const Truth restored = back && constant(window, guards::restores_protocol_state(rules));
    const Number counter = choose(restored, shadow.focus.shadow_sn, shadow.shadow_sn);
    const Truth logged =
        shadow.output_logged && guards::keeps_output<OneEntry>(validated, shadow.output_index) &&
        implies(restored, guards::is_in_checkpoint<OneEntry>(shadow.output_number, shadow.focus.shadow_sn));
    const guards::Suppressed<OneEntry> entry{.rolled_back = back,
                                             .checkpoint_index = shadow.focus.index,
                                             .checkpoint_count = shadow.focus.shadow_sn,
                                             .index = shadow.output_index,
                                             .count = shadow.output_number,
                                             .number = shadow.output_number};
    recovered.resent = is_its && logged && guards::resends<OneEntry>(counter, known) &&
                       guards::is_resent<OneEntry>(entry, known, rules);
    // The number under which it generates the message: it goes on counting from where it is.
    const Number next = window.message.number + counter;
    const Number through = guards::suppressed_through<OneEntry>(known, rules);
    const Truth suppressed =
        guards::is_behind<OneEntry>(counter, known) && guards::is_suppressed<OneEntry>(next, through + recovered.sent);
    recovered.generated =
        is_its && window.message.number <= window.resolved && recovered.sent < window.message.number && !suppressed;
}

// The message shown is still delivered to the process.
Truth survives(const Shown& window, const Process& process, Number validated, const Rules& rules) {
    const Message& message = window.message;
    const Truth under_way = process.receives && message.exists && message.pending;
    return under_way && guards::survives_recovery<OneEntry>(message.dirty, message.low_sn <= validated, rules);
}

} // namespace

bool recovers_by_itself(const Rules& rules) {
    return guards::recovers_by_itself(rules);
}

Number decided(const Shown& window, const Process& process, const Rules& rules) {
    return guards::recovers_by<OneEntry>(process.valid_sn, window.agreed, rules);
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
