// What the texts of actions behind the line of defence are made of: what stays as it is, what may arrive, who acts, how
// a message is taken and a number learned. Knows no rule.
#pragma once

#include "model/proof/boundary_actions.hpp"
#include "model/proof/cluster_rules.hpp"
#include "model/proof/guard_logic.hpp"

namespace mdcd::model::proof::boundary {

namespace guards = impl::guards;
using cluster::readings; // those of the presets for several components

inline Truth constant(const Step& step, bool value) {
    return step.happening.here.owner().constant(value);
}
inline Number zero(const Step& step) {
    return step.before.validated.owner().number(0);
}

inline Truth same_view(const Step& step) {
    const ProcessWindow<Symbolic>& before = step.before.process;
    const ProcessWindow<Symbolic>& after = step.after.process;
    return before.shadow == after.shadow && before.receives == after.receives;
}
inline Truth validated_stays(const Step& step) {
    return step.before.validated == step.after.validated;
}
inline Truth deliveries_stay(const Step& step) {
    return step.before.delivered == step.after.delivered;
}

// What is under way stays so, or has arrived; or it is new.
inline Truth carried_may_arrive(const Step& step) {
    return implies(step.after.carried.exists, same(step.before.carried, step.after.carried));
}
inline Truth told_may_arrive(const Step& step) {
    return implies(step.after.told, step.before.told && step.after.told_sn == step.before.told_sn);
}
inline Truth nothing_new_under_way(const Step& step) {
    return carried_may_arrive(step) && told_may_arrive(step);
}

// `here`: of the process shown; `elsewhere`: of another one.
template <class Here, class Elsewhere> Truth by_process(const Step& step, Here here, Elsewhere elsewhere) {
    return same_view(step) && choose(step.happening.here, here(step.before.process),
                                     elsewhere(step.happening.other) && same(step.before.process, step.after.process));
}
// What another process does to itself alone is nothing to the one shown.
inline Truth anything(const ProcessWindow<Symbolic>& process) {
    return process.dirty || !process.dirty;
}
template <class Here> Truth by_itself(const Step& step, Here here) {
    return by_process(step, here, anything) && validated_stays(step) && deliveries_stay(step) &&
           nothing_new_under_way(step);
}

// Of a message that is handed to the handlers of the protocol.
struct Arrival {
    ContentWindow<Symbolic> content; // as it is handed over
    Truth is_news;                   // in some entry
    Truth is_no_news;                // .. as far as that is so in the entry shown
    Number process_sn;               // the process's number by then
};

inline Truth takes_message(const Step& step, ProcessWindow<Symbolic> before, const Arrival& arrival, Truth takes) {
    before.low_sn = arrival.process_sn;
    return implies(arrival.content.dirty && !arrival.is_news, arrival.is_no_news) &&
           received(before, step.after.process, arrival.content, takes);
}

inline Arrival as_it_is(const Step& step, const ProcessWindow<Symbolic>& process,
                        const ContentWindow<Symbolic>& content) {
    const auto& happening = step.happening;
    return {.content = content,
            .is_news = guards::is_news<OneEntry>(happening.witness_low_sn, happening.witness_valid_sn,
                                                 happening.witness_sn, readings()),
            .is_no_news = !guards::is_news<OneEntry>(process.low_sn, process.valid_sn, content.low_sn, readings()),
            .process_sn = process.low_sn};
}

// Whether it causes a checkpoint. prgt_bit is not shown: under these readings it decides on nothing.
inline Truth causes_checkpoint(const Step& step, const ProcessWindow<Symbolic>& process, const Arrival& arrival) {
    return guards::contaminates<OneEntry>(arrival.content.dirty, process.dirty, arrival.is_news, readings()) &&
           (process.shadow || guards::is_worth_keeping<OneEntry>(process.dirty, constant(step, false), readings()));
}

// Before it reclaims. Of shadows a notification does not advance the number.
inline Truth learns(const Step& step, const ProcessWindow<Symbolic>& before, Number number, Truth advances) {
    ProcessWindow<Symbolic> expected = before;
    expected.valid_sn = checker::smt::larger(before.valid_sn, number);
    expected.low_sn =
        choose(advances, guards::low_sn_after_notification<OneEntry>(before.low_sn, number, readings()), before.low_sn);
    for (auto* const each : {&expected.focus, &expected.before, &expected.after})
        each->absorbed = choose(each->newest, expected.low_sn, each->absorbed);
    return same(expected, step.after.process);
}
inline Truth believes(const Step& step, Number number) {
    return by_itself(
        step, [&](const ProcessWindow<Symbolic>& process) { return learns(step, process, number, !process.shadow); });
}

inline Truth halting(const Step& step) {
    const auto tells = [&](const ProcessWindow<Symbolic>& process) {
        return told_may_arrive(step) || step.after.told_sn <= process.valid_sn;
    };
    return by_process(
               step,
               [&](const ProcessWindow<Symbolic>& process) {
                   ProcessWindow<Symbolic> expected = process;
                   expected.recovered = constant(step, true);
                   expected.known = step.after.process.known;
                   return tells(process) && same(expected, step.after.process) &&
                          (expected.known == process.valid_sn || expected.known == zero(step));
               },
               tells) &&
           validated_stays(step) && deliveries_stay(step) && carried_may_arrive(step);
}

// What the cluster can do under these rules (boundary_cluster.cpp).
void add_cluster(std::vector<Action>& all, const impl::BoundaryRules& rules);

} // namespace mdcd::model::proof::boundary
