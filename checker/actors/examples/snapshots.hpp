// Coordinated snapshots (Chandy and Lamport, "Distributed snapshots", 1985): who records its state sends a marker on
// all its channels before anything else, and what arrives on a channel before its marker was under way. A snapshot that
// is complete is a recovery line without orphans and without losses, if channels keep their order.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "checker/actors/examples/recovery_line.hpp"
#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::snapshots {

struct Work {};
struct Marker {};
using Message = std::variant<Work, Marker>;

class Process {
public:
    using Message = snapshots::Message;
    enum class Timer { work, snapshot };
    struct State {
        Traffic traffic;
        std::uint8_t sends_left = 0;
        std::optional<Traffic> recorded;
        std::map<Id, std::uint8_t> under_way; // recorded of each channel
        std::set<Id> marked;                  // channels on which the marker has come
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("traffic", self.traffic);
            visit("sends_left", self.sends_left);
            visit("recorded", self.recorded);
            visit("under_way", self.under_way);
            visit("marked", self.marked);
        }
    };
    using Here = Context<Message, Timer>;

    Process(std::uint8_t sends, bool begins) : sends_(sends), begins_(begins) {}

    State start(Id, Here& context) const {
        if (sends_ > 0)
            context.set_timer(Timer::work);
        if (begins_)
            context.set_timer(Timer::snapshot);
        return {.traffic = {}, .sends_left = sends_, .recorded = {}, .under_way = {}, .marked = {}};
    }
    void timeout(State& state, Timer timer, Here& context) const {
        if (timer == Timer::snapshot) {
            if (!state.recorded)
                record(state, context);
            return;
        }
        const std::size_t way = context.choose(context.actor_count() - 1);
        const Id to(way < context.self().index() ? way : way + 1);
        ++state.traffic.sent[to];
        context.send(to, Work{});
        if (--state.sends_left > 0)
            context.set_timer(Timer::work);
    }
    void receive(State& state, Id from, const Message& message, Here& context) const {
        if (std::holds_alternative<Marker>(message)) {
            if (!state.recorded)
                record(state, context);
            state.marked.insert(from);
            return;
        }
        ++state.traffic.received[from];
        if (state.recorded && !state.marked.contains(from))
            ++state.under_way[from];
    }

private:
    static void record(State& state, Here& context) {
        state.recorded = state.traffic;
        context.broadcast(Marker{});
    }

    std::uint8_t sends_;
    bool begins_;
};

// The first process may begin a snapshot at any time. Channels that do not keep their order are the mistake.
inline ActorSystem snapshots(std::size_t processes, std::uint8_t sends, Order order = Order::fifo) {
    ActorSystem system;
    for (std::size_t place = 0; place < processes; ++place)
        system.add("P" + std::to_string(place), Process(sends, place == 0));
    system.network({.order = order});
    const auto is_complete = [](const SystemState& state) {
        bool complete = true;
        state.each<Process>([&](Id, const Process::State& process) {
            complete = complete && process.recorded && process.marked.size() + 1 == state.actor_count();
        });
        return complete;
    };
    const auto line = [](const SystemState& state) {
        RecoveryLine all;
        state.each<Process>([&](Id id, const Process::State& process) { all.emplace(id, &*process.recorded); });
        return all;
    };
    system.always(
        "no_orphan", [=](const SystemState& state) { return !is_complete(state) || !has_orphan(line(state)); },
        "What a snapshot has received, it has sent.");
    system.always(
        "no_loss",
        [=](const SystemState& state) {
            bool whole = true;
            if (is_complete(state))
                state.each<Process>([&](Id from, const Process::State& sender) {
                    state.each<Process>([&](Id to, const Process::State& receiver) {
                        whole = whole &&
                                count_in(sender.recorded->sent, to) ==
                                    count_in(receiver.recorded->received, from) + count_in(receiver.under_way, from);
                    });
                });
            return whole;
        },
        "What a snapshot has sent, it has received or knows to be under way.");
    system.reachable("something_under_way", [=](const SystemState& state) {
        bool some = false;
        state.each<Process>([&](Id, const Process::State& process) { some = some || !process.under_way.empty(); });
        return some && is_complete(state);
    });
    system.eventually("complete", is_complete, "A snapshot that is begun comes to its end.");
    system.fair(Fairness::weak, timeouts("snapshot"));
    system.fair(Fairness::weak, deliveries());
    system.no_deadlock(is_complete);
    return system;
}

} // namespace mdcd::checker::actors::examples::snapshots
