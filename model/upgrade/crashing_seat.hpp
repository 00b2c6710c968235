// A seat that can crash, with its stable storage: what a crash leaves depends on when steps are stored. What the world
// has seen of it (the record) is not undone by a crash.
// Knows no claim.
#pragma once

#include <utility>

#include "impl/link.hpp"
#include "model/upgrade/upgrade_seat.hpp"

namespace mdcd::model::upgrade {

class CrashingSeat {
public:
    using Message = Seat::Message;
    using Timer = Seat::Timer;
    struct Durable {
        Seat::State stored;

        friend constexpr bool operator==(const Durable&, const Durable&) = default;

        template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
            visit("stored", self.stored);
        }
    };
    struct State {
        Seat::State now;
        Durable durable;

        friend constexpr bool operator==(const State&, const State&) = default;

        template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
            visit("now", self.now);
            visit("durable", self.durable);
        }
    };
    using Here = Seat::Here;

    CrashingSeat(const Scope& scope, impl::SeatId self, impl::Durability durability)
        : seat_(scope, self), durability_(durability) {}

    State start(actors::Id self, Here& context) const {
        const Seat::State state = seat_.start(self, context);
        return {.now = state, .durable = {state}};
    }
    void receive(State& state, actors::Id from, const Message& message, Here& context) const {
        seat_.receive(state.now, from, message, context);
        store(state, context);
    }
    void timeout(State& state, Timer timer, Here& context) const {
        if (timer == Timer::store) {
            state.durable.stored = state.now;
            return;
        }
        seat_.timeout(state.now, timer, context);
        store(state, context);
    }
    State restart(actors::Id, const Durable& durable, Here& context) const {
        State state{.now = durable.stored, .durable = durable};
        seat_.set_timers(state.now, context);
        return state;
    }

private:
    // Messages have left by then: a step is its transaction, or is stored some time after it, or not at all.
    void store(State& state, Here& context) const {
        if (durability_ == impl::Durability::each_step)
            state.durable.stored = state.now;
        state.durable.stored.record = state.now.record;
        if (durability_ == impl::Durability::after_send && state.durable.stored != state.now)
            context.set_timer(Timer::store);
    }

    Seat seat_;
    impl::Durability durability_;
};

} // namespace mdcd::model::upgrade
