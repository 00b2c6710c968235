// The bytes of an actor's slot: whether it is down, the timers that are set, and its state.
// Knows no type of a user.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/actors/codec.hpp"

namespace mdcd::checker::actors {

struct ActorSlot {
    bool is_down = false;
    std::vector<std::string> timers; // sorted, or in the order in which they were set
    std::string state;               // or what a crash left of it

    [[nodiscard]] std::string bytes() const {
        Writer writer;
        writer.number(timers.size() * 2 + (is_down ? 1 : 0));
        for (const std::string& timer : timers)
            writer.text(timer);
        writer.raw(state);
        return writer.take();
    }
    [[nodiscard]] static ActorSlot of(std::string_view bytes) {
        Reader reader(bytes);
        ActorSlot slot;
        const std::uint64_t head = reader.number();
        slot.is_down = (head & 1) != 0;
        for (std::uint64_t timer = 0; timer < head / 2; ++timer)
            slot.timers.emplace_back(reader.text());
        slot.state = reader.rest();
        return slot;
    }
};

} // namespace mdcd::checker::actors
