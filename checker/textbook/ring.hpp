// Leader election on a ring (Chang and Roberts, 1979): each process sends its number on, drops smaller
// numbers, and is elected when its own comes back. Channels are FIFO and bounded; numbers descend round
// the ring, the worst case. A benchmark: other tools' counts for it are known.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::textbook {

class Ring {
public:
    // 2 to 63 processes, numbered from `processes` down to 1 along the ring; channels of `capacity` messages.
    explicit Ring(unsigned processes, std::uint16_t capacity = 3) : processes_(processes) {
        if (processes < 2 || processes > 63 || capacity < 1)
            throw ModelError("a ring wants 2 to 63 processes and channels that hold a message");
        for (unsigned process = 0; process < processes; ++process) {
            const std::string name = std::string("P").append(std::to_string(number_of(process)));
            slots_.push_back({.name = name});
            slots_.push_back({.name = "to " + name, .kind = SlotKind::fifo, .capacity = capacity});
            steps_.push_back({name + " wakes", {state_of(process)}, {}, {channel_after(process)}});
            steps_.push_back({name + " receives", {state_of(process)}, channel_to(process), {channel_after(process)}});
        }
    }

    // A slot's part in the properties; a channel says only whether it is empty.
    struct Summary {
        char state = 0;
        unsigned char leader = 0;
        bool idle = false; // done, or an empty channel
    };

    std::span<const Slot> slots() const { return slots_; }
    std::span<const Step> steps() const { return steps_; }
    std::span<const Property> properties() const { return properties_; }
    std::span<const std::string> coverage_points() const { return coverage_; }

    std::vector<GlobalState> initial_states() const {
        GlobalState state;
        while (state.size() < slots_.size()) {
            state.push_back({asleep, 0});
            state.emplace_back();
        }
        return {state};
    }

    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
        const unsigned process = step / 2U;
        const char state = inputs.values[0][0];
        if (step % 2 == 1)
            return receive(process, inputs.values[0], static_cast<unsigned char>(inputs.message[0]), outcomes);
        if (state == asleep)
            outcomes.push_back(become(process, active, 0, number_of(process), wake));
    }

    Summary summarise(SlotIndex slot, std::string_view bytes) const {
        if (slots_[slot].kind == SlotKind::fifo)
            return {.state = 0, .leader = 0, .idle = bytes.empty()};
        return {.state = bytes[0], .leader = static_cast<unsigned char>(bytes[1]), .idle = bytes[0] == done};
    }

    PropertyBits judge(std::span<const Summary* const> summaries) const {
        bool is_max = true;
        unsigned leaders = 0;
        unsigned informed = 0;
        for (std::size_t slot = 0; slot < summaries.size(); slot += 2) {
            const Summary& process = *summaries[slot];
            is_max = is_max && (process.leader == 0 || process.leader == processes_);
            leaders += process.leader == number_of(static_cast<unsigned>(slot / 2)) ? 1 : 0;
            informed += process.leader != 0 ? 1 : 0;
        }
        return (is_max ? 1U : 0U) | (leaders <= 1 ? 2U : 0U) | (leaders == 1 ? 4U : 0U) |
               (informed == processes_ ? 8U : 0U);
    }

    bool is_final(std::span<const Summary* const> summaries) const {
        return std::ranges::all_of(summaries, [](const Summary* summary) { return summary->idle; });
    }

private:
    // A process's slot: its state, then the leader it knows of (0: none). A message is one byte: the number
    // of a candidate, or `elected` plus that of the leader.
    static constexpr char asleep = 's';
    static constexpr char active = 'a';
    static constexpr char passive = 'p';
    static constexpr char leads = 'l';
    static constexpr char done = 'd';
    static constexpr unsigned elected = 64;
    enum Point : std::uint64_t { wake = 1, give_way = 2, drop = 4, elect = 8, inform = 16, end = 32 };

    unsigned number_of(unsigned process) const { return processes_ - process; }
    static SlotIndex state_of(unsigned process) { return static_cast<SlotIndex>(2 * process); }
    static SlotIndex channel_to(unsigned process) { return static_cast<SlotIndex>(2 * process + 1); }
    SlotIndex channel_after(unsigned process) const { return channel_to((process + 1) % processes_); }

    // The process's next state, and the message it sends on (0: none).
    Outcome become(unsigned process, char state, unsigned leader, unsigned message, Point point) const {
        Outcome outcome{{{state_of(process), {state, static_cast<char>(leader)}}}, {}, point};
        if (message != 0)
            outcome.sends.push_back({channel_after(process), {static_cast<char>(message)}});
        return outcome;
    }

    void receive(unsigned process, std::string_view local, unsigned message, Outcomes& outcomes) const {
        const unsigned own = number_of(process);
        const char state = local[0];
        const auto leader = static_cast<unsigned char>(local[1]);
        if (message == elected + own)
            outcomes.push_back(become(process, done, leader, 0, end));
        else if (message > elected)
            outcomes.push_back(become(process, done, message - elected, message, inform));
        else if (message == own)
            outcomes.push_back(become(process, leads, own, elected + own, elect));
        else if (message > own)
            outcomes.push_back(
                become(process, state == asleep || state == active ? passive : state, leader, message, give_way));
        else if (state == asleep)
            outcomes.push_back(become(process, active, leader, own, wake));
        else
            outcomes.push_back(become(process, state, leader, 0, drop));
    }

    unsigned processes_;
    std::vector<Slot> slots_;
    std::vector<Step> steps_;
    std::vector<Property> properties_ = {
        {"leader_is_max", PropertyKind::always, "Whoever knows a leader knows the process with the largest number."},
        {"one_leader", PropertyKind::always, "No two processes take themselves for the leader."},
        {"leader_elected", PropertyKind::reachable, "A leader can be elected."},
        {"all_informed", PropertyKind::reachable, "Every process can come to know the leader."}};
    std::vector<std::string> coverage_ = {"wake", "give_way", "drop", "elect", "inform", "end"};
};
static_assert(Model<Ring> && KnowsFinalStates<Ring>);

} // namespace mdcd::checker::textbook
