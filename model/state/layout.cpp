// Lays out slots and steps. Their order is part of every count and trace: append, never reorder lightly.
// Knows no rule.
#include "model/state/layout.hpp"

#include <algorithm>

#include "checker/invariant.hpp"

namespace mdcd::model {

using checker::SlotIndex;
using checker::SlotKind;
using impl::Group;
using impl::ProcessId;

namespace {

// Messages that can ever be in one channel: everything that the budgets allow to be sent.
std::uint16_t channel_capacity(const Scope& scope) {
    if (scope.channel_capacity > 0)
        return scope.channel_capacity;
    const Budgets& budgets = scope.budgets;
    const int sum = budgets.cluster_messages + budgets.active_messages + budgets.messages_to_cluster +
                    budgets.low_acceptance_tests + budgets.active_acceptance_tests + budgets.cluster_outputs +
                    budgets.low_internal_messages + budgets.shadow_internal_messages;
    // order = component: each component has these budgets for what leaves the cluster
    const int more = (scope.components - 1) * (budgets.cluster_messages + budgets.cluster_outputs);
    if (scope.recovery == RecoveryMode::atomic)
        return static_cast<std::uint16_t>(sum + more);
    // For each recovery: an announcement, a reply, a decision, and all that the shadows send again.
    const int again = 4 + scope.components * (budgets.cluster_messages + budgets.shadow_internal_messages);
    return static_cast<std::uint16_t>(sum + more + budgets.detections * again);
}

// Who sends to whom in the first place: application messages, notifications, or both.
bool has_channel(ProcessId sender, ProcessId receiver) {
    if (sender == receiver)
        return false;
    if (sender.group == Group::active)
        return true;
    if (sender.group == Group::low)
        return true;
    return receiver.group == Group::shadow; // what leaves the cluster they suppress until they take over
}

} // namespace

std::string name_of(ProcessId process) {
    const std::string number = std::to_string(process.index + 1);
    switch (process.group) {
    case Group::low:
        return "L" + number;
    case Group::shadow:
        return "S" + number;
    case Group::active:
        return "A" + number;
    case Group::device:
        break;
    }
    return "device";
}

Layout::Layout(const Scope& scope)
    : outputs_in_script_(scope.budgets.cluster_outputs > 0), full_channels_(scope.channel_capacity > 0),
      sees_settling_(scope.unsettled > 0), asynchronous_(scope.recovery == RecoveryMode::asynchronous) {
    for (std::uint8_t index = 0; index < scope.components; ++index)
        processes_.push_back({Group::low, index});
    for (std::uint8_t index = 0; index < scope.components; ++index)
        processes_.push_back({Group::shadow, index});
    for (std::uint8_t index = 0; index < scope.active_processes; ++index)
        processes_.push_back({Group::active, index});
    add_slots(scope);
    add_steps();
}

void Layout::add_slot(std::string name, SlotPlace place, SlotKind kind, std::uint16_t capacity) {
    slots_.push_back({.name = std::move(name), .kind = kind, .capacity = capacity});
    places_.push_back(place);
}

// What changes together stands together: a process next to the channels that lead to it.
void Layout::add_slots(const Scope& scope) {
    const auto add_shared = [&](const char* name, SlotRole role) {
        add_slot(name, {.role = role, .process = {}, .sender = {}}, SlotKind::value, 0);
    };
    if (scope.order == OrderAssumption::cluster || scope.components == 1)
        add_shared("script", SlotRole::script);
    else
        for (std::uint8_t index = 0; index < scope.components; ++index)
            add_slot("script of " + std::to_string(index + 1),
                     {.role = SlotRole::script, .process = {Group::low, index}, .sender = {}}, SlotKind::value, 0);
    add_shared("validated", SlotRole::validated);
    add_shared("active_messages_left", SlotRole::active_messages_left);
    add_shared("messages_to_cluster_left", SlotRole::messages_to_cluster_left);
    add_shared("low_tests_left", SlotRole::low_tests_left);
    add_shared("active_tests_left", SlotRole::active_tests_left);
    if (scope.components > 1) {
        add_shared("low_internal_left", SlotRole::low_internal_left);
        add_shared("shadow_internal_left", SlotRole::shadow_internal_left);
    }
    if (asynchronous_)
        add_shared("detections", SlotRole::detections);
    if (scope.budgets.coverage_misses > 0)
        add_shared("tests_passed", SlotRole::tests_passed);

    const SlotKind kind = scope.channels == ChannelModel::fifo ? SlotKind::fifo : SlotKind::bag;
    for (const ProcessId receiver : processes_) {
        add_slot(name_of(receiver), {.role = SlotRole::process, .process = receiver, .sender = {}}, SlotKind::value, 0);
        if (asynchronous_)
            add_slot("recovery of " + name_of(receiver),
                     {.role = SlotRole::recovery, .process = receiver, .sender = {}}, SlotKind::value, 0);
        for (const ProcessId sender : processes_)
            if (has_channel(sender, receiver) || (asynchronous_ && sender != receiver))
                add_slot(name_of(sender) + "->" + name_of(receiver),
                         {.role = SlotRole::channel, .process = receiver, .sender = sender}, kind,
                         channel_capacity(scope));
    }
}

// In asynchronous scopes a step also sees whether a test may pass, and whether its process runs.
void Layout::add_step(StepPlace place, std::string name, std::vector<SlotIndex> reads) {
    if (may_output(place))
        reads.push_back(shared(SlotRole::validated));
    if (asynchronous_ && (is_test(place.kind) || place.kind == StepKind::detect))
        reads.push_back(shared(SlotRole::detections));
    if (asynchronous_)
        reads.push_back(recovery_of(place.process));
    steps_.push_back({.name = std::move(name), .reads = std::move(reads), .takes = {}, .room = {}});
    step_places_.push_back(place);
}

// What leaves the cluster is numbered by what all of it has sent, so these steps read the whole group.
void Layout::add_cluster_steps(ProcessId process) {
    const bool low = process.group == Group::low;
    const std::string name = name_of(process);
    const SlotIndex self = slot_of(process);
    std::vector<SlotIndex> reads{self, script(process.index)};
    for (const ProcessId other : others(process))
        reads.push_back(slot_of(other));
    if (low && full_channels_)
        add_low_send(process, reads);
    else
        add_step({low ? StepKind::low_send : StepKind::shadow_generate, process, {}},
                 name + (low ? " sends" : " generates"), with_settling(reads));
    if (low && outputs_in_script_) {
        reads.push_back(shared(SlotRole::validated));
        if (has(SlotRole::tests_passed))
            reads.push_back(shared(SlotRole::tests_passed));
        add_step({StepKind::low_test, process, impl::device}, name + " passes an AT", reads);
    } else if (low) {
        add_step({StepKind::low_test, process, impl::device}, name + " passes an AT",
                 read_by_test(self, SlotRole::low_tests_left));
    }
    if (low)
        want_room(process, notified_by(process));
    for (const ProcessId other : others(process))
        add_step({low ? StepKind::low_send_inside : StepKind::shadow_send, process, other},
                 name + " sends to " + name_of(other),
                 {self, shared(low ? SlotRole::low_internal_left : SlotRole::shadow_internal_left)});
}

void Layout::add_active_steps(ProcessId process) {
    const std::string name = name_of(process);
    const SlotIndex self = slot_of(process);
    for (const ProcessId peer : processes_) {
        if (peer.group == Group::active && peer != process) {
            add_step({StepKind::active_send, process, peer}, name + " sends to " + name_of(peer),
                     with_settling({self, shared(SlotRole::active_messages_left)}));
            want_room(process, {peer});
        }
        if (peer.group == Group::low) {
            add_step({StepKind::active_send_low, process, peer}, name + " sends to component " + name_of(peer),
                     with_settling({self, shared(SlotRole::messages_to_cluster_left)}));
            want_room(process, {peer, {Group::shadow, peer.index}});
        }
    }
    add_step({StepKind::active_external, process, impl::device}, name + " outputs",
             read_by_test(self, SlotRole::active_tests_left));
    want_room(process, notified_by(process));
}

// What a test reads, its budget in `left`.
std::vector<SlotIndex> Layout::read_by_test(SlotIndex self, SlotRole left) const {
    std::vector<SlotIndex> reads{self, shared(left), shared(SlotRole::validated)};
    if (has(SlotRole::tests_passed))
        reads.push_back(shared(SlotRole::tests_passed));
    return reads;
}

void Layout::want_room(ProcessId sender, std::vector<ProcessId> receivers) {
    for (const ProcessId receiver : receivers)
        if (full_channels_)
            steps_.back().room.push_back(channel(sender, receiver));
}

// One step for each receiver: room in one channel is enough.
void Layout::add_low_send(ProcessId process, const std::vector<SlotIndex>& reads) {
    for (const ProcessId peer : processes_) {
        if (peer.group != Group::active)
            continue;
        add_step({StepKind::low_send, process, peer}, name_of(process) + " sends to " + name_of(peer),
                 with_settling(reads));
        want_room(process, {peer});
    }
}

std::vector<SlotIndex> Layout::settling() const {
    std::vector<SlotIndex> slots{shared(SlotRole::validated)};
    for (const ProcessId process : processes_)
        if (process.group != Group::low)
            slots.push_back(slot_of(process));
    return slots;
}

std::vector<SlotIndex> Layout::with_settling(std::vector<SlotIndex> reads) const {
    if (sees_settling_)
        for (const SlotIndex slot : settling())
            reads.push_back(slot);
    return reads;
}

std::vector<ProcessId> Layout::notified_by(ProcessId process) const {
    std::vector<ProcessId> all;
    for (const ProcessId other : processes_)
        if (other.group != Group::low && other != process)
            all.push_back(other);
    return all;
}

void Layout::add_steps() {
    for (const ProcessId process : processes_) {
        if (process.group == Group::active)
            add_active_steps(process);
        else
            add_cluster_steps(process);
        if (asynchronous_ && process.group != Group::shadow)
            add_step({StepKind::detect, process, {}}, name_of(process) + " fails an AT",
                     {slot_of(process), shared(SlotRole::validated)});
    }
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::channel)
            add_delivery(places_[slot], static_cast<SlotIndex>(slot));
}

