// The textbook search over plain structs that can be compared: what the examples' counts are held against.
// Includes nothing of the project, so that it shares no mistake with it.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mdcd::tests {

struct Count {
    std::size_t states = 0;
    std::size_t depth = 0; // of the state that is farthest away
    // By claim, the distance of the nearest state that settles it: one in which it does not hold, or one that is
    // looked for.
    std::map<std::string, std::size_t> found;
};

// next(world) are all worlds that one event leads to; settled(world) the claims that are settled there.
template <class World, class Next, class Settled> Count breadth_first(const World& first, Next next, Settled settled) {
    Count count;
    std::set<World> seen = {first};
    std::vector<const World*> level = {&*seen.begin()};
    for (std::size_t distance = 0; !level.empty(); ++distance) {
        count.depth = distance;
        std::vector<const World*> beyond;
        for (const World* const world : level) {
            for (const std::string& claim : settled(*world))
                count.found.emplace(claim, distance);
            for (World& after : next(*world))
                if (const auto [place, is_new] = seen.insert(std::move(after)); is_new)
                    beyond.push_back(&*place);
        }
        level = std::move(beyond);
    }
    count.states = seen.size();
    return count;
}

} // namespace mdcd::tests
