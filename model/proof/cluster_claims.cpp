// Recovery after the reclamation, in the order of impl/recovery.hpp and by its guards, and what may not come of it. Of
// a cover that fails the entry `any` is the witness: a claim is about windows that show it.
#include "model/proof/cluster_claims.hpp"

#include <array>

#include "model/proof/cluster_logic.hpp"

namespace mdcd::model::proof::cluster {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Recovered = RecoveredWindow<Symbolic>;
using H = Happening<Symbolic>;
namespace guards = impl::guards;

namespace {

// Suppressed before the checkpoint that the shadow goes back to, if it does.
Truth is_in_target(const Recovered& after, Number count, Number counted) {
    return implies(after.rolled_back, guards::is_in_checkpoint<OneEntry>(count, counted));
}
// A shadow that has generated so many goes on counting from `counter`, and so comes to message `number`. `known`: so
// many are validated, or output; `through`: what it suppresses up to.
Truth is_suppressed(Number number, Number counter, Number generated, Number known, Number through) {
    return guards::is_behind<OneEntry>(counter, known) &&
           guards::is_suppressed<OneEntry>(number + counter, through + generated);
}

// What becomes of the component's message shown when its shadow takes over.
void take_over(const Shown& window, const Process& shadow, Recovered& after) {
    const Number known = checker::smt::larger(shadow.valid_sn[own_entry], window.agreed[own_entry]);
    const Number counter = choose(after.rolled_back, shadow.focus.shadow_sn, shadow.shadow_sn);
    const Truth kept = shadow.output.logged &&
                       guards::keeps_output<OneEntry>(window.agreed[own_entry], shadow.output.index) &&
                       is_in_target(after, shadow.output.number, shadow.focus.shadow_sn);
    const guards::Suppressed<OneEntry> entry{.rolled_back = after.rolled_back,
                                             .checkpoint_index = shadow.focus.index[own_entry],
                                             .checkpoint_count = shadow.focus.shadow_sn,
                                             .index = shadow.output.index,
                                             .count = shadow.output.number,
                                             .number = shadow.output.number};
    after.resent = shadow.generates && kept && guards::resends<OneEntry>(counter, known) &&
                   guards::is_resent<OneEntry>(entry, known, readings());
    const Number through = guards::suppressed_through<OneEntry>(known, readings());
    const Truth suppressed = is_suppressed(window.message.number, counter, after.sent, known, through);
    after.generated = shadow.generates && window.message.number <= window.resolved[own_entry] &&
                      after.sent < window.message.number && !suppressed;
}

// The same of its message to a device.
void take_over_outputs(const Shown& window, const Process& shadow, Recovered& after) {
    const Truth own = shadow.own[own_entry];
    const Number number = window.external_number;
    const Number known = shadow.valid_external;
    const Number counter = choose(after.rolled_back, shadow.focus.external_sn, shadow.external_sn);
    after.external_resent = own && shadow.external.logged &&
                            guards::keeps_counted_output<OneEntry>(known, shadow.external.number) &&
                            is_in_target(after, shadow.external.number, shadow.focus.external_sn);
    const Truth suppressed = is_suppressed(number, counter, after.externals, known, known);
    after.external_generated = own && number <= window.outputs_resolved && after.externals < number && !suppressed;
}

} // namespace

Recovered recovered(const Shown& window, const Process& process, Truth survives) {
    const Truth dirty = window.message.content.dirty;
    Recovered result;
    result.shown = at_most(window.agreed, process.valid_sn) &&
                   implies(process.own[own_entry], window.outputs_made <= process.valid_external) &&
                   implies(process.focus.present, process.focus.oldest);
    result.rolled_back = process.focus.present;
    const Truth back = result.rolled_back;
    result.replayed = back && process.logged && !process.focus.logged_before &&
                      guards::is_replayed<OneEntry>(dirty, survives, readings());
    const Truth received = choose(back, process.focus.received, process.received);
    result.duplicated = choose(back, process.focus.duplicated, process.duplicated) ||
                        (result.replayed && (received || process.logged_twice));
    result.received = received || result.replayed;
    for (const std::size_t entry : {any_entry, own_entry})
        result.depends[entry] = choose(back, process.focus.depends[entry], process.depends[entry]);
    result.sent = choose(back, process.focus.sent, process.sent);
    result.sent_inside = choose(back, process.focus.sent_inside, process.sent_inside);
    result.survives = process.receives && window.message.content.exists && window.message.pending &&
                      guards::survives_recovery<OneEntry>(dirty, survives, readings());
    take_over(window, process, result);
    result.externals = choose(back, process.focus.externals, process.externals);
    take_over_outputs(window, process, result);
    return result;
}

namespace {

// Both processes and the message between them: `other` is the sender, or the shadow if a component is.
struct Outcome {
    Recovered receiver;
    Recovered sender;
    Truth is_shown; // the window shows both ends, and what decides on their recovery
    Truth by_cluster;
    Truth arrives; // received or under way
    Number sent;   // by the sender, of that kind
};

Outcome outcome_of(const Shown& window, const H& happening) {
    const Process& receiver = window.process;
    const Process& sender = happening.other;
    const Truth by_cluster = window.message.from_cluster;
    Outcome result{.receiver = recovered(window, receiver, happening.survives),
                   .sender = recovered(window, sender, happening.survives),
                   .is_shown = receiver.receives && choose(by_cluster, sender.generates, sender.sends),
                   .by_cluster = by_cluster,
                   .arrives = {},
                   .sent = {}};
    result.is_shown = result.is_shown && result.receiver.shown && result.sender.shown;
    result.arrives = result.receiver.received || result.receiver.survives;
    result.sent = choose(sender.shadow, result.sender.sent_inside, result.sender.sent);
    return result;
}

Truth both_shown(const Shown& window, const H& happening) {
    return outcome_of(window, happening).is_shown;
}
// The index of the checkpoint that the sender goes back to is not validated in the entry shown.
Truth both_shown_with_index(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    return after.is_shown && implies(!after.by_cluster && after.sender.rolled_back,
                                     !(happening.other.focus.index[any_entry] <= window.agreed[any_entry]));
}
// If the message does not survive, its number is not validated in the entry shown.
Truth both_shown_with_number(const Shown& window, const H& happening) {
    const auto& content = window.message.content;
    return outcome_of(window, happening).is_shown &&
           implies(content.exists && !happening.survives, !(content.low_sn[any_entry] <= window.agreed[any_entry]));
}

Truth calls_itself_clean(const Shown& window, const H&) {
    return !window.process.dirty;
}
Truth depends_on_the_validated(const Shown& window, const H&) {
    return at_most(window.process.depends, window.validated);
}
Truth clean_after_contamination(const Shown& window, const H&) {
    return !window.process.dirty && window.notified.owner().number(1) <= window.process.depends[any_entry];
}

Truth recovery_shown(const Shown& window, const H& happening) {
    return recovered(window, window.process, happening.survives).shown;
}
Truth no_surviving_dependence(const Shown& window, const H& happening) {
    const Process& process = window.process;
    const Recovered after = recovered(window, process, happening.survives);
    const Truth of_message = at_most(window.message.content.depends, window.validated);
    return at_most(after.depends, window.validated) && implies(after.replayed || after.survives, of_message) &&
           implies(after.resent, at_most(process.output.depends, window.validated)) &&
           implies(after.external_resent, at_most(process.external.depends, window.validated));
}
Truth contaminated_and_rolled_back(const Shown& window, const H& happening) {
    const Recovered after = recovered(window, window.process, happening.survives);
    return after.shown && after.rolled_back && window.validated[any_entry] < window.process.depends[any_entry];
}

// Received or arriving, but in no history that has sent it.
Truth no_orphan(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    const Number number = window.message.number;
    return choose(after.by_cluster, implies(after.arrives || after.sender.resent, number <= window.resolved[own_entry]),
                  implies(after.arrives, number <= after.sent));
}
Truth sender_rolled_back(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    return after.is_shown && !after.by_cluster && after.sender.rolled_back && after.sent < window.message.number &&
           window.process.received;
}

// In the sender's history, or decided, but neither received nor arriving.
Truth no_lost_message(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    const Number number = window.message.number;
    return choose(
        after.by_cluster,
        implies(number <= window.resolved[own_entry], after.arrives || after.sender.resent || after.sender.generated),
        implies(number <= after.sent, after.arrives));
}
Truth receiver_rolled_back(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    return after.is_shown && after.receiver.rolled_back && window.process.received && !window.process.focus.received;
}

Truth no_duplicate(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    const Truth from_shadow = after.by_cluster && (after.sender.resent || after.sender.generated);
    const Truth twice =
        after.receiver.duplicated || (after.receiver.received && after.receiver.survives) ||
        (after.receiver.survives && window.message.pending_twice) || (from_shadow && after.arrives) ||
        (after.by_cluster && after.sender.resent && (after.sender.generated || happening.other.output.twice));
    return !twice;
}
Truth shadow_sends_too(const Shown& window, const H& happening) {
    const Outcome after = outcome_of(window, happening);
    return after.is_shown && after.by_cluster && window.message.content.exists &&
           (after.sender.resent || after.sender.generated);
}

Truth sent_by_component(const Shown& window, const H&) {
    return window.message.from_cluster && window.message.content.exists;
}
Truth carries_its_place(const Shown& window, const H&) {
    return window.message.content.low_sn[own_entry] == window.message.number;
}

// What a shadow sends again comes in order, and nothing that its history contains and no test has proved is missing.
Truth taking_over_shown(const Shown& window, const H& happening) {
    return window.process.own[own_entry] && recovery_shown(window, happening);
}
Truth in_order(const OutputsWindow<Symbolic>& log) {
    return !log.twice && implies(log.other && log.other_in_front, log.other_number < log.number);
}
Truth takes_over_in_order(const Shown& window, const H& happening) {
    const Process& process = window.process;
    const Recovered after = recovered(window, process, happening.survives);
    const Number number = window.message.number;
    const Number external = window.external_number;
    return implies(process.generates && number <= after.sent && window.agreed[own_entry] < number, after.resent) &&
           implies(after.resent, number <= after.sent && in_order(process.output)) &&
           implies(external <= after.externals && window.outputs_made < external, after.external_resent) &&
           implies(after.external_resent, external <= after.externals && in_order(process.external));
}
Truth resends_several(const Shown& window, const H& happening) {
    return taking_over_shown(window, happening) && recovered(window, window.process, happening.survives).resent &&
           window.process.output.other && window.process.output.other_in_front;
}

// Each message to a device that is decided was output by its new version, or is by its shadow, once; no other is.
Truth outputs_once(const Shown& window, const H& happening) {
    const Recovered after = recovered(window, window.process, happening.survives);
    const Number number = window.external_number;
    const Truth made = number <= window.outputs_made;
    const Truth later = after.external_resent || after.external_generated;
    return (number <= window.outputs_resolved) == (made || later) && !(made && later) &&
           !(after.external_resent && (after.external_generated || window.process.external.twice));
}
Truth outputs_before_and_after(const Shown& window, const H& happening) {
    return taking_over_shown(window, happening) && window.notified.owner().number(1) <= window.outputs_made &&
           recovered(window, window.process, happening.survives).external_resent;
}

// What may be needed is there: a state free of what is beyond V; in it or in the log each message received; in the log
// of outputs each one beyond V, and each message to a device that its new version has not output.
Truth oldest_shown(const Shown& window, const H&) {
    return implies(window.process.focus.present, window.process.focus.oldest);
}
Truth keeps_what_may_be_needed(const Shown& window, const H&) {
    const Process& process = window.process;
    const auto& oldest = process.focus;
    const Truth is_free =
        choose(oldest.present, at_most(oldest.depends, window.validated), at_most(process.depends, window.validated));
    const Truth is_logged = process.logged && !oldest.logged_before;
    const Truth has_inputs = implies(oldest.present && process.received, oldest.received || is_logged);
    const Truth has_outputs = implies(process.generates && window.message.number <= process.sent &&
                                          window.validated[own_entry] < window.message.number,
                                      process.output.logged);
    const Truth has_externals = implies(process.own[own_entry] && window.external_number <= process.externals &&
                                            window.outputs_made < window.external_number,
                                        process.external.logged);
    return is_free && has_inputs && has_outputs && has_externals;
}
Truth reclaimed_something(const Shown& window, const H&) {
    const Process& process = window.process;
    const Number one = window.notified.owner().number(1);
    return process.focus.present && process.focus.oldest && one <= process.valid_sn[any_entry] && process.received &&
           !process.focus.received;
}

// Nothing is kept in vain: of a process that is not reclaiming, by what it knows itself. The entry shown is one in
// which the index is not validated.
Truth kept_shown(const Shown& window, const H&) {
    const Process& process = window.process;
    return process.settled && implies(process.focus.present && process.focus.wanted,
                                      !(process.focus.index[any_entry] <= process.valid_sn[any_entry]));
}
Truth is_of_use(const Shown& window, const H&) {
    const Process& process = window.process;
    const auto& each = process.focus;
    return implies(each.present, each.wanted && !(each.absorbed[any_entry] <= process.valid_sn[any_entry])) &&
           implies(process.logged, each.present && implies(each.oldest, !each.received));
}
Truth knows_and_keeps(const Shown& window, const H&) {
    const Process& process = window.process;
    return process.focus.present && process.logged && window.notified.owner().number(1) <= process.valid_sn[own_entry];
}

} // namespace

std::span<const ProvedClaim> claims() {
    static constexpr std::array<ProvedClaim, 10> table{{
        {"containment", "a clean process depends on no unvalidated message of any component", calls_itself_clean,
         depends_on_the_validated, "a clean process that depends on a component", clean_after_contamination},
        {"no_surviving_dependence",
         "after recovery nothing depends on an unvalidated message, nor will anything that still arrives",
         recovery_shown, no_surviving_dependence, "a process that depends on the unvalidated and rolls back",
         contaminated_and_rolled_back},
        {"no_orphan", "after recovery no message is received or arrives that nobody has sent", both_shown_with_index,
         no_orphan, "a message that was received, and whose sender goes back to before it was sent",
         sender_rolled_back},
        {"no_lost_message", "after recovery each message sent is received or arrives", both_shown_with_number,
         no_lost_message, "a message that was received, and whose receiver goes back to before that",
         receiver_rolled_back},
        {"no_duplicate", "after recovery no message is received or arrives twice", both_shown, no_duplicate,
         "a message that a new version has sent and that its shadow sends, too", shadow_sends_too},
        {"unique_sn", "a message that leaves the cluster carries its place as its component's entry, as no other does",
         sent_by_component, carries_its_place, "a message that left the cluster", sent_by_component},
        {"takeover_order",
         "what a shadow sends again, or outputs, ascends, and none is missing that no test has proved",
         taking_over_shown, takes_over_in_order, "a shadow that sends two messages again", resends_several},
        {"reclamation_safety", "a reclamation takes nothing that a recovery may need", oldest_shown,
         keeps_what_may_be_needed, "a process that has been told something and keeps a log", reclaimed_something},
        {"reclamation_completeness", "a process that is not reclaiming keeps nothing that no recovery can use",
         kept_shown, is_of_use, "a process that has been told something and keeps a checkpoint and a logged input",
         knows_and_keeps},
        {"output_exactly_once",
         "after recovery each message to a device is output once: by the new version before, or by its shadow",
         taking_over_shown, outputs_once, "an output before the recovery, and one that a shadow makes again after it",
         outputs_before_and_after},
    }};
    return table;
}

} // namespace mdcd::model::proof::cluster
