// Checkpoints that messages induce, without coordination. By index (Briatico, Ciuffoletti and Simoncini, 1984):
// messages carry the number of the sender's checkpoint, and who is behind it takes one before it receives; checkpoints
// of one number are a recovery line. By fixed dependency after a send (Wang, 1997): messages carry whose intervals they
// depend on, and who has sent since its last checkpoint takes one before it receives what it does not depend on yet;
// each checkpoint is in the recovery line that its own dependencies name.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/examples/recovery_line.hpp"
#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::checkpointing {

enum class Rule { by_index, fixed_dependency };

struct Message {
    std::uint8_t index = 0;
    std::map<Id, std::uint8_t> depends;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("depends", self.depends);
    }
};

struct Checkpoint {
    std::uint8_t index = 0;
    std::map<Id, std::uint8_t> depends; // on the interval of that number of each
    Traffic traffic;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("depends", self.depends);
        visit("traffic", self.traffic);
    }
};

class Process {
public:
    using Message = checkpointing::Message;
    enum class Timer { send, checkpoint };
    struct State {
        Checkpoint now; // what a checkpoint would be
        bool has_sent = false;
        std::uint8_t sends_left = 0;
        std::uint8_t checkpoints_left = 0; // that it takes of its own accord
        std::vector<Checkpoint> taken;     // the first at the start
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("now", self.now);
            visit("has_sent", self.has_sent);
            visit("sends_left", self.sends_left);
            visit("checkpoints_left", self.checkpoints_left);
            visit("taken", self.taken);
        }
    };
    using Here = Context<Message, Timer>;

    // One that receives first, and takes its checkpoint then, makes a mistake, there to be found.
    Process(Rule rule, std::uint8_t sends, std::uint8_t checkpoints, bool receives_first)
        : rule_(rule), sends_(sends), checkpoints_(checkpoints), receives_first_(receives_first) {}

    State start(Id self, Here& context) const {
        State state;
        state.sends_left = sends_;
        state.checkpoints_left = checkpoints_;
        state.taken.push_back(state.now);
        if (rule_ == Rule::fixed_dependency)
            state.now.depends[self] = 1;
        if (sends_ > 0)
            context.set_timer(Timer::send);
        if (checkpoints_ > 0)
            context.set_timer(Timer::checkpoint);
        return state;
    }
    void timeout(State& state, Timer timer, Here& context) const {
        if (timer == Timer::checkpoint) {
            take(state, static_cast<std::uint8_t>(state.now.index + 1), context);
            if (--state.checkpoints_left > 0)
                context.set_timer(Timer::checkpoint);
            return;
        }
        const std::size_t way = context.choose(context.actor_count() - 1);
        const Id to(way < context.self().index() ? way : way + 1);
        ++state.now.traffic.sent[to];
        state.has_sent = true;
        context.send(to, {.index = state.now.index, .depends = state.now.depends});
        if (--state.sends_left > 0)
            context.set_timer(Timer::send);
    }
    void receive(State& state, Id from, const Message& message, Here& context) const {
        const bool is_forced =
            rule_ == Rule::by_index ? message.index > state.now.index : state.has_sent && knows_more(message, state);
        if (receives_first_)
            ++state.now.traffic.received[from];
        if (is_forced) {
            context.cover("forced");
            take(state, std::max(message.index, static_cast<std::uint8_t>(state.now.index + 1)), context);
        }
        if (!receives_first_)
            ++state.now.traffic.received[from];
        for (const auto& [who, interval] : message.depends)
            state.now.depends[who] = std::max(state.now.depends[who], interval);
    }

private:
    static bool knows_more(const Message& message, const State& state) {
        return std::ranges::any_of(
            message.depends, [&](const auto& each) { return each.second > count_in(state.now.depends, each.first); });
    }
    void take(State& state, std::uint8_t index, Here& context) const {
        state.now.index = index;
        state.taken.push_back(state.now);
        state.has_sent = false;
        if (rule_ == Rule::fixed_dependency)
            ++state.now.depends[context.self()];
    }

    Rule rule_;
    std::uint8_t sends_;
    std::uint8_t checkpoints_;
    bool receives_first_;
};

// Of the first checkpoint of each that has this number or a larger one; of who has none yet, what it would be.
inline RecoveryLine line_of_index(const SystemState& state, unsigned index) {
    RecoveryLine line;
    state.each<Process>([&](Id id, const Process::State& process) {
        const auto found =
            std::ranges::find_if(process.taken, [&](const Checkpoint& each) { return each.index >= index; });
        line.emplace(id, found == process.taken.end() ? &process.now.traffic : &found->traffic);
    });
    return line;
}

// That ends the intervals which the checkpoint depends on; what has not ended yet, as it would be.
inline RecoveryLine line_of_dependencies(const SystemState& state, Id whose, const Checkpoint& checkpoint) {
    RecoveryLine line;
    state.each<Process>([&](Id id, const Process::State& process) {
        const unsigned interval = count_in(checkpoint.depends, id);
        line.emplace(id, id == whose                       ? &checkpoint.traffic
                         : interval < process.taken.size() ? &process.taken[interval].traffic
                                                           : &process.now.traffic);
    });
    return line;
}

inline ActorSystem checkpointing(Rule rule, std::size_t processes, std::uint8_t sends, std::uint8_t checkpoints,
                                 bool receives_first = false) {
    ActorSystem system;
    const std::vector<Id> all = system.add("P", processes, Process(rule, sends, checkpoints, receives_first));
    system.network({.order = Order::fifo});
    system.interchangeable(all);
    system.always(
        "no_orphan",
        [rule](const SystemState& state) {
            bool fine = true;
            state.each<Process>([&](Id id, const Process::State& process) {
                for (const Checkpoint& each : process.taken)
                    fine = fine && !has_orphan(rule == Rule::by_index ? line_of_index(state, each.index)
                                                                      : line_of_dependencies(state, id, each));
            });
            return fine;
        },
        "Each checkpoint is in a recovery line without orphans.");
    system.reachable("three_checkpoints", [](const SystemState& state) {
        bool some = false;
        state.each<Process>([&](Id, const Process::State& process) { some = some || process.taken.size() >= 3; });
        return some;
    });
    system.no_deadlock([](const SystemState& state) { return state.messages_under_way() == 0; });
    return system;
}

} // namespace mdcd::checker::actors::examples::checkpointing
