// Two-phase commit (Gray and Lamport, "Consensus on transaction commit", section 3) as a system of actors: a
// transaction manager and n resource managers agree to commit or to abort. What was sent stays readable for ever, so
// the network duplicates. checker/textbook has the same on bare slots.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::commit {

struct Prepared {};
struct Commit {};
struct Abort {};
using Message = std::variant<Prepared, Commit, Abort>;

enum class Phase { working, prepared, committed, aborted };

class ResourceManager {
public:
    using Message = commit::Message;
    enum class Timer { prepare, give_up };
    struct State {
        Phase phase = Phase::working;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("phase", self.phase);
        }
    };
    using Here = Context<Message, Timer>;

    explicit ResourceManager(Id transaction_manager) : transaction_manager_(transaction_manager) {}

    State start(Id, Here& context) const {
        context.set_timer(Timer::prepare);
        context.set_timer(Timer::give_up);
        return {};
    }
    void timeout(State& state, Timer timer, Here& context) const {
        become(state, timer == Timer::prepare ? Phase::prepared : Phase::aborted, context);
        if (timer == Timer::prepare)
            context.send(transaction_manager_, Prepared{});
    }
    void receive(State& state, Id, const Message& message, Here& context) const {
        become(state, std::holds_alternative<Commit>(message) ? Phase::committed : Phase::aborted, context);
    }

private:
    static void become(State& state, Phase phase, Here& context) {
        state.phase = phase;
        context.cancel_timer(Timer::prepare);
        context.cancel_timer(Timer::give_up);
    }

    Id transaction_manager_;
};

class TransactionManager {
public:
    using Message = commit::Message;
    enum class Timer { commit, abort };
    struct State {
        Phase phase = Phase::working;
        std::set<Id> votes;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("phase", self.phase);
            visit("votes", self.votes);
        }
    };
    using Here = Context<Message, Timer>;

    // Fewer votes than managers are a mistake, there to be found.
    TransactionManager(std::vector<Id> managers, std::size_t votes_needed)
        : managers_(std::move(managers)), votes_needed_(votes_needed) {}

    State start(Id, Here& context) const {
        context.set_timer(Timer::abort);
        if (votes_needed_ == 0)
            context.set_timer(Timer::commit);
        return {};
    }
    void receive(State& state, Id from, const Message&, Here& context) const {
        if (state.phase != Phase::working)
            return;
        state.votes.insert(from);
        if (state.votes.size() >= votes_needed_)
            context.set_timer(Timer::commit);
    }
    void timeout(State& state, Timer timer, Here& context) const {
        state.phase = timer == Timer::commit ? Phase::committed : Phase::aborted;
        context.cancel_timer(Timer::commit);
        context.cancel_timer(Timer::abort);
        context.broadcast(managers_, timer == Timer::commit ? Message(Commit{}) : Message(Abort{}));
    }

private:
    std::vector<Id> managers_;
    std::size_t votes_needed_;
};

inline ActorSystem two_phase_commit(std::size_t managers, std::size_t votes_needed) {
    ActorSystem system;
    const Id coordinator = system.add("TM", TransactionManager(ids(1, managers), votes_needed));
    const std::vector<Id> all = system.add("RM", managers, ResourceManager(coordinator));
    system.network({.order = Order::unordered, .duplicating = true});
    system.interchangeable(all);

    const auto count = [](const SystemState& state, Phase phase) {
        std::size_t found = 0;
        state.each<ResourceManager>(
            [&](Id, const ResourceManager::State& manager) { found += manager.phase == phase ? 1 : 0; });
        return found;
    };
    system.always(
        "consistent",
        [count](const SystemState& state) {
            return count(state, Phase::committed) == 0 || count(state, Phase::aborted) == 0;
        },
        "No two resource managers decide differently.");
    system.reachable("all_commit", [count, managers](const SystemState& state) {
        return count(state, Phase::committed) == managers;
    });
    system.reachable("all_abort",
                     [count, managers](const SystemState& state) { return count(state, Phase::aborted) == managers; });
    return system;
}

} // namespace mdcd::checker::actors::examples::commit
