// Every complaint names the step or the state, and the slot with its number or its name.
// Knows no handler.
#include "checker/well_formed.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <vector>

#include "checker/channel.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker {
namespace {

std::string in_quotes(const std::string& name) {
    return "'" + name + "'";
}

void expect(bool condition, const std::string& complaint) {
    if (!condition)
        throw ModelError(complaint);
}

std::string does_not_exist(const Step& step, SlotIndex slot, std::size_t slots) {
    return "step " + in_quotes(step.name) + " names slot " + std::to_string(slot) +
           ", which does not exist: the model " + "has " + std::to_string(slots);
}

void expect_well_formed(const Step& step, std::span<const Slot> slots) {
    const auto expect_kind = [&](SlotIndex slot, bool channel, const std::string& verb) {
        expect(slot < slots.size(), does_not_exist(step, slot, slots.size()));
        expect((slots[slot].kind != SlotKind::value) == channel, "step " + in_quotes(step.name) + " " + verb + " " +
                                                                     in_quotes(slots[slot].name) + ", which is " +
                                                                     (channel ? "no channel" : "a channel"));
    };
    for (const SlotIndex slot : step.reads)
        expect_kind(slot, false, "reads");
    for (const SlotIndex slot : step.room)
        expect_kind(slot, true, "wants room in");
    for (const SlotIndex slot : step.fits)
        expect_kind(slot, true, "waits for room in");
    if (step.takes)
        expect_kind(*step.takes, true, "takes from");
}

} // namespace

void expect_well_formed(const Shape& shape) {
    constexpr std::size_t slots_max = 0x3fff; // the nodes above them are numbered with 16 bits
    expect(!shape.slots.empty() && shape.slots.size() <= slots_max, "a model wants 1 to 16383 slots");
    expect(shape.steps.size() <= 0xffff, "the model has more than 65535 steps");
    expect(shape.properties.size() <= property_count_max, "the model has more than 64 properties");
    expect(shape.coverage_points <= 64, "the model has more than 64 coverage points");
    for (const Slot& slot : shape.slots)
        expect(slot.kind <= SlotKind::set, "slot " + in_quotes(slot.name) + " is of no kind");
    for (const Property& property : shape.properties)
        expect(property.kind <= PropertyKind::eventually, "property " + in_quotes(property.name) + " is of no kind");
    for (const Step& step : shape.steps)
        expect_well_formed(step, shape.slots);
}

void expect_initial_states(std::span<const Slot> slots, std::span<const GlobalState> states) {
    expect(!states.empty(), "the model has no initial state");
    for (std::size_t number = 0; number < states.size(); ++number) {
        const GlobalState& state = states[number];
        const std::string name = "initial state " + std::to_string(number);
        expect(state.size() == slots.size(), name + " has " + std::to_string(state.size()) + " entries for " +
                                                 std::to_string(slots.size()) + " slots");
        for (std::size_t slot = 0; slot < slots.size(); ++slot)
            if (const std::optional<std::string> fault = fault_in_content(slots[slot], state[slot]))
                throw ModelError(name + ": channel " + in_quotes(slots[slot].name) + " " + *fault);
    }
}

std::optional<std::string> fault_in_content(const Slot& slot, std::string_view bytes) {
    if (slot.kind == SlotKind::value)
        return {};
    if (!is_channel(bytes))
        return "holds " + std::to_string(bytes.size()) +
               " bytes that are no messages, each of which begins with two bytes for its length (channel.hpp)";
    const std::vector<std::string_view> messages = messages_of(bytes);
    if (messages.size() > slot.capacity)
        return "holds " + std::to_string(messages.size()) + " messages, its capacity is " +
               std::to_string(slot.capacity);
    if (slot.kind == SlotKind::bag && !std::ranges::is_sorted(messages))
        return "is a bag, and its messages are not sorted (insert_message in channel.hpp keeps them so)";
    if (slot.kind == SlotKind::set &&
        std::ranges::adjacent_find(messages, std::ranges::greater_equal{}) != messages.end())
        return "is a set, and its messages are not sorted, or are there twice (include_message in channel.hpp keeps "
               "them so)";
    return {};
}

std::optional<std::string> fault_in_outcome(const Shape& shape, const Step& step, const Outcome& outcome) {
    const std::span<const Slot> slots = shape.slots;
    const std::string name = "step " + in_quotes(step.name);
    for (const Outcome::Change& write : outcome.writes) {
        if (write.slot >= slots.size())
            return does_not_exist(step, write.slot, slots.size());
        if (slots[write.slot].kind != SlotKind::value)
            return name + " writes to the channel " + in_quotes(slots[write.slot].name);
        for (const Outcome::Change* earlier = outcome.writes.data(); earlier != &write; ++earlier)
            if (earlier->slot == write.slot)
                return name + " writes twice to " + in_quotes(slots[write.slot].name);
    }
    for (const Outcome::Change& sent : outcome.sends) {
        if (sent.slot >= slots.size())
            return does_not_exist(step, sent.slot, slots.size());
        if (slots[sent.slot].kind == SlotKind::value)
            return name + " sends to " + in_quotes(slots[sent.slot].name) + ", which is no channel";
        if (sent.bytes.size() > message_bytes_max)
            return name + " sends a message of more than 65535 bytes to " + in_quotes(slots[sent.slot].name);
    }
    if (const auto points = static_cast<std::size_t>(std::bit_width(outcome.fired)); points > shape.coverage_points)
        return name + " passes coverage point " + std::to_string(points - 1) +
               ", which does not exist: the model has " + std::to_string(shape.coverage_points);
    return {};
}

} // namespace mdcd::checker