void Layout::add_delivery(const SlotPlace& channel, SlotIndex slot) {
    add_step({StepKind::deliver, channel.process, channel.sender},
             name_of(channel.process) + " receives from " + name_of(channel.sender), {slot_of(channel.process)});
    steps_.back().takes = slot;
}

SlotIndex Layout::slot_of(ProcessId process) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::process && places_[slot].process == process)
            return static_cast<SlotIndex>(slot);
    checker::broken("no slot for a process", __FILE__, __LINE__);
}

SlotIndex Layout::recovery_of(ProcessId process) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::recovery && places_[slot].process == process)
            return static_cast<SlotIndex>(slot);
    checker::broken("no recovery slot for a process", __FILE__, __LINE__);
}

SlotIndex Layout::channel(ProcessId sender, ProcessId receiver) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::channel && places_[slot].process == receiver &&
            places_[slot].sender == sender)
            return static_cast<SlotIndex>(slot);
    checker::broken("no channel between two processes", __FILE__, __LINE__);
}

bool Layout::has(SlotRole role) const {
    return std::ranges::find(places_, role, &SlotPlace::role) != places_.end();
}

std::vector<ProcessId> Layout::others(ProcessId process) const {
    std::vector<ProcessId> all;
    for (const ProcessId other : processes_)
        if (other.group == process.group && other != process)
            all.push_back(other);
    return all;
}

SlotIndex Layout::script(std::uint8_t component) const {
    const SlotIndex first = shared(SlotRole::script);
    const std::size_t own = std::size_t{first} + component;
    const bool separate = places_[own].role == SlotRole::script && places_[own].process.index == component;
    return separate ? static_cast<SlotIndex>(own) : first;
}

SlotIndex Layout::shared(SlotRole role) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == role)
            return static_cast<SlotIndex>(slot);
    checker::broken("no shared slot of that role", __FILE__, __LINE__);
}

} // namespace mdcd::model
