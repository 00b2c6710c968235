// The alternating-bit protocol (Bartlett, Scantlebury and Wilkinson, 1969) over channels that lose and repeat messages
// and keep their order: every packet arrives once, in order. The bit tells a repeated packet from the next one. That
// all of them arrive at last wants channels that do not lose a message each time it is sent.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::alternating_bit {

struct Packet {
    unsigned content = 0;
    bool bit = false;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("content", self.content);
        visit("bit", self.bit);
    }
};
struct Ack {
    bool bit = false;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) { visit("bit", self.bit); }
};
using Message = std::variant<Packet, Ack>;

class Sender {
public:
    using Message = alternating_bit::Message;
    enum class Timer { resend };
    struct State {
        unsigned next = 1; // the content that is being sent
        bool bit = false;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("next", self.next);
            visit("bit", self.bit);
        }
    };
    using Here = Context<Message, Timer>;

    Sender(Id receiver, unsigned packets) : receiver_(receiver), packets_(packets) {}

    State start(Id, Here& context) const {
        State state;
        send(state, context);
        return state;
    }
    void timeout(State& state, Timer, Here& context) const { send(state, context); }
    void receive(State& state, Id, const Message& message, Here& context) const {
        if (std::get<Ack>(message).bit != state.bit || state.next > packets_)
            return;
        ++state.next;
        state.bit = !state.bit;
        context.cancel_timer(Timer::resend);
        if (state.next <= packets_)
            send(state, context);
    }

private:
    void send(const State& state, Here& context) const {
        context.send(receiver_, Packet{.content = state.next, .bit = state.bit});
        context.set_timer(Timer::resend);
    }

    Id receiver_;
    unsigned packets_;
};

class Receiver {
public:
    using Message = alternating_bit::Message;
    struct State {
        bool expected = false;
        std::vector<unsigned> received;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("expected", self.expected);
            visit("received", self.received);
        }
    };

    // One that takes a packet whatever its bit is makes a mistake, there to be found.
    explicit Receiver(bool looks_at_bit) : looks_at_bit_(looks_at_bit) {}

    State start(Id, Context<Message>&) const { return {}; }
    void receive(State& state, Id from, const Message& message, Context<Message>& context) const {
        const Packet& packet = std::get<Packet>(message);
        if (packet.bit == state.expected || !looks_at_bit_) {
            state.received.push_back(packet.content);
            state.expected = !packet.bit;
        }
        context.send(from, Ack{packet.bit});
    }

private:
    bool looks_at_bit_;
};

inline ActorSystem alternating_bit(unsigned packets, bool looks_at_bit = true, Fairness channels = Fairness::strong) {
    ActorSystem system;
    const Id sender = system.add("sender", Sender(Id(1), packets));
    const Id receiver = system.add("receiver", Receiver(looks_at_bit));
    system.network(
        {.order = Order::fifo, .duplicating = true, .lossy = true, .capacity = 2, .overflow = Overflow::wait});
    system.always(
        "once_and_in_order",
        [receiver](const SystemState& state) {
            const std::vector<unsigned>& received = state.actor<Receiver>(receiver).received;
            for (std::size_t place = 0; place < received.size(); ++place)
                if (received[place] != place + 1)
                    return false;
            return true;
        },
        "What was received is what was sent, each packet once.");
    system.reachable("all_arrive", [=](const SystemState& state) {
        return state.actor<Sender>(sender).next > packets && state.actor<Receiver>(receiver).received.size() == packets;
    });
    system.no_deadlock([=](const SystemState& state) { return state.actor<Sender>(sender).next > packets; });
    system.eventually(
        "all_arrive_at_last", [=](const SystemState& state) { return state.actor<Sender>(sender).next > packets; },
        "The sender gets to know that all packets have arrived.");
    system.leads_to(
        "the_last_is_received", [=](const SystemState& state) { return state.actor<Sender>(sender).next == packets; },
        [=](const SystemState& state) { return state.actor<Receiver>(receiver).received.size() >= packets; },
        "The last packet is received once it is sent.");
    system.fair(Fairness::weak, timeouts(sender, "resend"));
    system.fair(channels, deliveries());
    system.boundary([=](const SystemState& state) {
        return state.actor<Receiver>(receiver).received.size() <= packets; // the mistake has no end
    });
    return system;
}

} // namespace mdcd::checker::actors::examples::alternating_bit
