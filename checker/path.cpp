// The bytes of a step: what it takes, writes and sends. Every breach of the model's own contract is a
// ModelError that names slot and step. Knows no handler.
#include "checker/path.hpp"

#include <algorithm>

namespace mdcd::checker {
namespace {

std::string quoted(const std::string& name) {
    return "'" + name + "'";
}

const Slot& slot_named(std::span<const Slot> slots, SlotIndex index, const std::string& step) {
    if (index >= slots.size())
        throw ModelError("step " + quoted(step) + " names slot " + std::to_string(index) + ", which does not exist");
    return slots[index];
}

std::vector<std::string_view> distinct_messages(const Slot& slot, std::string_view channel) {
    std::vector<std::string_view> messages = messages_of(channel);
    if (slot.kind == SlotKind::fifo)
        messages.resize(std::min<std::size_t>(messages.size(), 1));
    else
        messages.erase(std::unique(messages.begin(), messages.end()), messages.end());
    return messages;
}

// The message's place among all those in the channel, equal ones included.
std::size_t place_of(const Slot& slot, std::string_view channel, std::uint16_t taken, const std::string& step) {
    const std::vector<std::string_view> choices = distinct_messages(slot, channel);
    if (taken >= choices.size())
        throw ModelError("step " + quoted(step) + " takes a message that is not in " + quoted(slot.name));
    const std::vector<std::string_view> messages = messages_of(channel);
    return static_cast<std::size_t>(std::ranges::find(messages, choices[taken]) - messages.begin());
}

void send(const Slot& slot, std::string& channel, const std::string& message, const std::string& step) {
    const std::vector<std::string_view> present = messages_of(channel);
    if (slot.kind == SlotKind::set && std::ranges::binary_search(present, message))
        return;
    if (present.size() >= slot.capacity)
        throw ModelError("step " + quoted(step) + " sends to " + quoted(slot.name) + ", which already holds " +
                         std::to_string(slot.capacity) + " messages");
    if (slot.kind == SlotKind::fifo)
        append_message(channel, message);
    else
        insert_message(channel, message);
}

void take(const Slot& slot, const Step& step, std::uint16_t taken, std::string& channel) {
    const std::size_t place = place_of(slot, channel, taken, step.name);
    if (!step.keeps)
        remove_message(channel, place);
}

bool takes_all(const Slot& slot, std::string channel, SlotIndex index, const std::vector<Outcome::Change>& sends) {
    for (const Outcome::Change& sent : sends) {
        if (sent.slot != index)
            continue;
        if (slot.kind == SlotKind::set)
            include_message(channel, sent.bytes);
        else
            insert_message(channel, sent.bytes); // in which order does not matter here
        if (messages_of(channel).size() > slot.capacity)
            return false;
    }
    return true;
}

} // namespace

void expect_shape(std::span<const Slot> slots, const GlobalState& state) {
    if (state.size() != slots.size())
        throw ModelError("a state has " + std::to_string(state.size()) + " entries for " +
                         std::to_string(slots.size()) + " slots");
}

std::vector<std::string_view> values_read(std::span<const Slot> slots, const Step& step, const GlobalState& state) {
    std::vector<std::string_view> values;
    for (const SlotIndex index : step.reads) {
        const Slot& slot = slot_named(slots, index, step.name);
        if (slot.kind != SlotKind::value)
            throw ModelError("step " + quoted(step.name) + " reads the channel " + quoted(slot.name));
        values.push_back(state.at(index));
    }
    return values;
}

std::vector<std::string_view> messages_to_take(std::span<const Slot> slots, const Step& step,
                                               const GlobalState& state) {
    const Slot& slot = slot_named(slots, step.takes.value(), step.name);
    if (slot.kind == SlotKind::value)
        throw ModelError("step " + quoted(step.name) + " takes a message from " + quoted(slot.name) +
                         ", which is no channel");
    return distinct_messages(slot, state.at(*step.takes));
}

bool has_room(std::span<const Slot> slots, const Step& step, const GlobalState& state) {
    return std::ranges::all_of(step.room, [&](SlotIndex index) {
        const Slot& slot = slot_named(slots, index, step.name);
        if (slot.kind == SlotKind::value)
            throw ModelError("step " + quoted(step.name) + " wants room in " + quoted(slot.name) +
                             ", which is no channel");
        return messages_of(state.at(index)).size() < slot.capacity;
    });
}

bool has_room(std::span<const Slot> slots, const Step& step, const GlobalState& state, const Firing& firing,
              const Outcome& outcome) {
    return std::ranges::all_of(step.fits, [&](SlotIndex index) {
        const Slot& slot = slot_named(slots, index, step.name);
        if (slot.kind == SlotKind::value)
            throw ModelError("step " + quoted(step.name) + " waits for room in " + quoted(slot.name) +
                             ", which is no channel");
        std::string channel = state.at(index);
        if (step.takes == index)
            take(slot, step, firing.taken, channel);
        return takes_all(slot, std::move(channel), index, outcome.sends);
    });
}

GlobalState apply(std::span<const Slot> slots, std::span<const Step> steps, const GlobalState& state,
                  const Firing& firing, const Outcome& outcome) {
    expect_shape(slots, state);
    if (firing.step >= steps.size())
        throw ModelError("step " + std::to_string(firing.step) + " does not exist");
    const Step& step = steps[firing.step];
    const Shape shape{.slots = slots, .steps = steps, .properties = {}, .coverage_points = 64}; // any point will do
    if (const std::optional<std::string> fault = fault_in_outcome(shape, step, outcome))
        throw ModelError(*fault);
    GlobalState next = state;
    if (step.takes) {
        const Slot& slot = slot_named(slots, *step.takes, step.name);
        take(slot, step, firing.taken, next[*step.takes]);
    }
    for (const Outcome::Change& write : outcome.writes)
        next[write.slot] = write.bytes;
    for (const Outcome::Change& sent : outcome.sends)
        send(slots[sent.slot], next[sent.slot], sent.bytes, step.name);
    return next;
}

PathError not_enabled(std::span<const Step> steps, const Firing& firing, std::size_t position) {
    const std::string name = firing.step < steps.size() ? quoted(steps[firing.step].name) : "that does not exist";
    return {"firing " + std::to_string(position + 1) + " of the path is not enabled: step " + name + ", message " +
                std::to_string(firing.taken) + ", outcome " + std::to_string(firing.outcome),
            position};
}

} // namespace mdcd::checker
