// Every state that a scope can reach, together with all messages sent on the way: two ways to one state that differ in
// what was sent are told apart. For small scopes.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "model/proof/tie.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof {

struct ReachedState {
    checker::GlobalState state;
    Sent sent;
};

// Calls visit(reached) for each, breadth-first, but for no more than `states_max`; returns how many there are.
inline std::size_t for_each_reached(const System& system, const std::function<void(const ReachedState&)>& visit,
                                    std::size_t states_max = std::size_t{1} << 40) {
    const auto key_of = [](const ReachedState& reached) {
        std::string key;
        for (const std::string& bytes : reached.state)
            key += encode(bytes.size()) + bytes;
        for (const SentMessage& each : reached.sent)
            key += encode(each.receiver) + encode(each.message);
        return key;
    };
    std::vector<ReachedState> queue{{system.initial_states().front(), {}}};
    std::set<std::string> seen{key_of(queue.front())};
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const ReachedState reached = queue[next];
        visit(reached);
        for (const checker::Enabled& each : checker::enabled(system, reached.state)) {
            ReachedState successor{checker::apply(system, reached.state, each.firing, each.outcome),
                                   sent_after(system.layout(), reached.sent, each.outcome)};
            if (queue.size() < states_max && seen.insert(key_of(successor)).second)
                queue.push_back(std::move(successor));
        }
    }
    return queue.size();
}

} // namespace mdcd::model::proof
