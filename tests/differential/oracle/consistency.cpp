// The claims about consistent global states: recoverability, no cascading rollback, minimal rollback. Who has sent and
// who has received what is read off the histories of the processes; a message is its sender's n-th.
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "tests/differential/oracle/claims.hpp"

namespace oracle {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

// One state for each process of high confidence: shadows first, then active processes, as their ids are ordered.
using Line = std::vector<const Application*>;

int receiver_id(const World& world, const Receiver& receiver) {
    return receiver.kind == ReceiverKind::active ? world.active_id(receiver.who) : world.shadow_id(receiver.who);
}

// Is the message in its sender's history on this line? Those of the cluster are in the script, whoever sends them.
bool is_sent(const World& world, const Line& line, const Identity& id) {
    if (id.origin == Origin::cluster)
        return true;
    if (id.origin == Origin::shadow)
        return id.n <= static_cast<int>(line[at(id.sender)]->sent_inside.size());
    return id.n <= static_cast<int>(line[at(world.scope.components + id.sender)]->sent.size());
}

bool has_orphan(const World& world, const Line& line) {
    return std::ranges::any_of(line, [&](const Application* application) {
        return std::ranges::any_of(application->received,
                                   [&](const Identity& id) { return !is_sent(world, line, id); });
    });
}

Line recovered_line(const Outcome& outcome) {
    Line line;
    for (const Recovered& recovered : outcome.shadow)
        line.push_back(&recovered.process.application);
    for (const Recovered& recovered : outcome.active)
        line.push_back(&recovered.process.application);
    return line;
}

bool somebody_depends_on_error(const State& state, const Line& line) {
    return std::ranges::any_of(
        line, [&](const Application* application) { return !covers(state.validated, application->depends); });
}

// Every message that must be received exactly once, now or later, with the process that it is for.
std::vector<std::pair<Identity, int>> all_sent(const World& world, const State& state, const Line& line) {
    std::vector<std::pair<Identity, int>> sent;
    for (int component = 0; component < world.scope.components; ++component) {
        for (const ClusterMessage& message : messages_of(world, state, component)) {
            if (!message.external)
                sent.emplace_back(message.id, receiver_id(world, message.receiver));
        }
        int n = 0;
        for (const Receiver& receiver : line[at(component)]->sent_inside) {
            sent.emplace_back(Identity{Origin::shadow, component, ++n}, receiver_id(world, receiver));
        }
    }
    for (int active = 0; active < world.scope.active_processes; ++active) {
        int n = 0;
        for (const Receiver& receiver : line[at(world.scope.components + active)]->sent) {
            sent.emplace_back(Identity{Origin::active, active, ++n}, receiver_id(world, receiver));
        }
    }
    return sent;
}

// How often each message is received or arrives, over all processes.
std::map<Identity, int> receptions(const Outcome& outcome, const Line& line) {
    std::map<Identity, int> times;
    for (const Application* application : line) {
        for (const Identity& id : application->received)
            ++times[id];
    }
    for (const Arriving& arriving : outcome.in_transit)
        ++times[arriving.id];
    for (const auto& resent : outcome.resent) {
        for (const Suppressed& entry : resent)
            ++times[entry.id];
    }
    for (const ClusterMessage& message : outcome.generated) {
        if (!message.external)
            ++times[message.id];
    }
    return times;
}

// The states that a process can be put into: its checkpoints, oldest first, and where it is.
std::vector<const Application*> candidates(const Process& process) {
    std::vector<const Application*> states;
    for (const Checkpoint& checkpoint : process.checkpoints)
        states.push_back(&checkpoint.application);
    states.push_back(&process.application);
    return states;
}

// Tries every line that is nowhere earlier than the one picked; `later` says whether it is somewhere later.
bool better_line_exists(const World& world, const State& state, const std::vector<const Process*>& processes,
                        const std::vector<std::size_t>& picked, Line& line, bool later) {
    const std::size_t next = line.size();
    if (next == processes.size())
        return later && !has_orphan(world, line);
    const auto states = candidates(*processes[next]);
    for (std::size_t position = picked[next]; position < states.size(); ++position) {
        if (!covers(state.validated, states[position]->depends))
            continue;
        line.push_back(states[position]);
        const bool found = better_line_exists(world, state, processes, picked, line, later || position > picked[next]);
        line.pop_back();
        if (found)
            return true;
    }
    return false;
}

} // namespace

bool violates_recoverability(const World& world, const State& state, const Outcome& outcome) {
    const Line line = recovered_line(outcome);
    if (somebody_depends_on_error(state, line))
        return true;
    const auto erroneous = [&](const auto& message) { return !covers(state.validated, message.depends); };
    if (std::ranges::any_of(outcome.in_transit, erroneous))
        return true;
    for (const auto& resent : outcome.resent) {
        if (std::ranges::any_of(resent, erroneous))
            return true;
    }
    const auto times = receptions(outcome, line);
    for (const auto& [id, count] : times) {
        if (count > 1 || !is_sent(world, line, id))
            return true;
    }
    const auto sent = all_sent(world, state, line);
    return std::ranges::any_of(sent, [&](const auto& message) { return !times.contains(message.first); });
}

bool violates_no_cascading_rollback(const World& world, const State& state, const Outcome& outcome) {
    const Line line = recovered_line(outcome);
    return somebody_depends_on_error(state, line) || has_orphan(world, line);
}

bool violates_minimal_rollback(const World& world, const State& state, const Outcome& outcome) {
    std::vector<const Process*> processes;
    std::vector<std::size_t> picked;
    for (std::size_t i = 0; i < state.shadow.size(); ++i) {
        processes.push_back(&state.shadow[i]);
        picked.push_back(outcome.shadow[i].line_position);
    }
    for (std::size_t i = 0; i < state.active.size(); ++i) {
        processes.push_back(&state.active[i]);
        picked.push_back(outcome.active[i].line_position);
    }
    Line line;
    return better_line_exists(world, state, processes, picked, line, false);
}

} // namespace oracle
