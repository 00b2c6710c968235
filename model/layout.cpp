// Lays out slots and steps. Their order is part of every count and trace: append, never reorder lightly.
// Knows no rule.
#include "model/layout.hpp"

#include "checker/invariant.hpp"

namespace mdcd::model {

using checker::SlotIndex;
using checker::SlotKind;
using impl::Group;
using impl::ProcessId;

namespace {

// Messages that can ever be in one channel: everything that the budgets allow to be sent.
std::uint16_t channel_capacity(const Scope& scope) {
    const Budgets& budgets = scope.budgets;
    const int sum = budgets.cluster_messages + budgets.active_messages + budgets.messages_to_cluster +
                    budgets.low_acceptance_tests + budgets.active_acceptance_tests;
    return static_cast<std::uint16_t>(sum);
}

// Who sends to whom in the first place: application messages, notifications, or both.
bool has_channel(ProcessId sender, ProcessId receiver) {
    if (sender == receiver)
        return false;
    if (sender.group == Group::active)
        return true;
    return sender.group == Group::low && receiver.group != Group::low; // shadows are silent until they take over
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

Layout::Layout(const Scope& scope) {
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
    add_shared("script", SlotRole::script);
    add_shared("validated", SlotRole::validated);
    add_shared("active_messages_left", SlotRole::active_messages_left);
    add_shared("messages_to_cluster_left", SlotRole::messages_to_cluster_left);
    add_shared("low_tests_left", SlotRole::low_tests_left);
    add_shared("active_tests_left", SlotRole::active_tests_left);

    const SlotKind kind = scope.channels == ChannelModel::fifo ? SlotKind::fifo : SlotKind::bag;
    for (const ProcessId receiver : processes_) {
        add_slot(name_of(receiver), {.role = SlotRole::process, .process = receiver, .sender = {}}, SlotKind::value, 0);
        for (const ProcessId sender : processes_)
            if (has_channel(sender, receiver))
                add_slot(name_of(sender) + "->" + name_of(receiver),
                         {.role = SlotRole::channel, .process = receiver, .sender = sender}, kind,
                         channel_capacity(scope));
    }
}

void Layout::add_step(StepPlace place, std::string name, std::vector<SlotIndex> reads) {
    steps_.push_back({.name = std::move(name), .reads = std::move(reads), .takes = {}, .room = {}});
    step_places_.push_back(place);
}

void Layout::add_steps() {
    for (const ProcessId process : processes_) {
        const std::string name = name_of(process);
        const SlotIndex self = slot_of(process);
        if (process.group == Group::low) {
            add_step({StepKind::low_send, process, {}}, name + " sends", {self, shared(SlotRole::script)});
            add_step({StepKind::low_test, process, {}}, name + " passes an AT",
                     {self, shared(SlotRole::low_tests_left), shared(SlotRole::validated)});
        } else if (process.group == Group::shadow) {
            add_step({StepKind::shadow_generate, process, {}}, name + " generates", {self, shared(SlotRole::script)});
        } else {
            for (const ProcessId peer : processes_) {
                if (peer.group == Group::active && peer != process)
                    add_step({StepKind::active_send, process, peer}, name + " sends to " + name_of(peer),
                             {self, shared(SlotRole::active_messages_left)});
                if (peer.group == Group::low)
                    add_step({StepKind::active_send_low, process, peer}, name + " sends to component " + name_of(peer),
                             {self, shared(SlotRole::messages_to_cluster_left)});
            }
            add_step({StepKind::active_external, process, impl::device}, name + " outputs",
                     {self, shared(SlotRole::active_tests_left), shared(SlotRole::validated)});
        }
    }
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::channel)
            add_delivery(places_[slot], static_cast<SlotIndex>(slot));
}

void Layout::add_delivery(const SlotPlace& channel, SlotIndex slot) {
    steps_.push_back({.name = name_of(channel.process) + " receives from " + name_of(channel.sender),
                      .reads = {slot_of(channel.process)},
                      .takes = slot,
                      .room = {}});
    step_places_.push_back({StepKind::deliver, channel.process, channel.sender});
}

SlotIndex Layout::slot_of(ProcessId process) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::process && places_[slot].process == process)
            return static_cast<SlotIndex>(slot);
    checker::broken("no slot for a process", __FILE__, __LINE__);
}

SlotIndex Layout::channel(ProcessId sender, ProcessId receiver) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == SlotRole::channel && places_[slot].process == receiver &&
            places_[slot].sender == sender)
            return static_cast<SlotIndex>(slot);
    checker::broken("no channel between two processes", __FILE__, __LINE__);
}

SlotIndex Layout::shared(SlotRole role) const {
    for (std::size_t slot = 0; slot < places_.size(); ++slot)
        if (places_[slot].role == role)
            return static_cast<SlotIndex>(slot);
    checker::broken("no shared slot of that role", __FILE__, __LINE__);
}

} // namespace mdcd::model
