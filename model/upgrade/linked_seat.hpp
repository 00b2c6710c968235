// A seat that speaks to each other seat by a link (impl/link.hpp), so that sessions can break and the seat can crash:
// what was under way in a session that is over is gone, or has arrived and comes once more. A link is asked for frames
// as soon as there is something to send; acknowledgements ride on these, and on the frame that opens a session.
// Knows no claim.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "impl/link.hpp"
#include "model/upgrade/upgrade_seat.hpp"

namespace mdcd::model::upgrade {

inline constexpr std::size_t link_window = 16;

// What it passes, beside the events of the handlers. By wrong rules also "forgotten": a frame that says more than the
// end that it comes to knows.
inline constexpr std::array<std::string_view, 3> link_points = {"sent_again", "gone_with_its_session",
                                                                "arrived_before"};

// Of a session, or of what breaks one.
struct Packet {
    std::uint8_t session = 0;
    std::optional<std::uint8_t> breaks; // the session with this one breaks: not sent by a seat
    impl::LinkFrame<Seat::Message> frame;

    friend bool operator==(const Packet&, const Packet&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("session", self.session);
        visit("breaks", self.breaks);
        visit("frame", self.frame);
    }
};

[[nodiscard]] inline std::string packet_text(const Packet& packet) {
    if (packet.breaks)
        return "a session breaks";
    const auto& frame = packet.frame;
    return (frame.number == 0 ? std::string("session begins") : message_text(frame.payload)) + ", session " +
           std::to_string(packet.session) + ", number " + std::to_string(frame.number) + ", has taken " +
           std::to_string(frame.acknowledged);
}
[[nodiscard]] inline actors::Picture picture_of(const Packet& packet, actors::ActorNames) {
    return picture_of_words(packet_text(packet));
}

// What is stored of a link.
struct Side {
    std::uint8_t session = 0; // the network's count: no crash takes it back
    std::uint8_t acknowledged = 0;
    std::uint8_t taken = 0;
    std::vector<Seat::Message> kept; // not acknowledged

    friend bool operator==(const Side&, const Side&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("session", self.session);
        visit("acknowledged", self.acknowledged);
        visit("taken", self.taken);
        visit("kept", self.kept);
    }
};

class LinkedSeat {
public:
    using Message = Packet;
    using Timer = Seat::Timer;
    struct Durable {
        Seat::State seat;
        std::vector<Side> sides; // by Id

        friend bool operator==(const Durable&, const Durable&) = default;

        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("seat", self.seat);
            visit("sides", self.sides);
        }
    };
    struct State {
        Durable durable;
        std::optional<Durable> ahead; // not stored yet

        [[nodiscard]] const Durable& now() const { return ahead ? *ahead : durable; }
        friend bool operator==(const State&, const State&) = default;

        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("durable", self.durable);
            visit("ahead", self.ahead);
        }
    };
    using Here = actors::Context<Packet, Timer>;

    LinkedSeat(const Scope& scope, impl::SeatId self) : seat_(scope, self), rules_{.durability = scope.durability} {
        scope.seats.for_each([&](impl::SeatId) { ++seats_; });
    }

    State start(actors::Id self, Here& context) const {
        Durable nothing;
        nothing.sides.resize(seats_);
        Step step(*this, nothing, context);
        step.now.seat = seat_.start(self, step);
        State state;
        state.durable = step.end(rules_);
        return state;
    }
    void receive(State& state, actors::Id from, const Packet& packet, Here& context) const {
        Step step(*this, state.now(), context);
        if (packet.breaks)
            step.begin_session(*packet.breaks, static_cast<std::uint8_t>(step.now.sides[*packet.breaks].session + 1));
        else
            arrive(step, from, packet);
        store(state, step.end(rules_), context);
    }
    void timeout(State& state, Timer timer, Here& context) const {
        if (timer == Timer::store) {
            state.durable = *std::exchange(state.ahead, std::nullopt);
            return;
        }
        Step step(*this, state.now(), context);
        seat_.timeout(step.now.seat, timer, step);
        store(state, step.end(rules_), context);
    }
    // All its sessions are over.
    State restart(actors::Id self, const Durable& durable, Here& context) const {
        Step step(*this, durable, context);
        for (std::size_t peer = 0; peer < seats_; ++peer)
            if (peer != self.index())
                step.begin_session(peer, static_cast<std::uint8_t>(durable.sides[peer].session + 1));
        seat_.set_timers(step.now.seat, step);
        State state;
        state.durable = step.end(rules_);
        return state;
    }

