// What the texts of actions are made of: what stays as it is, what may arrive, and who acts (cluster_actions.cpp).
// Knows no action.
#pragma once

#include <utility>

#include "model/proof/cluster_actions.hpp"

namespace mdcd::model::proof::cluster {

// What does not change with any step: whom and what the window shows.
inline Truth same_view(const Step& step) {
    const ProcessWindow<Symbolic>& before = step.before.process;
    const ProcessWindow<Symbolic>& after = step.after.process;
    return before.shadow == after.shadow && before.sends == after.sends && before.generates == after.generates &&
           before.receives == after.receives && step.before.message.number == step.after.message.number &&
           step.before.message.from_cluster == step.after.message.from_cluster &&
           step.before.external_number == step.after.external_number && for_each_entry([&](auto entry) {
               return before.own[entry] == after.own[entry] && step.before.low.own[entry] == step.after.low.own[entry];
           });
}

inline Truth low_is_idle(const Step& step) {
    const LowWindow<Symbolic>& before = step.before.low;
    const LowWindow<Symbolic>& after = step.after.low;
    return equal(before.low_sn, after.low_sn) && equal(before.valid_sn, after.valid_sn) &&
           equal(before.depends, after.depends);
}
inline Truth nothing_is_output_by_cluster(const Step& step) {
    return step.before.outputs_made == step.after.outputs_made;
}
inline Truth no_message_is_sent_by_cluster(const Step& step) {
    return equal(step.before.low_sent, step.after.low_sent);
}
inline Truth nothing_is_sent_by_cluster(const Step& step) {
    return no_message_is_sent_by_cluster(step) && nothing_is_output_by_cluster(step);
}
inline Truth validated_stays(const Step& step) {
    return equal(step.before.validated, step.after.validated);
}
inline Truth agreement_stays(const Step& step) {
    return equal(step.before.agreed, step.after.agreed);
}
inline Truth outputs_stay(const Step& step) {
    return step.before.outputs_resolved == step.after.outputs_resolved;
}
inline Truth messages_stay(const Step& step) {
    return equal(step.before.resolved, step.after.resolved);
}
inline Truth script_stays(const Step& step) {
    return messages_stay(step) && outputs_stay(step);
}
inline Truth process_stays(const Step& step) {
    return same(step.before.process, step.after.process);
}
inline Truth message_stays(const Step& step) {
    return same(step.before.message, step.after.message);
}

// The message carried stays under way, or is gone; or it is a new one with this content.
inline Truth carried_may_arrive(const Step& step) {
    return implies(step.after.carried.exists, same(step.before.carried, step.after.carried));
}
inline Truth carried_is_sent(const Step& step, const ContentWindow<Symbolic>& content) {
    return carried_may_arrive(step) || same(content, step.after.carried);
}
inline Truth notification_may_arrive(const Step& step) {
    return implies(step.after.notified,
                   step.before.notified && same(step.after.notification, step.before.notification));
}
inline Truth notification_is_sent(const Step& step, const NotificationWindow<Symbolic>& notification) {
    return notification_may_arrive(step) || same(step.after.notification, notification);
}
inline Truth nothing_new_under_way(const Step& step) {
    return carried_may_arrive(step) && notification_may_arrive(step);
}

// The k-th message of a component is decided once, by the side that gets there first. `sent`: with this one.
inline Truth is_resolved(const Step& step, const Entries<Truth>& own, const Entries<Number>& sent) {
    return for_each_entry([&](auto entry) {
        const Number before = step.before.resolved[entry];
        return step.after.resolved[entry] == choose(own[entry] && before < sent[entry], before + 1, before);
    });
}

inline Truth output_is_resolved(const Step& step, Truth own, Number sent) {
    const Number before = step.before.outputs_resolved;
    return step.after.outputs_resolved == choose(own && before < sent, before + 1, before);
}

// The message shown becomes this one if `is_shown`.
inline Truth sends_message(const Step& step, Truth is_shown, const ContentWindow<Symbolic>& content) {
    MessageWindow<Symbolic> sent = step.before.message;
    sent.pending_twice = sent.content.exists && sent.pending;
    sent.pending = sent.content.exists.owner().constant(true);
    sent.content = content;
    return choose(is_shown, same(sent, step.after.message), message_stays(step));
}

// What a new version does: the one shown, or another one.
template <class Text> Truth by_low(const Step& step, Text text) {
    const auto [of_shown, becomes] = text(step.before.low);
    const auto [of_other, unused] = text(step.happening.low);
    const LowWindow<Symbolic>& after = step.after.low;
    const Truth here = of_shown && equal(becomes.low_sn, after.low_sn) && equal(becomes.valid_sn, after.valid_sn) &&
                       equal(becomes.depends, after.depends);
    return choose(step.happening.low_here, here, of_other && low_is_idle(step)) && process_stays(step);
}

// What a process of high confidence does: the one shown, or another one.
template <class Here, class Elsewhere> Truth by_process(const Step& step, Here here, Elsewhere elsewhere) {
    return choose(step.happening.here, here(step.before.process),
                  elsewhere(step.happening.other) && process_stays(step)) &&
           low_is_idle(step) && nothing_is_sent_by_cluster(step);
}

} // namespace mdcd::model::proof::cluster
