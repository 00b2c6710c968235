// The view of a state after a recovery that really happened: the predicates of predicates.hpp, which speak of what
// recovery would make of a state, are evaluated on what it has made. Part of System; atomic scopes never come here.
#include "model/claims/recovery_summary.hpp"
#include "model/system.hpp"

namespace mdcd::model {

using checker::SlotIndex;
using impl::RecoveryPhase;

RecoveryStage System::stage(std::span<const SlotSummary* const> summaries) const {
    if (recovery_slots_.empty())
        return RecoveryStage::none;
    bool begun = false;
    bool completed = true;
    const impl::Incarnation latest = summaries[recovery_slots_.back()]->recovery->incarnation;
    for (std::size_t position = 0; position < recovery_slots_.size(); ++position) {
        const RecoverySummary& each = *summaries[recovery_slots_[position]]->recovery;
        begun |= each.incarnation > 0;
        if (position >= low_.size()) // what becomes of the new versions does not matter
            completed &= each.phase == RecoveryPhase::running && each.incarnation == latest;
    }
    return !begun ? RecoveryStage::none : completed && latest > 0 ? RecoveryStage::completed : RecoveryStage::under_way;
}

// Of what is under way in a channel, what its receiver will take.
void System::note_channel(const SlotSummary& channel, const RecoverySummary& receiver, View& view) const {
    const auto take = [&view](const RecoveredChannel& taken) {
        view.duplicated |= taken.repeated | (view.surviving & taken.surviving);
        view.surviving |= taken.surviving;
        view.surviving_depends = join(view.surviving_depends, taken.depends);
    };
    for (std::size_t incarnation = 0; incarnation <= detection_count_max; ++incarnation) {
        const StampedChannel& stamped = channel.recovery->stamped[incarnation];
        take(incarnation < receiver.decided.size() ? stamped.taken[index_.of(receiver.decided[incarnation], 0)]
                                                   : stamped.all);
    }
}

void System::look_after(std::span<const SlotSummary* const> summaries, Recovery& recovery) const {
    View& view = recovery.view;
    view = View{};
    view.components = fault_count(scope_);
    view.shadow_count = scope_.components;
    view.process_count = static_cast<unsigned>(high_.size());
    view.validated = summaries[validated_]->validated;
    note_script(summaries, view);

    for (std::size_t position = 0; position < high_.size(); ++position) {
        const SlotSummary& summary = *summaries[high_[position]];
        const RecoverySummary& state = *summaries[recovery_slots_[low_.size() + position]]->recovery;
        RecoveredProcess& now = recovery.now[position];
        now = summary.recovery->current;
        now.sent = summary.candidates.back().sent;
        now.target = static_cast<std::uint8_t>(summary.candidates.size() - 1);
        now.suppress_through = state.suppress_through;
        now.suppress_external_through = state.suppress_external_through;
        now.holds = state.holds_in_vain;
        note_process(recovery, position, summary, now);
    }
    note_counters(summaries, recovery);
    if (!simple_cluster_)
        note_take_over(summaries, recovery);
    for (const Channel& channel : channels_) {
        view.under_way |= summaries[channel.slot]->under_way;
        note_channel(*summaries[channel.slot], *summaries[recovery_slots_[low_.size() + channel.receiver]]->recovery,
                     view);
    }
}

// Something is under way that its receiver will discard.
bool System::has_doomed(std::span<const SlotSummary* const> summaries) const {
    for (const Channel& channel : channels_) {
        const RecoverySummary& receiver = *summaries[recovery_slots_[low_.size() + channel.receiver]]->recovery;
        const RecoverySummary& under_way = *summaries[channel.slot]->recovery;
        for (std::size_t incarnation = 0; incarnation < receiver.decided.size(); ++incarnation) {
            const StampedChannel& stamped = under_way.stamped[incarnation];
            if (stamped.all.surviving != stamped.taken[index_.of(receiver.decided[incarnation], 0)].surviving)
                return true;
        }
    }
    return false;
}

// Each active process gets the messages of a shadow in the order of their numbers, with none left out that was meant
// for it: an earlier one was received, or is still under way from the new version.
bool System::in_order(std::span<const SlotSummary* const> summaries, const View& view) const {
    for (std::uint8_t active = 0; active < scope_.active_processes; ++active) {
        const std::size_t position = scope_.components + std::size_t{active};
        const RecoveryGhost& ghost = summaries[recovery_slots_[low_.size() + position]]->recovery->ghost;
        if (ghost.out_of_order)
            return false;
        for (const SlotIndex slot : scripts_)
            for (const ResolvedMessage& message : summaries[slot]->script)
                if (!message.external && message.receiver == active &&
                    message.id.number < ghost.last_from_shadow[component_of(message.id)] &&
                    (as_set(message.id) & (view.processes[position].received | view.surviving)) == 0)
                    return false;
    }
    return true;
}

// Each process of high confidence has gone through each recovery, and all have ended it with the same decision (unless
// by the rules each decides for itself).
bool System::all_recovered(std::span<const SlotSummary* const> summaries) const {
    const RecoverySummary& first = *summaries[recovery_slots_[low_.size()]]->recovery;
    for (std::size_t position = low_.size(); position < recovery_slots_.size(); ++position) {
        const RecoverySummary& each = *summaries[recovery_slots_[position]]->recovery;
        if (each.decided.size() != each.incarnation || (one_decision_ && each.decided != first.decided))
            return false;
    }
    return true;
}

checker::PropertyBits System::judge_recovery(std::span<const SlotSummary* const> summaries,
                                             const Recovery& recovery) const {
    RecoveryFacts facts{.view = recovery.view,
                        .unsafe_output = summaries[validated_]->unsafe_output,
                        .lemmas = lemmas(summaries, recovery),
                        .counters_restored = recovery.counters_restored,
                        .completed = recovery.stage == RecoveryStage::completed,
                        .output_twice = summaries[validated_]->output_twice};
    std::array<unsigned, detection_count_max + 1> coordinators{};
    for (std::size_t position = 0; position < recovery_slots_.size(); ++position) {
        const RecoverySummary& each = *summaries[recovery_slots_[position]]->recovery;
        facts.coordinators_met |= each.phase == RecoveryPhase::coordinating && ++coordinators[each.incarnation] > 1;
        facts.rolled_back |= each.ghost.rollbacks > 0;
        facts.rolled_back_again |= each.ghost.rollbacks > 1;
    }
    if (facts.completed) {
        facts.in_order = in_order(summaries, recovery.view);
        facts.discards = has_doomed(summaries);
        for (std::size_t position = 0; position < high_.size(); ++position) {
            const RecoverySummary& each = *summaries[recovery_slots_[low_.size() + position]]->recovery;
            facts.left_over |= recovery.now[position].left_over || recovery.now[position].holds;
            facts.cleared |= each.ghost.rollbacks > 0 && !recovery.now[position].left_over;
        }
        for (const Channel& channel : channels_)
            facts.left_over |= summaries[channel.slot]->recovery->marked_dirty;
        facts.counters_restored &= all_recovered(summaries);
        for (std::size_t component = 0; component < scope_.components; ++component) {
            const RecoverySummary& shadow = *summaries[recovery_slots_[low_.size() + component]]->recovery;
            facts.suppressed |=
                shadow.suppress_through > 0 && recovery.now[component].shadow_sn >= shadow.suppress_through;
            for (std::size_t position = scope_.components; position < high_.size(); ++position) {
                const auto last =
                    summaries[recovery_slots_[low_.size() + position]]->recovery->ghost.last_from_shadow[component];
                facts.resent_received |= last > 0 && last <= shadow.ghost.resent_through;
            }
        }
    }
    return judge_after_recovery(facts);
}

// What is to come to an end (recovery_terminates): a recovery, and the suppression of what is validated.
bool System::is_recovering(std::span<const SlotSummary* const> summaries) const {
    if (recovery_slots_.empty()) // atomic recovery takes no time
        return false;
    const bool outputs = scope_.budgets.cluster_outputs > 0; // otherwise shadows have no external messages at all
    for (std::size_t position = 0; position < low_.size(); ++position) // a new version that has failed its test
        if (summaries[recovery_slots_[position]]->recovery->phase == RecoveryPhase::coordinating)
            return true;
    for (std::size_t position = 0; position < recovery_slots_.size() - low_.size(); ++position) {
        const RecoverySummary& each = *summaries[recovery_slots_[low_.size() + position]]->recovery;
        if (each.phase != RecoveryPhase::running)
            return true;
        const RecoveredProcess& now = summaries[high_[position]]->recovery->current;
        if (position < scope_.components &&
            (now.shadow_sn < each.suppress_through || (outputs && now.external_sn < each.suppress_external_through)))
            return true;
    }
    return false;
}

} // namespace mdcd::model
