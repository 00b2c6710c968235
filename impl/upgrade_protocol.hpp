// The life of an upgrade by messages: begin, commit, abort and recovery are one agreement on a change of the system.
// Whoever wants a change announces it; every seat halts and replies with what it knows; the coordinator decides by the
// replies and tells; then each one applies the outcome by itself (upgrade_outcome.hpp) and resumes in a new
// incarnation. Knows nothing of channels, devices or time: handlers take states and a message, and give back what to
// send.
#pragma once

#include <algorithm>

#include "impl/upgrade_guards.hpp"
#include "impl/upgrade_outcome.hpp"

namespace mdcd::impl {

// Two may announce a change of the same incarnation. As in recovery_protocol.hpp the one with the lower id wins: a seat
// replies to it even if it has replied to the other one, and a coordinator that hears of it gives way. A coordinator
// decides when all seats have replied, its rival included, so only one can; whatever it wanted, if a test has failed
// anywhere before the reply, a commit becomes a recovery.

// One seat with all that a handler may touch.
template <Application A> class UpgradeHandler {
public:
    explicit UpgradeHandler(const SeatStep<A>& step) : step_(step), constants_(step.constants), state_(step.state) {}

    // An operator's words, said at any seat.
    [[nodiscard]] CommandResult begin(ComponentSet components) {
        if (state_.phase != ChangePhase::running)
            return CommandResult::busy;
        if (!may_be_wanted(Intent::begin))
            return CommandResult::upgrade_under_way;
        if (components.empty() || components.size() > component_count_max ||
            (components.bits & ~constants_.seats.upgradable.bits) != 0)
            return CommandResult::not_upgradable;
        const Rules& rules = constants_.rules;
        if (components.size() > 1 && (rules.low_sn != LowSn::vector || rules.shadow_sn != ShadowSn::per_component))
            return CommandResult::not_by_these_rules;
        if (state_.endings.size() + 2 > constants_.capacities.endings)
            return CommandResult::history_full;
        coordinate(Intent::begin, components);
        return CommandResult::accepted;
    }
    [[nodiscard]] CommandResult commit() { return end_upgrade(Intent::commit); }
    [[nodiscard]] CommandResult abort() { return end_upgrade(Intent::abort); }

    // An acceptance test failed and compensation is not feasible: at any time, whatever the seat is doing.
    void fail_acceptance_test() {
        const bool over = !may_be_wanted(Intent::recover) || std::holds_alternative<NoProcess>(step_.process);
        if (over || state_.failed)
            return; // nothing that could be undone, or known already
        state_.failed = true;
        if (state_.phase == ChangePhase::running)
            return coordinate(Intent::recover, {});
        step_.note(ChangeEvent::objected);
        if (state_.phase == ChangePhase::coordinating)
            state_.objected = true;
        else if (guards::tells_coordinator(constants_.upgrade_rules))
            reply();
        else
            announce(Intent::recover, {});
    }

    // A message has arrived, whatever its kind and whatever the seat is doing.
    void receive(SeatId from, const ChangeMessage<A>& message) {
        switch (message.kind) {
        case ChangeKind::ordinary:
            return receive_ordinary(from, message);
        case ChangeKind::announcement:
            return receive_announcement(from, message);
        case ChangeKind::reply:
            return receive_reply(from, message);
        case ChangeKind::marker:
            return receive_marker(from, message);
        case ChangeKind::decision:
            return receive_decision(from, message);
        case ChangeKind::start:
            return receive_start(from, message);
        }
    }

private:
    [[nodiscard]] bool may_be_wanted(Intent intent) const {
        return guards::may_be_wanted(intent == Intent::begin, !state_.upgraded.empty());
    }

    [[nodiscard]] CommandResult end_upgrade(Intent intent) {
        if (state_.phase != ChangePhase::running)
            return CommandResult::busy;
        if (!may_be_wanted(intent))
            return CommandResult::no_upgrade;
        coordinate(intent, {});
        return CommandResult::accepted;
    }

    void coordinate(Intent intent, ComponentSet components) {
        ++state_.incarnation;
        announce(intent, components);
    }

    void announce(Intent intent, ComponentSet components) {
        begin_change(ChangePhase::coordinating, intent, components, constants_.self);
        learn(constants_.self, validated_by<A>(step_.process), output_by<A>(step_.process));
        state_.objected = objects();
        step_.note(ChangeEvent::announced);
        step_.for_each_other([&](SeatId each) {
            step_.send(each, {.kind = ChangeKind::announcement, .intent = intent, .components = components});
        });
        send_markers();
        decide_if_complete();
    }

    void begin_change(ChangePhase phase, Intent intent, ComponentSet components, SeatId coordinator) {
        state_.phase = phase;
        state_.intent = intent;
        state_.components = components;
        state_.coordinator = coordinator;
        state_.replied = {};
        state_.objected = false;
        state_.known = {};
        state_.known_external = {};
        if (phase != ChangePhase::running && intent == Intent::commit &&
            constants_.upgrade_rules.shadow_stops == ShadowStops::when_it_replies &&
            std::holds_alternative<ShadowProcess<A>>(step_.process))
            step_.process = NoProcess{};
    }

    void receive_announcement(SeatId from, const ChangeMessage<A>& message) {
        const bool is_commit = message.intent == Intent::commit;
        const guards::HeardChange<> heard{
            .is_next = message.message.incarnation > state_.incarnation,
            .is_this = message.message.incarnation == state_.incarnation,
            .running = state_.phase == ChangePhase::running,
            .waits = state_.phase == ChangePhase::halted || state_.phase == ChangePhase::coordinating,
            .wins = guards::wins(guards::goes_first(from, state_.coordinator), is_commit,
                                 state_.intent == Intent::commit, constants_.upgrade_rules)};
        if (guards::joins_change(heard)) {
            if (state_.phase == ChangePhase::coordinating)
                step_.note(ChangeEvent::yielded);
            return join(from, message);
        }
        if (guards::holds_change(heard))
            return hold(from, message);
        step_.note(heard.waits && heard.is_this ? ChangeEvent::rival_ignored : ChangeEvent::stale_dropped);
    }

    void join(SeatId from, const ChangeMessage<A>& announcement) {
        step_.note(ChangeEvent::joined);
        state_.incarnation = announcement.message.incarnation;
        begin_change(ChangePhase::halted, announcement.intent, announcement.components, from);
        send_markers();
        // Under way to a component that is to fork is also what was held for the rival, who did not want that.
        if (is_to_fork(constants_.self) && constants_.upgrade_rules.held_before_fork == HeldBeforeFork::receive)
            go_through_held();
        if (is_drained())
            reply();
    }

    // The old process of a component that is to get a second version.
    [[nodiscard]] bool is_to_fork(SeatId seat) const {
        return state_.intent == Intent::begin && state_.components.contains(seat.component) &&
               step_.is_in_service(seat);
    }

    // Nothing of an older incarnation will leave this seat any more.
    void send_markers() {
        const BeginDrain drain = constants_.upgrade_rules.begin_drain;
        if (drain == BeginDrain::none || (drain == BeginDrain::in_service && !step_.is_in_service(constants_.self)))
            return;
        step_.for_each_other([&](SeatId each) {
            if (is_to_fork(each))
                step_.send(each, {.kind = ChangeKind::marker});
        });
    }

    // Nothing is under way to this seat that a second version would lack.
    [[nodiscard]] bool is_drained() const {
        const BeginDrain drain = constants_.upgrade_rules.begin_drain;
        if (drain == BeginDrain::none || !is_to_fork(constants_.self))
            return true;
        bool complete = true;
        step_.for_each_other([&](SeatId each) {
            const bool awaited = drain == BeginDrain::every_seat || step_.is_in_service(each);
            complete &= !awaited || state_.markers.contains(each);
        });
        return complete;
    }

    void receive_marker(SeatId from, const ChangeMessage<A>& message) {
        const Incarnation incarnation = message.message.incarnation;
        const bool is_halted = state_.phase == ChangePhase::halted || state_.phase == ChangePhase::coordinating;
        const bool is_early = state_.phase == ChangePhase::running && incarnation == state_.incarnation + 1;
        if (!is_early && incarnation > state_.incarnation)
            return hold(from, message);
        if (!is_early && !(is_halted && incarnation == state_.incarnation))
            return step_.note(ChangeEvent::stale_dropped);
        const bool was_drained = is_drained();
        state_.markers.insert(from);
        if (was_drained || !is_halted || !is_drained())
            return;
        if (state_.phase == ChangePhase::halted)
            reply();
        else
            decide_if_complete();
    }

    // What this seat says against what is wanted.
    [[nodiscard]] bool objects() const {
        return guards::objects(state_.intent == Intent::begin, state_.failed, !state_.catch_up.is_over(),
                               constants_.upgrade_rules);
    }

    void reply() {
        ChangeMessage<A> message{.kind = ChangeKind::reply, .objects = objects()};
        message.message.low_sn = validated_by<A>(step_.process);
        message.message.external_sn = output_by<A>(step_.process);
        step_.send(state_.coordinator, message);
    }

    void learn(SeatId from, const SequenceVector& numbers, SequenceNumber outputs) {
        state_.replied.insert(from);
        state_.known = impl::join(state_.known, numbers);
        if (!state_.upgraded.contains(from.component))
            return;
        SequenceNumber& known = state_.known_external[cluster_index(state_.upgraded, from.component)];
        known = std::max(known, outputs);
    }
    void receive_reply(SeatId from, const ChangeMessage<A>& message) {
        if (!guards::counts_reply(message.message.incarnation == state_.incarnation,
                                  state_.phase == ChangePhase::coordinating))
            return step_.note(ChangeEvent::stale_dropped); // for a coordinator that has given way, or has decided
        learn(from, message.message.low_sn, message.message.external_sn);
        state_.objected = state_.objected || message.objects;
        decide_if_complete();
    }

    void decide_if_complete() {
        bool complete = is_drained();
        step_.for_each_other(
            [&](SeatId each) { complete &= !guards::is_missing(true, state_.replied.contains(each)); });
        if (!complete)
            return;
        const Outcome outcome = decided();
        const auto external = [&](SeatId seat) {
            return state_.upgraded.contains(seat.component)
                       ? state_.known_external[cluster_index(state_.upgraded, seat.component)]
                       : SequenceNumber{0};
        };
        step_.for_each_other([&](SeatId each) {
            ChangeMessage<A> decision{.kind = ChangeKind::decision, .outcome = outcome};
            decision.message.low_sn = state_.known;
            decision.message.external_sn = external(each);
            step_.send(each, decision);
        });
        apply(outcome, SequenceVector(state_.known), external(constants_.self));
    }

    [[nodiscard]] Outcome decided() {
        const bool is_begin = state_.intent == Intent::begin;
        const bool is_commit = state_.intent == Intent::commit;
        const bool granted = guards::grants(is_begin, is_commit, state_.objected, constants_.upgrade_rules);
        if (is_begin)
            return granted ? Outcome::begun : Outcome::unchanged;
        if (is_commit && !granted)
            step_.note(ChangeEvent::decided_to_recover);
        return granted ? Outcome::committed : Outcome::recovered;
    }

    void receive_decision(SeatId from, const ChangeMessage<A>& message) {
        if (!guards::follows(message.message.incarnation == state_.incarnation, state_.phase == ChangePhase::halted,
                             from == state_.coordinator))
            return step_.note(ChangeEvent::stale_dropped);
        apply(message.outcome, message.message.low_sn, message.message.external_sn);
    }

    // Becomes what the outcome makes of it, resumes, and goes through what was held.
    void apply(Outcome outcome, const SequenceVector& agreed, SequenceNumber agreed_external) {
        state_.endings.push_back({outcome, agreed}, "the list of endings");
        const ComponentSet components = state_.components;
        begin_change(ChangePhase::running, Intent::begin, {}, {});
        state_.markers = {};
        switch (outcome) {
        case Outcome::begun:
            step_.note(ChangeEvent::begun);
            apply_begin(step_, components);
            break;
        case Outcome::unchanged:
            step_.note(ChangeEvent::unchanged);
            break;
        case Outcome::committed:
            step_.note(ChangeEvent::committed);
            apply_commit(step_, agreed);
            break;
        case Outcome::recovered:
            step_.note(ChangeEvent::recovered);
            apply_recovery(step_, agreed, agreed_external);
            break;
        }
        go_through_held();
    }

    void go_through_held() {
        const auto held = state_.held;
        state_.held.clear();
        for (const HeldMessage<A>& each : held)
            receive(each.from, each.message); // one of them may halt the seat again
    }

    void receive_start(SeatId from, const ChangeMessage<A>& message) {
        if (state_.phase == ChangePhase::halted || message.message.incarnation > state_.incarnation)
            return hold(from, message); // the decision is on its way
        if (state_.phase != ChangePhase::starting)
            return step_.note(ChangeEvent::stale_dropped);
        step_.note(ChangeEvent::started);
        step_.process = begin_new_version<A>(message.application, message.message.low_sn,
                                             cluster_index(state_.upgraded, constants_.self.component));
        state_.phase = ChangePhase::running;
        go_through_held();
    }

    void hold(SeatId from, const ChangeMessage<A>& message) {
        state_.held.push_back({from, message}, "the queue of a halted process");
        step_.note(ChangeEvent::held);
    }

    void receive_ordinary(SeatId from, const ChangeMessage<A>& message) {
        const bool is_halted = state_.phase == ChangePhase::halted || state_.phase == ChangePhase::coordinating;
        if (is_halted && is_to_fork(constants_.self) && message.message.incarnation < state_.incarnation)
            step_.note(ChangeEvent::drained); // both versions begin with it
        else if (state_.phase != ChangePhase::running)
            return hold(from, message);
        Message<A> received = message.message;
        if (received.incarnation == state_.incarnation)
            received.sender = tenant_of(from);
        impl::receive_ordinary(step_, received);
    }

    // What is in that seat in this incarnation: who a message on its link is from, whatever the message says.
    [[nodiscard]] ProcessId tenant_of(SeatId seat) const {
        if (!state_.upgraded.contains(seat.component))
            return active_id(seat.component);
        return {step_.is_in_service(seat) ? Group::shadow : Group::low, cluster_index(state_.upgraded, seat.component)};
    }

    SeatStep<A> step_;
    const UpgradeConstants& constants_;
    UpgradeState<A>& state_;
};

} // namespace mdcd::impl
