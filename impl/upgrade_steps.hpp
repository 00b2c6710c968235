// What becomes of one process by itself when an upgrade begins, is committed, or is recovered from: from one of the
// kinds of figures 2 to 4 to another. Recovery proper is in recovery.hpp.
// Knows no message of the agreement and no other process.
#pragma once

#include "impl/recovery.hpp"
#include "impl/upgrade_rules.hpp"
#include "impl/upgrade_state.hpp"

namespace mdcd::impl {

[[nodiscard]] constexpr ProcessId active_id(std::uint8_t component) {
    return {Group::active, component};
}

// A process of high confidence in which nothing depends on an upgrade. Numbers mean something within one incarnation
// only; with numbers=go_on they go on from what the process knows.
template <Application A>
[[nodiscard]] Guarded<A> settled(const typename A::State& application, const SequenceVector& number,
                                 const UpgradeRules& upgrade_rules) {
    Guarded<A> guarded;
    guarded.application = application;
    if (upgrade_rules.numbers == UpgradeNumbers::go_on) {
        guarded.low_sn = number;
        guarded.valid_sn = number;
    }
    return guarded;
}

// Begin: the process of the component goes on as its old version, ..
template <Application A>
[[nodiscard]] ShadowProcess<A> begin_shadow(const ActiveProcess<A>& process, std::uint8_t index, const Rules& rules) {
    ShadowProcess<A> shadow;
    shadow.id = {Group::shadow, index};
    shadow.guarded = process.guarded;
    shadow.shadow_sn = process.guarded.low_sn[counter_entry(rules, shadow.id)];
    return shadow;
}

// .. and the new version starts from the same state of the application.
template <Application A>
[[nodiscard]] LowProcess<A> begin_new_version(const typename A::State& application, const SequenceVector& number,
                                              std::uint8_t index) {
    LowProcess<A> process;
    process.id = {Group::low, index};
    process.low_sn = number;
    process.valid_sn = number;
    process.application = application;
    return process;
}

// Commit: the new version is an ordinary process. Its old version ends with its logs.
template <Application A>
[[nodiscard]] ActiveProcess<A> commit_new_version(const LowProcess<A>& process, std::uint8_t component,
                                                  const UpgradeRules& upgrade_rules) {
    return {.id = active_id(component), .guarded = settled<A>(process.application, process.low_sn, upgrade_rules)};
}

// Commit: what a process outside the cluster depends on is valid. `validated`: what is known to be, by tests.
template <Application A>
void settle_after_commit(ActiveProcess<A>& process, const SequenceVector& validated, const Rules& rules,
                         const UpgradeRules& upgrade_rules, Notes& notes) {
    Guarded<A>& guarded = process.guarded;
    if (upgrade_rules.commit_declares == CommitDeclares::what_is_validated) {
        reclaim(guarded, validated, rules, notes);
        return;
    }
    guarded = settled<A>(typename A::State(guarded.application), SequenceVector(guarded.low_sn), upgrade_rules);
}

// Recovery of a process outside the cluster.
template <Application A>
void settle_after_recovery(ActiveProcess<A>& process, const SequenceVector& validated, const Rules& rules,
                           const UpgradeRules& upgrade_rules, Notes& notes) {
    recover(process, validated, rules, notes);
    Guarded<A>& guarded = process.guarded;
    guarded = settled<A>(typename A::State(guarded.application), SequenceVector(guarded.low_sn), upgrade_rules);
}

// Recovery: the old version is an ordinary process again. What it must suppress from now on stands in `catch_up`, what
// it must send in the value that comes back.
template <Application A>
[[nodiscard]] TakeOver<A> take_over(ShadowProcess<A>& shadow, std::uint8_t component, const SequenceVector& validated,
                                    const Rules& rules, const UpgradeRules& upgrade_rules, ActiveProcess<A>& process,
                                    CatchUp& catch_up, Notes& notes) {
    const TakeOver<A> take_over = recover(shadow, validated, rules, notes);
    catch_up = {.cluster = {},
                .shadow_sn = shadow.shadow_sn,
                .external_sn = shadow.external_sn,
                .through = take_over.suppress_through,
                .external_through = take_over.suppress_external_through};
    if (catch_up.is_over())
        catch_up = {};
    process.id = active_id(component);
    process.guarded = settled<A>(shadow.guarded.application, shadow.guarded.low_sn, upgrade_rules);
    return take_over;
}

} // namespace mdcd::impl
