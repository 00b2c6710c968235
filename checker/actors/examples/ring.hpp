// Leader election on a ring (Chang and Roberts, 1979) as a system of actors: each process sends its number on, drops
// smaller numbers, and is elected when its own comes back. checker/textbook has the same on bare slots.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::ring {

struct Candidate {
    unsigned number = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
    }
};
struct Elected {
    unsigned number = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
    }
};

class Process {
public:
    using Message = std::variant<Candidate, Elected>;
    enum class Timer { wake };
    enum class Phase { asleep, active, passive, leads, done };
    struct State {
        Phase phase = Phase::asleep;
        std::optional<unsigned> leader;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("phase", self.phase);
            visit("leader", self.leader);
        }
    };
    using Here = Context<Message, Timer>;

    // `stubborn`: a candidate drops larger numbers too, which is a mistake, there to be found.
    Process(unsigned number, Id next, bool stubborn = false) : number_(number), next_(next), stubborn_(stubborn) {}

    [[nodiscard]] unsigned number() const { return number_; }

    State start(Id, Here& context) const {
        context.set_timer(Timer::wake);
        return {};
    }
    void timeout(State& state, Timer, Here& context) const { wake(state, context); }
    void receive(State& state, Id, const Message& message, Here& context) const {
        if (const auto* const elected = std::get_if<Elected>(&message))
            return learn(state, *elected, context);
        const unsigned number = std::get<Candidate>(message).number;
        if (number == number_) {
            state = {.phase = Phase::leads, .leader = number_};
            context.send(next_, Elected{number_});
        } else if (number > number_) {
            if (stubborn_ && state.phase == Phase::active)
                return;
            context.cancel_timer(Timer::wake);
            if (state.phase == Phase::asleep || state.phase == Phase::active)
                state.phase = Phase::passive;
            context.send(next_, message);
        } else if (state.phase == Phase::asleep) {
            wake(state, context);
        }
    }

private:
    void wake(State& state, Here& context) const {
        state.phase = Phase::active;
        context.cancel_timer(Timer::wake);
        context.send(next_, Candidate{number_});
    }
    void learn(State& state, const Elected& elected, Here& context) const {
        state.phase = Phase::done;
        if (elected.number == number_)
            return;
        state.leader = elected.number;
        context.send(next_, elected);
    }

    unsigned number_;
    Id next_;
    bool stubborn_;
};

// Numbers descend along the ring, the worst case. The last process may be the one that makes the mistake.
// A process waits while its channel is full.
inline ActorSystem ring(unsigned processes, std::uint16_t capacity = 3, bool with_mistake = false) {
    ActorSystem system;
    for (unsigned place = 0; place < processes; ++place)
        system.add("P" + std::to_string(processes - place),
                   Process(processes - place, Id((place + 1) % processes), with_mistake && place + 1 == processes));
    system.network({.order = Order::fifo, .capacity = capacity, .overflow = Overflow::wait});

    const auto leaders = [](const SystemState& state) {
        std::size_t count = 0;
        state.each<Process>([&](Id id, const Process::State& process) {
            count += process.leader == state.actor_count() - id.index() ? 1 : 0;
        });
        return count;
    };
    system.always(
        "leader_is_max",
        [](const SystemState& state) {
            bool is_max = true;
            state.each<Process>([&](Id, const Process::State& process) {
                is_max = is_max && (!process.leader || *process.leader == state.actor_count());
            });
            return is_max;
        },
        "Whoever knows a leader knows the process with the largest number.");
    system.always(
        "one_leader", [leaders](const SystemState& state) { return leaders(state) <= 1; },
        "No two processes take themselves for the leader.");
    system.reachable("leader_elected", [leaders](const SystemState& state) { return leaders(state) == 1; });
    system.no_deadlock([](const SystemState& state) {
        bool is_done = state.messages_under_way() == 0;
        state.each<Process>(
            [&](Id, const Process::State& process) { is_done = is_done && process.phase == Process::Phase::done; });
        return is_done;
    });
    return system;
}

} // namespace mdcd::checker::actors::examples::ring
