// What the network of a system does with messages: a property of the system, not of the actors.
// Knows no message.
#pragma once

#include <cstdint>

namespace mdcd::checker::actors {

enum class Order : std::uint8_t {
    fifo,      // the messages of each pair of actors arrive in the order in which they were sent
    unordered, // any message under way can arrive next
};

enum class Overflow : std::uint8_t {
    error, // to send more than a channel holds is an error of the system, with the run that leads there
    wait,  // a handler runs only when there is room for all that it sends
};

struct Network {
    Order order = Order::unordered;
    bool duplicating = false;   // what is delivered may be delivered again. Unordered: it stays under way for
                                // good, so that a channel is a set of messages
    bool lossy = false;         // what can be delivered can be lost instead
    std::uint16_t capacity = 0; // messages under way from one actor to another; 0: no bound
    Overflow overflow = Overflow::error;
    std::uint16_t partitions = 0; // so often a pair of actors may be cut off from each other: nothing between them is
                                  // delivered until the cut has healed, and what is under way may be lost
};

} // namespace mdcd::checker::actors
