// What a system is found to use only when its handlers run: between whom messages go, which timers are set, which
// points are passed. Slots and steps are made of it, so it is looked for before a search. Knows no slot.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mdcd::checker::actors {

struct Findings {
    using Channel = std::pair<std::uint16_t, std::uint16_t>; // from, to
    std::set<Channel> channels;
    std::vector<std::set<std::string>> timers; // by actor, encoded
    std::set<std::string> points;              // of coverage

    void add(const Findings& others) {
        channels.insert(others.channels.begin(), others.channels.end());
        if (timers.size() < others.timers.size())
            timers.resize(others.timers.size());
        for (std::size_t actor = 0; actor < others.timers.size(); ++actor)
            timers[actor].insert(others.timers[actor].begin(), others.timers[actor].end());
        points.insert(others.points.begin(), others.points.end());
    }
    [[nodiscard]] bool empty() const {
        for (const std::set<std::string>& some : timers)
            if (!some.empty())
                return false;
        return channels.empty() && points.empty();
    }
};

} // namespace mdcd::checker::actors
