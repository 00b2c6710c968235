// What a step does to who takes part in it, and that it does nothing else, in a cluster of any number of components.
// Handlers of processes of high confidence are in cluster_handlers.cpp, what stays in cluster_action_parts.hpp.
#include <array>

#include "model/proof/cluster_action_parts.hpp"
#include "model/proof/cluster_logic.hpp"

namespace mdcd::model::proof::cluster {

using W = Window<Symbolic>;
using Low = LowWindow<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;

namespace {

Truth low_sends(const Step& step) {
    const W& before = step.before;
    const W& after = step.after;
    const Truth yes = before.notified.owner().constant(true);
    return by_low(step,
                  [&](Low low) {
                      for (const std::size_t entry : {any_entry, own_entry}) {
                          low.low_sn[entry] = choose(low.own[entry], low.low_sn[entry] + 1, low.low_sn[entry]);
                          low.depends[entry] =
                              choose(low.own[entry], checker::smt::larger(low.depends[entry], after.low_sent[entry]),
                                     low.depends[entry]);
                      }
                      const Truth counts = for_each_entry([&](auto entry) {
                          return after.low_sent[entry] ==
                                 choose(low.own[entry], before.low_sent[entry] + 1, before.low_sent[entry]);
                      });
                      const Content content{.exists = yes, .dirty = yes, .low_sn = low.low_sn, .depends = low.depends};
                      const Truth is_shown = before.message.from_cluster && low.own[own_entry] &&
                                             before.message.number == after.low_sent[own_entry];
                      return std::pair{counts && is_resolved(step, low.own, after.low_sent) &&
                                           sends_message(step, is_shown, content) && carried_is_sent(step, content),
                                       low};
                  }) &&
           validated_stays(step) && agreement_stays(step) && notification_may_arrive(step) &&
           nothing_is_output_by_cluster(step) && outputs_stay(step);
}

// And outputs a message, the next one of its component to a device.
Truth low_passes_test(const Step& step) {
    const W& before = step.before;
    const W& after = step.after;
    return by_low(step,
                  [&](Low low) {
                      // Its register takes over its number; had it been larger, the largest known number could even
                      // fall.
                      const Truth agreed = for_each_entry([&](auto entry) {
                          const Number number = low.low_sn[entry];
                          const Number larger_one = checker::smt::larger(before.agreed[entry], number);
                          return implies(low.valid_sn[entry] <= number, after.agreed[entry] == larger_one) &&
                                 number <= after.agreed[entry] && after.agreed[entry] <= larger_one;
                      });
                      const Truth own = low.own[own_entry];
                      const Number made = before.outputs_made + 1;
                      const Truth outputs = after.outputs_made == choose(own, made, before.outputs_made) &&
                                            output_is_resolved(step, own, made);
                      const Number none = made.owner().number(0);
                      const Truth proves =
                          equal(after.validated, larger(before.validated, low.depends)) && agreed && outputs &&
                          notification_is_sent(step, {.low_sn = low.low_sn, .outputs = choose(own, made, none)});
                      low.valid_sn = low.low_sn;
                      return std::pair{proves, low};
                  }) &&
           no_message_is_sent_by_cluster(step) && message_stays(step) && messages_stay(step) &&
           carried_may_arrive(step);
}

Truth low_sends_inside(const Step& step) {
    const Truth yes = step.before.notified.owner().constant(true);
    return by_low(step,
                  [&](const Low& low) {
                      return std::pair{
                          carried_is_sent(step,
                                          {.exists = yes, .dirty = yes, .low_sn = low.low_sn, .depends = low.depends}),
                          low};
                  }) &&
           nothing_is_sent_by_cluster(step) && validated_stays(step) && agreement_stays(step) && script_stays(step) &&
           message_stays(step) && notification_may_arrive(step);
}

// From an active process or another new version. The window follows the copy of a message that goes to the shadow.
Truth low_receives(const Step& step) {
    const Content& message = step.happening.received;
    return message.exists &&
           by_low(step,
                  [&](Low low) {
                      low.low_sn =
                          impl::guards::low_sn_after_reception<ShownEntries>(low.low_sn, message.low_sn, readings());
                      low.depends = larger(low.depends, message.depends);
                      return std::pair{step.before.notified.owner().constant(true), low};
                  }) &&
           nothing_is_sent_by_cluster(step) && validated_stays(step) && agreement_stays(step) && script_stays(step) &&
           message_stays(step) && nothing_new_under_way(step);
}

Truth shadow_generates(const Step& step) {
    const auto resolves = [&](const Process& process) {
        const Number sent = process.sent + 1;
        return process.shadow && is_resolved(step, process.own, {{sent, sent}});
    };
    return by_process(
               step,
               [&](const Process& process) {
                   return resolves(process) &&
                          same(generates(process, step.after.process, step.before.message), step.after.process);
               },
               resolves) &&
           validated_stays(step) && agreement_stays(step) && outputs_stay(step) && message_stays(step) &&
           nothing_new_under_way(step);
}

Truth shadow_generates_output(const Step& step) {
    const auto resolves = [&](const Process& process) {
        return process.shadow && output_is_resolved(step, process.own[own_entry], process.externals + 1);
    };
    return by_process(
               step,
               [&](const Process& process) {
                   return resolves(process) &&
                          same(generates_output(process, step.after.process, step.before.external_number),
                               step.after.process);
               },
               resolves) &&
           validated_stays(step) && agreement_stays(step) && messages_stay(step) && message_stays(step) &&
           nothing_new_under_way(step);
}

// To another process of high confidence, and to a new version with its shadow.
Truth sends(const Step& step, bool shadow) {
    const Truth yes = step.before.notified.owner().constant(true);
    const Truth is_shadow = step.before.notified.owner().constant(shadow);
    const auto send = [&](const Process& sender) {
        const Number count = shadow ? sender.sent_inside : sender.sent;
        const Content content{.exists = yes, .dirty = sender.dirty, .low_sn = sender.low_sn, .depends = sender.depends};
        return sender.shadow == is_shadow &&
               sends_message(step, sender.sends && step.before.message.number == count + 1, content) &&
               carried_is_sent(step, content);
    };
    return by_process(
               step,
               [&](Process sender) {
                   const Truth sent = send(sender);
                   Number& count = shadow ? sender.sent_inside : sender.sent;
                   count = count + 1;
                   return sent && same(sender, step.after.process);
               },
               send) &&
           validated_stays(step) && agreement_stays(step) && script_stays(step) && notification_may_arrive(step);
}
Truth shadow_sends(const Step& step) {
    return sends(step, true);
}
Truth active_sends(const Step& step) {
    return sends(step, false);
}

Truth active_outputs(const Step& step) {
    const auto untested = [](const Process& process) { return !process.shadow && !process.dirty; };
    return by_process(
               step, [&](const Process& process) { return untested(process) && process_stays(step); }, untested) &&
           validated_stays(step) && agreement_stays(step) && script_stays(step) && message_stays(step) &&
           nothing_new_under_way(step);
}

Truth learns(const Step& step, const Process& process, const Entries<Number>& number) {
    return equal(step.after.agreed, larger(step.before.agreed, larger(process.valid_sn, number)));
}

// What it reclaims comes after it.
Truth active_passes_test(const Step& step) {
    const Number none = step.before.outputs_made.owner().number(0);
    const auto passes = [&](const Process& process) {
        return !process.shadow && process.dirty &&
               equal(step.after.validated, larger(step.before.validated, process.depends)) &&
               learns(step, process, process.low_sn) &&
               notification_is_sent(step, {.low_sn = process.low_sn, .outputs = none});
    };
    return by_process(
               step,
               [&](const Process& process) {
                   return passes(process) && learned(process, step.after.process, process.low_sn, none, false);
               },
               passes) &&
           script_stays(step) && message_stays(step) && carried_may_arrive(step);
}

Truth receives(const Step& step, bool shadow) {
    const W& before = step.before;
    const Truth is_shadow = before.notified.owner().constant(shadow);
    const Content& content = step.happening.received;
    const Message& after = step.after.message;
    Message arrived = before.message;
    arrived.pending = after.pending;
    arrived.pending_twice = after.pending_twice;
    const Truth gone = same(arrived, after) && implies(arrived.pending, before.message.pending) &&
                       implies(arrived.pending_twice, before.message.pending_twice);
    const Truth is_shown = before.process.receives && before.message.content.exists && before.message.pending &&
                           same(content, before.message.content) && arrived.pending == before.message.pending_twice &&
                           gone;
    return content.exists &&
           by_process(
               step,
               [&](const Process& process) {
                   return process.shadow == is_shadow && choose(step.happening.same, is_shown, message_stays(step)) &&
                          received(process, step.after.process, step.happening);
               },
               [&](const Process& other) {
                   return other.shadow == is_shadow && choose(other.receives, gone, message_stays(step));
               }) &&
           validated_stays(step) && agreement_stays(step) && script_stays(step) && nothing_new_under_way(step);
}
Truth active_receives(const Step& step) {
    return receives(step, false);
}
Truth shadow_receives(const Step& step) {
    return receives(step, true);
}

Truth is_notified(const Step& step, bool shadow) {
    const Truth is_shadow = step.before.notified.owner().constant(shadow);
    const Entries<Number>& number = step.happening.notification.low_sn;
    const Number outputs = step.happening.notification.outputs; // 0 if it is not its new version's
    const auto hears = [&](const Process& process) {
        return process.shadow == is_shadow && learns(step, process, number);
    };
    return by_process(
               step,
               [&](const Process& process) {
                   return hears(process) && learned(process, step.after.process, number, outputs, !shadow);
               },
               hears) &&
           validated_stays(step) && script_stays(step) && message_stays(step) && nothing_new_under_way(step);
}
Truth active_is_notified(const Step& step) {
    return is_notified(step, false);
}
Truth shadow_is_notified(const Step& step) {
    return is_notified(step, true);
}

// The first thing that recovery does to a process. The rest is reclamation, until it rolls back (cluster_recovery.hpp).
Truth learns_decision(const Step& step) {
    return by_process(
               step,
               [&](const Process& process) {
                   return learned(process, step.after.process, step.before.agreed, step.before.outputs_made, false);
               },
               [&](const Process& process) { return process.dirty || !process.dirty; }) &&
           validated_stays(step) && agreement_stays(step) && script_stays(step) && message_stays(step) &&
           nothing_new_under_way(step);
}

template <class Here> Truth reclaims(const Step& step, Here here) {
    return by_process(step, here, [](const Process& process) { return process.dirty || !process.dirty; }) &&
           validated_stays(step) && agreement_stays(step) && script_stays(step) && message_stays(step) &&
           nothing_new_under_way(step);
}
Truth forgets_checkpoint(const Step& step) {
    return reclaims(step, [&](const Process& process) {
        return checkpoint_forgotten(process, step.after.process, step.happening);
    });
}
Truth forgets_inputs(const Step& step) {
    return reclaims(step, [&](const Process& process) { return inputs_forgotten(process, step.after.process); });
}
Truth forgets_outputs(const Step& step) {
    return reclaims(step, [&](const Process& process) { return outputs_forgotten(process, step.after.process); });
}
Truth ends_reclamation(const Step& step) {
    return reclaims(step, [&](const Process& process) { return settled(process, step.after.process); });
}

template <Truth (*Relation)(const Step&)> Truth with_same_view(const Step& step) {
    return same_view(step) && Relation(step);
}

} // namespace

std::span<const Action> actions() {
    static constexpr std::array<Action, action_count> table{{
        {"low_sends", "a new version sends the next message of its component to an active process",
         with_same_view<low_sends>},
        {"low_passes_test", "a new version passes an acceptance test, outputs, and tells all",
         with_same_view<low_passes_test>},
        {"low_sends_inside", "a new version sends to another one", with_same_view<low_sends_inside>},
        {"low_receives", "a new version receives a message", with_same_view<low_receives>},
        {"shadow_generates", "a shadow generates its next message to a process, suppresses and logs it",
         with_same_view<shadow_generates>},
        {"shadow_generates_output", "a shadow generates its next message to a device, suppresses and logs it",
         with_same_view<shadow_generates_output>},
        {"shadow_sends", "a shadow sends to another one", with_same_view<shadow_sends>},
        {"active_sends", "an active process sends to another, or to a new version and its shadow",
         with_same_view<active_sends>},
        {"active_outputs", "a clean active process outputs untested", with_same_view<active_outputs>},
        {"active_passes_test", "a dirty active process passes an acceptance test and tells all",
         with_same_view<active_passes_test>},
        {"active_receives", "an active process receives a message", with_same_view<active_receives>},
        {"shadow_receives", "a shadow receives a message", with_same_view<shadow_receives>},
        {"active_is_notified", "an active process receives passed_AT", with_same_view<active_is_notified>},
        {"shadow_is_notified", "a shadow receives passed_AT", with_same_view<shadow_is_notified>},
        {"learns_decision", "a process learns what was agreed on at recovery", with_same_view<learns_decision>},
        {"forgets_checkpoint", "a process reclaims one checkpoint", with_same_view<forgets_checkpoint>},
        {"forgets_inputs", "a process purges its receiver log", with_same_view<forgets_inputs>},
        {"forgets_outputs", "a shadow purges its log of outputs", with_same_view<forgets_outputs>},
        {"ends_reclamation", "a process has reclaimed all that it could", with_same_view<ends_reclamation>},
    }};
    return table;
}

} // namespace mdcd::model::proof::cluster
