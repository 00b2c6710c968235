// Dining philosophers (Dijkstra, 1971): each takes one fork, then the other. If all take the left one first they can
// starve together; it helps if one of them takes the right one first.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::philosophers {

struct Take {};
struct Taken {};
struct PutBack {};
using Message = std::variant<Take, Taken, PutBack>;

class Fork {
public:
    using Message = philosophers::Message;
    struct State {
        Id holder;
        Id waiting; // the other neighbour
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("holder", self.holder);
            visit("waiting", self.waiting);
        }
    };

    State start(Id, Context<Message>&) const { return {}; }
    void receive(State& state, Id from, const Message& message, Context<Message>& context) const {
        if (std::holds_alternative<Take>(message) && !state.holder.is_nobody()) {
            state.waiting = from;
            return;
        }
        if (std::holds_alternative<Take>(message))
            state.holder = from;
        else
            state = {.holder = state.waiting, .waiting = {}};
        if (!state.holder.is_nobody())
            context.send(state.holder, Taken{});
    }
};

class Philosopher {
public:
    using Message = philosophers::Message;
    enum class Timer { hungry, full };
    enum class Mood { thinks, wants_first, wants_second, eats };
    struct State {
        Mood mood = Mood::thinks;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("mood", self.mood);
        }
    };
    using Here = Context<Message, Timer>;

    Philosopher(Id first, Id second) : first_(first), second_(second) {}

    State start(Id, Here& context) const {
        context.set_timer(Timer::hungry);
        return {};
    }
    void timeout(State& state, Timer timer, Here& context) const {
        if (timer == Timer::hungry) {
            state.mood = Mood::wants_first;
            context.send(first_, Take{});
            return;
        }
        state.mood = Mood::thinks;
        context.broadcast({first_, second_}, PutBack{});
        context.set_timer(Timer::hungry);
    }
    void receive(State& state, Id, const Message&, Here& context) const {
        if (state.mood == Mood::wants_first) {
            state.mood = Mood::wants_second;
            context.send(second_, Take{});
        } else {
            state.mood = Mood::eats;
            context.set_timer(Timer::full);
        }
    }

private:
    Id first_;
    Id second_;
};

// Philosopher i sits between forks i and i + 1. `all_alike`: nobody takes the right fork first, which is the mistake.
inline ActorSystem philosophers(std::size_t seats, bool all_alike) {
    ActorSystem system;
    const std::vector<Id> forks = system.add("fork", seats, Fork{});
    for (std::size_t seat = 0; seat < seats; ++seat) {
        const Id left = forks[seat];
        const Id right = forks[(seat + 1) % seats];
        const bool right_first = seat == 0 && !all_alike;
        system.add("philosopher " + std::to_string(seat + 1),
                   right_first ? Philosopher(right, left) : Philosopher(left, right));
    }
    system.network({.order = Order::fifo});
    const auto eats = [seats](const SystemState& state, std::size_t seat) {
        return state.actor<Philosopher>(Id(seats + seat % seats)).mood == Philosopher::Mood::eats;
    };
    system.always(
        "forks_are_not_shared",
        [=](const SystemState& state) {
            for (std::size_t seat = 0; seat < seats; ++seat)
                if (eats(state, seat) && eats(state, seat + 1))
                    return false;
            return true;
        },
        "Neighbours do not eat at the same time.");
    system.reachable("first_eats", [=](const SystemState& state) { return eats(state, 0); });
    system.no_deadlock({}, "Everybody holds one fork and waits for the other.");
    return system;
}

} // namespace mdcd::checker::actors::examples::philosophers
