// Folds one slot's value into what claims about real recoveries look at.
// Knows no other slot.
#include "model/claims/recovery_summary.hpp"

#include "checker/channel.hpp"
#include "impl/recovery.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model {

using impl::Group;

namespace {

void add(RecoveredChannel& channel, const Message& message) {
    const MessageSet id = as_set(message.payload.id);
    channel.repeated |= channel.surviving & id;
    channel.surviving |= id;
    channel.depends = join(channel.depends, narrow(message.payload.depends));
}

void summarise_channel(RecoverySummary& summary, std::string_view bytes, const ValidatedIndex& index,
                       const impl::Rules& rules) {
    for (StampedChannel& stamped : summary.stamped)
        stamped.taken.resize(index.count());
    for (const std::string_view each : checker::messages_of(bytes)) {
        const auto message = decode<Message>(each);
        if (message.kind != impl::MessageKind::application)
            continue;
        summary.marked_dirty |= message.incarnation > 0 && message.dirty;
        StampedChannel& stamped = summary.stamped[message.incarnation];
        add(stamped.all, message);
        for (std::size_t position = 0; position < index.count(); ++position)
            if (impl::survives_recovery(message, index.at(position), rules))
                add(stamped.taken[position], message);
    }
}

void summarise_guarded(RecoverySummary& summary, const Guarded& process) {
    const History& history = process.application;
    summary.current.left_over = process.dirty || !process.checkpoints.empty() || !process.input_log.empty();
    summary.current.received = history.received;
    summary.current.duplicated = history.duplicated;
    summary.current.depends = narrow(history.depends);
    summary.current.generated = history.sent;
}

} // namespace

std::shared_ptr<const RecoverySummary> summarise_recovery(const Scope& scope, const impl::Rules& rules,
                                                          const SlotPlace& place, std::string_view bytes) {
    const auto summary = std::make_shared<RecoverySummary>();
    if (place.role == SlotRole::recovery) {
        const auto local = decode<RecoveryLocal>(bytes);
        summary->incarnation = local.state.incarnation;
        summary->phase = local.state.phase;
        summary->holds_in_vain = impl::is_running(local.state) && !local.state.held.empty();
        summary->suppress_through = static_cast<std::uint8_t>(local.state.suppress_through);
        summary->suppress_external_through = static_cast<std::uint8_t>(local.state.suppress_external_through);
        summary->ghost = local.ghost;
        for (const impl::SequenceVector& decided : local.state.decided)
            summary->decided.push_back(narrow(decided));
    } else if (place.role == SlotRole::channel && place.process.group != Group::low) {
        summarise_channel(*summary, bytes, ValidatedIndex(scope, rules), rules);
    } else if (place.role == SlotRole::process && place.process.group == Group::active) {
        summarise_guarded(*summary, decode<ActiveLocal>(bytes).process.guarded);
    } else if (place.role == SlotRole::process && place.process.group == Group::shadow) {
        const ShadowProcess process = decode<ShadowLocal>(bytes).process;
        summarise_guarded(*summary, process.guarded);
        summary->current.left_over |= !process.output_log.empty() || !process.external_log.empty();
        summary->current.shadow_sn = static_cast<std::uint8_t>(process.shadow_sn);
        summary->current.external_sn = static_cast<std::uint8_t>(process.external_sn);
    } else {
        return nullptr;
    }
    return summary;
}

} // namespace mdcd::model
