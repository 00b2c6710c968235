// What every kind of checkpointing is judged by: a line of one checkpoint for each process, from which all could go on.
// No message may be received before it that is sent after it (an orphan), and what is sent before it and received after
// it must be known to be under way (or it is lost). Knows no protocol.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "checker/actors/id.hpp"

namespace mdcd::checker::actors::examples {

// How many messages a process has sent to each other one, and received from it.
struct Traffic {
    std::map<Id, std::uint8_t> sent;
    std::map<Id, std::uint8_t> received;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("sent", self.sent);
        visit("received", self.received);
    }
};

using RecoveryLine = std::map<Id, const Traffic*>; // every process

inline unsigned count_in(const std::map<Id, std::uint8_t>& counts, Id who) {
    const auto found = counts.find(who);
    return found == counts.end() ? 0 : found->second;
}

// Over channels that keep their order.
inline bool has_orphan(const RecoveryLine& line) {
    for (const auto& [from, sender] : line)
        for (const auto& [to, receiver] : line)
            if (count_in(receiver->received, from) > count_in(sender->sent, to))
                return true;
    return false;
}

} // namespace mdcd::checker::actors::examples