private:
    using End = impl::LinkEnd<Seat::Message, link_window, 1>; // each is taken as soon as it has arrived

    // Stands for the context of a seat.
    class Step {
    public:
        Step(const LinkedSeat& seat, Durable before, Here& context)
            : now(std::move(before)), rules_(seat.rules_), context_(context) {
            for (const Side& each : now.sides)
                ends_.push_back(end_of(each));
        }

        void send(actors::Id to, const Seat::Message& message) {
            if (submit(ends_[to.index()], message, rules_) != impl::LinkSubmission::accepted)
                actors::fail("the window of a link is too small for this scope");
        }
        void set_timer(Timer timer) { context_.set_timer(timer); }
        void cancel_timer(Timer timer) { context_.cancel_timer(timer); }
        [[nodiscard]] std::size_t choose(std::size_t count) { return context_.choose(count); }
        void cover(std::string_view point) { context_.cover(point); }

        void begin_session(std::size_t peer, std::uint8_t number) {
            now.sides[peer].session = number;
            impl::begin_session(ends_[peer], rules_);
            if (ends_[peer].stable.accepted > ends_[peer].stable.acknowledged)
                cover("sent_again");
            opened_.push_back(peer);
        }
        [[nodiscard]] End& end_with(actors::Id peer) { return ends_[peer.index()]; }

        // The step is a transaction; then what may leave leaves.
        Durable end(const impl::LinkRules& rules) {
            for (std::size_t peer = 0; peer < ends_.size(); ++peer) {
                End& end = ends_[peer];
                was_stored(end, end.stable);
                bool opens = std::ranges::find(opened_, peer) != opened_.end();
                while (opens || end.sent < end.stable.accepted) {
                    const auto frame = next_frame(end, rules);
                    context_.send(actors::Id(peer), {.session = now.sides[peer].session,
                                                     .breaks = {},
                                                     .frame = frame ? *frame : impl::LinkFrame<Seat::Message>{}});
                    opens = false;
                }
                put(end, now.sides[peer]);
            }
            return std::move(now);
        }

        Durable now;

    private:
        static End end_of(const Side& side) {
            End end;
            end.stable.acknowledged = side.acknowledged;
            end.stable.accepted = side.acknowledged;
            for (const Seat::Message& each : side.kept)
                end.stable.unacknowledged[++end.stable.accepted % link_window] = each;
            end.stable.taken = side.taken;
            was_stored(end, end.stable);
            end.sent = end.stable.accepted;
            end.told = end.stable.taken;
            return end;
        }
        static void put(const End& end, Side& side) {
            side.acknowledged = static_cast<std::uint8_t>(end.stable.acknowledged);
            side.taken = static_cast<std::uint8_t>(end.stable.taken);
            side.kept.clear();
            for (impl::LinkNumber number = end.stable.acknowledged + 1; number <= end.stable.accepted; ++number)
                side.kept.push_back(end.stable.unacknowledged[number % link_window]);
        }

        impl::LinkRules rules_;
        Here& context_;
        std::vector<End> ends_;
        std::vector<std::size_t> opened_;
    };

    void arrive(Step& step, actors::Id from, const Packet& packet) const {
        const std::uint8_t session = step.now.sides[from.index()].session;
        if (packet.session < session)
            return step.cover("gone_with_its_session");
        if (packet.session > session)
            step.begin_session(from.index(), packet.session);
        End& end = step.end_with(from);
        switch (impl::receive(end, packet.frame, rules_)) {
        case impl::LinkReceipt::duplicate:
            return step.cover("arrived_before");
        case impl::LinkReceipt::forgotten:
            return step.cover("forgotten");
        case impl::LinkReceipt::no_room:
            return actors::fail("frames of a session arrive out of order");
        case impl::LinkReceipt::no_message:
        case impl::LinkReceipt::arrived:
            break;
        }
        if (const auto message = impl::take(end))
            seat_.receive(step.now.seat, from, *message, step);
    }

    void store(State& state, Durable now, Here& context) const {
        if (rules_.durability == impl::Durability::each_step) {
            state.durable = std::move(now);
            return;
        }
        state.durable.seat.record = now.seat.record;
        for (std::size_t peer = 0; peer < seats_; ++peer)
            state.durable.sides[peer].session = now.sides[peer].session;
        state.ahead = std::move(now);
        if (rules_.durability == impl::Durability::after_send)
            context.set_timer(Timer::store);
    }

    Seat seat_;
    impl::LinkRules rules_;
    std::size_t seats_ = 0;
};

// What breaks a session, once: one end learns of it at any time after.
class SessionBreaker {
public:
    using Message = Packet;
    enum class Timer : std::uint8_t { break_session };
    struct State {
        friend bool operator==(const State&, const State&) = default;
        template <class Self, class Visit> static constexpr void visit_fields(Self&, Visit&&) {}
    };
    using Here = actors::Context<Packet, Timer>;

    explicit SessionBreaker(std::size_t seats) : seats_(seats) {}

    State start(actors::Id, Here& context) const {
        context.set_timer(Timer::break_session);
        return {};
    }
    void timeout(State&, Timer, Here& context) const {
        const std::size_t pair = context.choose(seats_ * (seats_ - 1));
        const std::size_t one = pair / (seats_ - 1);
        const std::size_t other = pair % (seats_ - 1);
        context.send(actors::Id(one),
                     {.session = 0, .breaks = static_cast<std::uint8_t>(other < one ? other : other + 1), .frame = {}});
    }

private:
    std::size_t seats_;
};

} // namespace mdcd::model::upgrade
