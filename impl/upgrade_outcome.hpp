// What the outcome of a change makes of one seat, and of messages that were sent before it and arrive after it.
// Knows no agreement: who decided, and how it became known, is the caller's.
#pragma once

#include <algorithm>
#include <utility>

#include "impl/upgrade_seat.hpp"
#include "impl/upgrade_steps.hpp"

namespace mdcd::impl {

// The largest validated numbers that this seat knows, and how many external messages of its new version it knows to be
// output.
template <Application A> [[nodiscard]] SequenceVector validated_by(const SeatedProcess<A>& process) {
    if (const auto* low = std::get_if<LowProcess<A>>(&process))
        return low->valid_sn;
    if (const auto* active = std::get_if<ActiveProcess<A>>(&process))
        return active->guarded.valid_sn;
    if (const auto* shadow = std::get_if<ShadowProcess<A>>(&process))
        return shadow->guarded.valid_sn;
    return {};
}
template <Application A> [[nodiscard]] SequenceNumber output_by(const SeatedProcess<A>& process) {
    if (const auto* low = std::get_if<LowProcess<A>>(&process))
        return low->external_sn;
    if (const auto* shadow = std::get_if<ShadowProcess<A>>(&process))
        return shadow->valid_external;
    return 0;
}

template <Application A> void apply_begin(SeatStep<A>& step, ComponentSet components) {
    const SeatId self = step.constants.self;
    step.state.upgraded = components;
    if (!components.contains(self.component))
        return;
    if (!step.is_in_service(self)) {
        step.state.phase = ChangePhase::starting;
        step.state.born = step.state.incarnation;
    } else if (const auto* active = std::get_if<ActiveProcess<A>>(&step.process)) {
        ChangeMessage<A> start{.kind = ChangeKind::start};
        start.application = snapshot_of<A>(active->guarded.application);
        start.message.low_sn = active->guarded.low_sn;
        step.send(step.other_seat(self.component), start);
        const std::uint8_t index = cluster_index(components, self.component);
        step.process = SeatedProcess<A>(begin_shadow(*active, index, step.constants.rules));
    }
}

template <Application A> void apply_commit(SeatStep<A>& step, const SequenceVector& agreed) {
    const UpgradeConstants& constants = step.constants;
    const ComponentSet upgraded = std::exchange(step.state.upgraded, {});
    step.state.failed = false;
    step.state.second_seat.bits = static_cast<std::uint16_t>(step.state.second_seat.bits ^ upgraded.bits);
    if (const auto* low = std::get_if<LowProcess<A>>(&step.process))
        step.process = SeatedProcess<A>(commit_new_version(*low, constants.self.component, constants.upgrade_rules));
    else if (auto* active = std::get_if<ActiveProcess<A>>(&step.process))
        settle_after_commit(*active, agreed, constants.rules, constants.upgrade_rules, step.notes);
    else
        step.process = NoProcess{};
}

// What the old version's logs hold and nobody has.
template <Application A> void send_again(SeatStep<A>& step, ActiveProcess<A>& process, const TakeOver<A>& all) {
    for (const OutputEntry<A>& entry : all.resent)
        step.send(step.old_seat(entry.receiver.index),
                  {.kind = ChangeKind::ordinary,
                   .message = send_internal(process, Group::active, entry.payload, step.constants.rules, step.notes)});
    for (const OutputEntry<A>& entry : all.resent_external) {
        ChangeMessage<A> output{.kind = ChangeKind::ordinary};
        output.message.sender = process.id;
        output.message.payload = entry.payload;
        output.message.incarnation = step.state.incarnation;
        step.outbox.push_back({step.constants.self, true, output}, "the list of messages to send");
    }
}

// The ending is on the list already.
template <Application A>
void apply_recovery(SeatStep<A>& step, const SequenceVector& agreed, SequenceNumber agreed_external) {
    const UpgradeConstants& constants = step.constants;
    const bool local = guards::recovers_by_itself(constants.rules);
    const SequenceVector validated = local ? validated_by<A>(step.process) : agreed;
    step.state.endings[step.state.endings.size() - 1].validated = validated;
    const ComponentSet upgraded = std::exchange(step.state.upgraded, {});
    step.state.failed = false;
    if (auto* active = std::get_if<ActiveProcess<A>>(&step.process)) {
        settle_after_recovery(*active, validated, constants.rules, constants.upgrade_rules, step.notes);
    } else if (const auto* found = std::get_if<ShadowProcess<A>>(&step.process)) {
        ShadowProcess<A> shadow = *found;
        if (!local)
            shadow.valid_external = std::max(shadow.valid_external, agreed_external);
        ActiveProcess<A> process;
        const TakeOver<A> all = take_over(shadow, constants.self.component, validated, constants.rules,
                                          constants.upgrade_rules, process, step.state.catch_up, step.notes);
        if (!step.state.catch_up.is_over())
            step.state.catch_up.cluster = upgraded;
        step.process = process;
        send_again(step, process, all);
    } else {
        step.process = NoProcess{}; // a new version has stopped for good
    }
}

// Whether an ordinary message is received. One of an older incarnation is judged by how that one ended; what is
// received of it is clean, and its number means nothing.
template <Application A> [[nodiscard]] bool is_accepted(SeatStep<A>& step, Message<A>& message) {
    const UpgradeRules& rules = step.constants.upgrade_rules;
    if (message.incarnation >= step.state.endings.size())
        return true;
    if (message.incarnation < step.state.born && rules.earlier_version == EarlierVersion::drop) {
        step.note(ChangeEvent::earlier_version);
        return false;
    }
    if (message.kind != MessageKind::application) {
        step.note(ChangeEvent::dropped_notification);
        return rules.stale_notifications == StaleNotifications::by_number;
    }
    const Ending& ending = step.state.endings[message.incarnation];
    bool survives = true;
    if (ending.outcome == Outcome::recovered)
        survives = survives_recovery(message, ending.validated, step.constants.rules);
    else if (ending.outcome == Outcome::committed)
        survives = rules.in_transit_at_commit == InTransitAtCommit::deliver;
    step.note(survives ? ChangeEvent::delivered_late : ChangeEvent::discarded_message);
    message.dirty = false;
    if (rules.numbers == UpgradeNumbers::anew)
        message.low_sn = {};
    return survives;
}

template <Application A> void receive_ordinary(SeatStep<A>& step, Message<A> message) {
    if (std::holds_alternative<NoProcess>(step.process))
        return step.note(ChangeEvent::nobody_here);
    if (!is_accepted(step, message))
        return;
    std::visit(
        [&]<class Process>(Process& process) {
            if constexpr (!std::is_same_v<Process, NoProcess>)
                receive(process, message, step.constants.rules, step.notes);
        },
        step.process);
}

} // namespace mdcd::impl
