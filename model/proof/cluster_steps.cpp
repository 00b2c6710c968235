// Takes a step of the model apart: what a process learns, then one checkpoint after the other that it reclaims, its
// logs, and that nothing is left. The states in between are made from those before and after. Judges nothing.
#include <algorithm>

#include "impl/recovery.hpp"
#include "model/proof/cluster_abstraction.hpp"

namespace mdcd::model::proof::cluster {

using impl::Group;
using impl::ProcessId;

namespace {

bool is_same_state(const Checkpoint& one, const Checkpoint& other) {
    return one.index == other.index && one.low_sn == other.low_sn && one.propagating == other.propagating &&
           one.shadow_sn == other.shadow_sn && one.external_sn == other.external_sn &&
           one.application == other.application;
}

// The positions of the checkpoints that are gone, as they stand before; none if the others are not those of `after`.
std::optional<std::vector<std::size_t>> gone_positions(const Guarded& before, const Guarded& after) {
    std::vector<std::size_t> gone;
    std::size_t next = 0;
    for (std::size_t position = 0; position < before.checkpoints.size(); ++position) {
        if (next < after.checkpoints.size() && is_same_state(before.checkpoints[position], after.checkpoints[next]))
            ++next;
        else
            gone.push_back(position);
    }
    return next == after.checkpoints.size() ? std::optional(gone) : std::nullopt;
}

// From what was learned, in `steps`, to `after`, of one process.
bool take_reclamation_apart(const ExplicitState& after, ProcessId process, std::vector<SmallStep>& steps) {
    const auto gone = gone_positions(steps.back().after.guarded(process), after.guarded(process));
    if (!gone)
        return false;
    const auto add = [&](ActionId action, ExplicitState next, std::optional<std::size_t> dropped = {}) {
        steps.push_back({.action = action,
                         .actor = process,
                         .taken = {},
                         .dropped = dropped,
                         .before = steps.back().after,
                         .after = std::move(next)});
    };
    for (std::size_t number = 0; number < gone->size(); ++number) {
        const std::size_t position = (*gone)[number] - number; // those in front of it are gone
        ExplicitState next = steps.back().after;
        Guarded& guarded = next.guarded(process);
        guarded.checkpoints.keep_if([&](const Checkpoint&, std::size_t each) { return each != position; });
        guarded.dirty = !guarded.checkpoints.empty();
        add(ActionId::forgets_checkpoint, std::move(next), position);
    }
    ExplicitState purged = after;
    purged.unsettled = process;
    if (process.group == Group::shadow) {
        purged.shadow[process.index].output_log = steps.back().after.shadow[process.index].output_log;
        purged.shadow[process.index].external_log = steps.back().after.shadow[process.index].external_log;
    }
    add(ActionId::forgets_inputs, std::move(purged));
    ExplicitState without_outputs = after;
    without_outputs.unsettled = process;
    if (process.group == Group::shadow)
        add(ActionId::forgets_outputs, without_outputs);
    add(ActionId::ends_reclamation, after);
    return true;
}

// What `after` is before the process reclaims.
ExplicitState before_reclamation(const ExplicitState& before, ExplicitState after, ProcessId process) {
    const Guarded& old = before.guarded(process);
    Guarded& guarded = after.guarded(process);
    guarded.checkpoints = old.checkpoints;
    guarded.input_log = old.input_log;
    guarded.dirty = old.dirty;
    after.unsettled = process;
    if (process.group == Group::shadow) {
        after.shadow[process.index].output_log = before.shadow[process.index].output_log;
        after.shadow[process.index].external_log = before.shadow[process.index].external_log;
    }
    return after;
}

// `before` has the order of after the step.
ActionId action_taken(const StepPlace& place, const std::optional<Message>& taken, const ExplicitState& before) {
    const bool shadow = place.process.group == Group::shadow;
    switch (place.kind) {
    case StepKind::low_send:
        return ActionId::low_sends;
    case StepKind::low_test:
        return ActionId::low_passes_test;
    case StepKind::low_send_inside:
        return ActionId::low_sends_inside;
    case StepKind::shadow_generate: {
        const std::int64_t generated = before.guarded(place.process).application.sent;
        return before.to_devices(place.process.index, generated + 1) > before.to_devices(place.process.index, generated)
                   ? ActionId::shadow_generates_output
                   : ActionId::shadow_generates;
    }
    case StepKind::shadow_send:
        return ActionId::shadow_sends;
    case StepKind::active_send:
    case StepKind::active_send_low:
        return ActionId::active_sends;
    case StepKind::active_external:
        return before.guarded(place.process).dirty ? ActionId::active_passes_test : ActionId::active_outputs;
    case StepKind::deliver:
    case StepKind::detect:
        break;
    }
    if (place.process.group == Group::low)
        return ActionId::low_receives;
    if (taken && taken->kind == impl::MessageKind::passed_at)
        return shadow ? ActionId::shadow_is_notified : ActionId::active_is_notified;
    return shadow ? ActionId::shadow_receives : ActionId::active_receives;
}

} // namespace

TakenApart taken_apart(const StepPlace& place, const std::optional<Message>& taken, const ExplicitState& before,
                       const ExplicitState& after) {
    TakenApart result;
    ExplicitState ordered = before;
    ordered.order = after.order;
    const ActionId action = action_taken(place, taken, ordered);
    const bool reclaims = action == ActionId::active_passes_test || action == ActionId::active_is_notified ||
                          action == ActionId::shadow_is_notified;
    result.steps.push_back({.action = action,
                            .actor = place.process,
                            .taken = taken,
                            .dropped = {},
                            .before = ordered,
                            .after = reclaims ? before_reclamation(before, after, place.process) : after});
    if (reclaims && !take_reclamation_apart(after, place.process, result.steps))
        result.failure = "the checkpoints after the step are not some of those before it";
    return result;
}

void learn_outputs(ShadowProcess& shadow, const LowProcess& low) {
    shadow.valid_external = std::max(shadow.valid_external, low.external_sn);
}

TakenApart decided(const ExplicitState& state, const impl::Rules& rules) {
    TakenApart result;
    const impl::SequenceVector validated = state.agreed();
    ExplicitState now = state;
    for (const ProcessId process : state.high_confidence()) {
        ExplicitState after = now;
        impl::Notes notes;
        Guarded& guarded = after.guarded(process);
        guarded.valid_sn = impl::join(guarded.valid_sn, validated);
        if (process.group == Group::shadow) {
            learn_outputs(after.shadow[process.index], after.low[process.index]);
            impl::reclaim(after.shadow[process.index], validated, rules, notes);
        } else {
            impl::reclaim(guarded, validated, rules, notes);
        }
        result.steps.push_back({.action = ActionId::learns_decision,
                                .actor = process,
                                .taken = {},
                                .dropped = {},
                                .before = now,
                                .after = before_reclamation(now, after, process)});
        if (!take_reclamation_apart(after, process, result.steps))
            result.failure = "recovery leaves checkpoints that were not there";
        now = std::move(after);
    }
    return result;
}

} // namespace mdcd::model::proof::cluster
