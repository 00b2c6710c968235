// What a step does to who takes part in it, and that it does nothing else.
// Handlers of processes of high confidence are in handlers.cpp.
#include "model/proof/actions.hpp"

#include <array>

#include "model/proof/fields.hpp"
#include "model/proof/guard_logic.hpp"
#include "model/proof/handlers.hpp"

namespace mdcd::model::proof {

using Step = Transition<Symbolic>;
using W = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;

namespace {

// What does not change with any step: which process and which message the window shows.
Truth same_view(const Step& step) {
    const Process& before = step.before.process;
    const Process& after = step.after.process;
    return before.shadow == after.shadow && before.sends == after.sends && before.receives == after.receives &&
           step.before.message.number == step.after.message.number &&
           step.before.message.from_cluster == step.after.message.from_cluster;
}

Truth low_is_idle(const Step& step) {
    return step.before.low_sent == step.after.low_sent && step.before.low_sn == step.after.low_sn &&
           step.before.low_valid == step.after.low_valid && step.before.low_depends == step.after.low_depends;
}
Truth validated_stays(const Step& step) {
    return step.before.validated == step.after.validated && step.before.agreed == step.after.agreed;
}
Truth script_stays(const Step& step) {
    return step.before.resolved == step.after.resolved;
}
Truth process_stays(const Step& step) {
    return same(step.before.process, step.after.process);
}
Truth message_stays(const Step& step) {
    return same(step.before.message, step.after.message);
}

// The notification shown stays under way, or is gone; or it is a new one with this number.
Truth notification_may_arrive(const Step& step) {
    return implies(step.after.notified, step.before.notified && step.after.notified_sn == step.before.notified_sn);
}
Truth notification_is_sent(const Step& step, Number number) {
    return notification_may_arrive(step) || step.after.notified_sn == number;
}

// The k-th message of the cluster is decided once, by the side that gets there first.
Number resolved_by(const W& window, Number sent) {
    return choose(window.resolved < sent, window.resolved + 1, window.resolved);
}

// The message shown becomes this one if `is_shown`.
Truth sends_message(const Step& step, Truth is_shown, Truth dirty, Number low_sn, Number depends) {
    Message sent = step.before.message;
    const Truth yes = sent.exists.owner().constant(true);
    sent.pending_twice = sent.exists && sent.pending;
    sent.exists = yes;
    sent.pending = yes;
    sent.dirty = dirty;
    sent.low_sn = low_sn;
    sent.depends = depends;
    return choose(is_shown, same(sent, step.after.message), message_stays(step));
}

Truth low_sends(const Step& step, const impl::Rules&) {
    const W& before = step.before;
    const W& after = step.after;
    const Truth yes = before.notified.owner().constant(true);
    const Truth is_shown = before.message.from_cluster && before.message.number == after.low_sent;
    return after.low_sent == before.low_sent + 1 && after.low_sn == before.low_sn + 1 &&
           after.low_depends == larger(before.low_depends, after.low_sent) && after.low_valid == before.low_valid &&
           after.resolved == resolved_by(before, after.low_sent) &&
           sends_message(step, is_shown, yes, after.low_sn, after.low_depends) && validated_stays(step) &&
           process_stays(step) && notification_may_arrive(step);
}

Truth low_passes_test(const Step& step, const impl::Rules&) {
    const W& before = step.before;
    const W& after = step.after;
    // Its register takes over its number; had it been larger, the largest known number could even fall.
    return after.low_sent == before.low_sent && after.low_sn == before.low_sn &&
           after.low_depends == before.low_depends && after.low_valid == before.low_sn &&
           after.validated == larger(before.validated, before.low_depends) &&
           implies(before.low_valid <= before.low_sn, after.agreed == larger(before.agreed, before.low_sn)) &&
           before.low_sn <= after.agreed && after.agreed <= larger(before.agreed, before.low_sn) &&
           notification_is_sent(step, before.low_sn) && process_stays(step) && message_stays(step) &&
           script_stays(step);
}

Truth low_receives(const Step& step, const impl::Rules& rules) {
    const W& before = step.before;
    const W& after = step.after;
    const Message& message = step.happening.received;
    // The window follows the copy of a message that goes to the shadow.
    return message.exists && message.pending && after.low_sent == before.low_sent &&
           after.low_sn == impl::guards::low_sn_after_reception<OneEntry>(before.low_sn, message.low_sn, rules) &&
           after.low_valid == before.low_valid && after.low_depends == larger(before.low_depends, message.depends) &&
           validated_stays(step) && script_stays(step) && process_stays(step) && message_stays(step) &&
           notification_may_arrive(step);
}

Truth shadow_generates(const Step& step, const impl::Rules& rules) {
    const W& before = step.before;
    const W& after = step.after;
    const Truth here = same(generates(before.process, before.message, rules), after.process) &&
                       after.resolved == resolved_by(before, before.process.sent + 1) && before.process.shadow;
    const Truth elsewhere = process_stays(step) && step.happening.other.shadow &&
                            after.resolved == resolved_by(before, step.happening.other.sent + 1);
    return choose(step.happening.here, here, elsewhere) && low_is_idle(step) && validated_stays(step) &&
           message_stays(step) && notification_may_arrive(step);
}

Truth active_sends(const Step& step, const impl::Rules& rules, bool to_cluster) {
    const W& before = step.before;
    const auto send = [&](const Process& sender) {
        const Truth is_shown = sender.sends && before.message.number == sender.sent + 1;
        const Truth kind = before.process.shadow == before.notified.owner().constant(to_cluster);
        return !sender.shadow && implies(is_shown && before.process.receives, kind) &&
               sends_message(step, is_shown, sender.dirty, sender.low_sn, sender.depends);
    };
    const Truth here = send(before.process) && same(sends(before.process, to_cluster, rules), step.after.process);
    const Truth elsewhere = send(step.happening.other) && process_stays(step);
    return choose(step.happening.here, here, elsewhere) && low_is_idle(step) && validated_stays(step) &&
           script_stays(step) && notification_may_arrive(step);
}
Truth active_sends_to_active(const Step& step, const impl::Rules& rules) {
    return active_sends(step, rules, false);
}
Truth active_sends_to_cluster(const Step& step, const impl::Rules& rules) {
    return active_sends(step, rules, true);
}

Truth active_outputs(const Step& step, const impl::Rules&) {
    const auto untested = [](const Process& process) { return !process.shadow && !process.dirty; };
    return choose(step.happening.here, untested(step.before.process), untested(step.happening.other)) &&
           low_is_idle(step) && validated_stays(step) && script_stays(step) && process_stays(step) &&
           message_stays(step) && notification_may_arrive(step);
}

Truth active_passes_test(const Step& step, const impl::Rules& rules) {
    const W& before = step.before;
    const W& after = step.after;
    const auto passes = [&](const Process& process) {
        return !process.shadow && process.dirty && after.validated == larger(before.validated, process.depends) &&
               after.agreed == larger(before.agreed, larger(process.valid_sn, process.low_sn)) &&
               notification_is_sent(step, process.low_sn);
    };
    const Truth here = passes(before.process) && tested(before.process, after.process, rules);
    const Truth elsewhere = passes(step.happening.other) && process_stays(step);
    return choose(step.happening.here, here, elsewhere) && low_is_idle(step) && script_stays(step) &&
           message_stays(step);
}

Truth receives(const Step& step, const impl::Rules& rules, bool shadow) {
    const W& before = step.before;
    const Truth is_shadow = before.notified.owner().constant(shadow);
    const Process& other = step.happening.other;
    const Message& message = step.happening.received;
    Message arrived = before.message;
    arrived.pending = step.after.message.pending;
    arrived.pending_twice = step.after.message.pending_twice;
    const Truth gone = same(arrived, step.after.message) && implies(arrived.pending, before.message.pending) &&
                       implies(arrived.pending_twice, before.message.pending_twice);
    const Truth is_shown = before.process.receives && before.message.exists && before.message.pending &&
                           same(message, before.message) && arrived.pending == before.message.pending_twice && gone;
    const Truth here = before.process.shadow == is_shadow &&
                       choose(step.happening.same, is_shown, message_stays(step)) &&
                       received(before.process, step.after.process, step.happening, rules);
    const Truth elsewhere =
        other.shadow == is_shadow && process_stays(step) && choose(other.receives, gone, message_stays(step));
    return message.exists && message.pending && choose(step.happening.here, here, elsewhere) && low_is_idle(step) &&
           validated_stays(step) && script_stays(step) && notification_may_arrive(step);
}
Truth active_receives(const Step& step, const impl::Rules& rules) {
    return receives(step, rules, false);
}
Truth shadow_receives(const Step& step, const impl::Rules& rules) {
    return receives(step, rules, true);
}

Truth is_notified(const Step& step, const impl::Rules& rules, bool shadow) {
    const W& before = step.before;
    const W& after = step.after;
    const Truth is_shadow = before.notified.owner().constant(shadow);
    const Number number = step.happening.received_sn;
    const auto learns = [&](const Process& process) {
        return process.shadow == is_shadow && after.agreed == larger(before.agreed, larger(process.valid_sn, number));
    };
    const Truth here = learns(before.process) && notified(before.process, after.process, number, shadow, rules);
    const Truth elsewhere = learns(step.happening.other) && process_stays(step);
    return choose(step.happening.here, here, elsewhere) && after.validated == before.validated && low_is_idle(step) &&
           script_stays(step) && message_stays(step) && notification_may_arrive(step);
}
Truth active_is_notified(const Step& step, const impl::Rules& rules) {
    return is_notified(step, rules, false);
}
Truth shadow_is_notified(const Step& step, const impl::Rules& rules) {
    return is_notified(step, rules, true);
}

template <Truth (*Relation)(const Step&, const impl::Rules&)>
Truth with_same_view(const Step& step, const impl::Rules& rules) {
    return same_view(step) && Relation(step, rules);
}

} // namespace

std::span<const Action> actions() {
    static constexpr std::array<Action, action_count> table{{
        {"low_sends", "L1 sends the next message of the cluster to an active process", with_same_view<low_sends>},
        {"low_passes_test", "L1 passes an acceptance test and tells all", with_same_view<low_passes_test>},
        {"low_receives", "L1 receives a message", with_same_view<low_receives>},
        {"shadow_generates", "S1 generates its next message, suppresses and logs it", with_same_view<shadow_generates>},
        {"active_sends_to_active", "an active process sends to another", with_same_view<active_sends_to_active>},
        {"active_sends_to_cluster", "an active process sends to L1 and S1", with_same_view<active_sends_to_cluster>},
        {"active_outputs", "a clean active process outputs untested", with_same_view<active_outputs>},
        {"active_passes_test", "a dirty active process passes an acceptance test and tells all",
         with_same_view<active_passes_test>},
        {"active_receives", "an active process receives a message", with_same_view<active_receives>},
        {"active_is_notified", "an active process receives passed_AT", with_same_view<active_is_notified>},
        {"shadow_receives", "S1 receives a message", with_same_view<shadow_receives>},
        {"shadow_is_notified", "S1 receives passed_AT", with_same_view<shadow_is_notified>},
    }};
    return table;
}

} // namespace mdcd::model::proof
