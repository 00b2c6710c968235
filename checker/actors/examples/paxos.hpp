// Single-decree Paxos (Lamport, "Paxos made simple", section 2.2): proposers get one value chosen by a majority of
// acceptors, over a network that reorders. Each proposer has one ballot, and proposes its own number.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::paxos {

struct Vote { // what an acceptor has accepted last
    unsigned ballot = 0;
    unsigned value = 0;
    friend auto operator<=>(const Vote&, const Vote&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("ballot", self.ballot);
        visit("value", self.value);
    }
};
struct Prepare {
    unsigned ballot = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("ballot", self.ballot);
    }
};
struct Promise {
    unsigned ballot = 0;
    std::optional<Vote> vote;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("ballot", self.ballot);
        visit("vote", self.vote);
    }
};
struct Accept {
    Vote vote;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) { visit("vote", self.vote); }
};
struct Accepted {
    unsigned ballot = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("ballot", self.ballot);
    }
};
using Message = std::variant<Prepare, Promise, Accept, Accepted>;

class Acceptor {
public:
    using Message = paxos::Message;
    struct State {
        unsigned promised = 0;
        std::optional<Vote> vote;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("promised", self.promised);
            visit("vote", self.vote);
        }
    };

    State start(Id, Context<Message>&) const { return {}; }
    void receive(State& state, Id from, const Message& message, Context<Message>& context) const {
        if (const auto* const prepare = std::get_if<Prepare>(&message); prepare && prepare->ballot > state.promised) {
            state.promised = prepare->ballot;
            context.send(from, Promise{.ballot = prepare->ballot, .vote = state.vote});
        }
        if (const auto* const accept = std::get_if<Accept>(&message); accept && accept->vote.ballot >= state.promised) {
            state.promised = accept->vote.ballot;
            state.vote = accept->vote;
            context.send(from, Accepted{accept->vote.ballot});
        }
    }
};

class Proposer {
public:
    using Message = paxos::Message;
    struct State {
        std::map<Id, std::optional<Vote>> promises;
        std::optional<Vote> proposal;
        std::set<Id> accepted;
        bool has_chosen = false;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("promises", self.promises);
            visit("proposal", self.proposal);
            visit("accepted", self.accepted);
            visit("has_chosen", self.has_chosen);
        }
    };

    // One that proposes its own value whatever was promised makes a mistake, there to be found.
    Proposer(std::vector<Id> acceptors, unsigned ballot, bool looks_at_votes)
        : acceptors_(std::move(acceptors)), ballot_(ballot), looks_at_votes_(looks_at_votes) {}

    State start(Id, Context<Message>& context) const {
        context.broadcast(acceptors_, Prepare{ballot_});
        return {};
    }
    void receive(State& state, Id from, const Message& message, Context<Message>& context) const {
        if (const auto* const promise = std::get_if<Promise>(&message); promise && !state.proposal) {
            state.promises[from] = promise->vote;
            if (is_majority(state.promises.size()))
                propose(state, context);
        } else if (std::holds_alternative<Accepted>(message) && !state.has_chosen) {
            state.accepted.insert(from);
            state.has_chosen = is_majority(state.accepted.size());
        }
    }

private:
    [[nodiscard]] bool is_majority(std::size_t count) const { return 2 * count > acceptors_.size(); }

    void propose(State& state, Context<Message>& context) const {
        std::optional<Vote> latest;
        for (const auto& [acceptor, vote] : state.promises)
            if (looks_at_votes_ && vote > latest)
                latest = vote;
        state.proposal = Vote{.ballot = ballot_, .value = latest ? latest->value : ballot_};
        context.broadcast(acceptors_, Accept{*state.proposal});
    }

    std::vector<Id> acceptors_;
    unsigned ballot_;
    bool looks_at_votes_;
};

inline ActorSystem paxos(std::size_t acceptors, std::size_t proposers, bool looks_at_votes = true) {
    ActorSystem system;
    const std::vector<Id> all = system.add("acceptor", acceptors, Acceptor{});
    for (std::size_t number = 1; number <= proposers; ++number)
        system.add("proposer " + std::to_string(number), Proposer(all, static_cast<unsigned>(number), looks_at_votes));
    system.interchangeable(all);
    system.always(
        "agreement",
        [](const SystemState& state) {
            std::set<unsigned> values;
            state.each<Proposer>([&](Id, const Proposer::State& proposer) {
                if (proposer.has_chosen)
                    values.insert(proposer.proposal->value);
            });
            return values.size() <= 1;
        },
        "No two proposers take different values for the chosen one.");
    for (std::size_t number = 1; number <= proposers; ++number)
        system.reachable("chosen_by_" + std::to_string(number), [=](const SystemState& state) {
            return state.actor<Proposer>(Id(acceptors + number - 1)).has_chosen;
        });
    return system;
}

} // namespace mdcd::checker::actors::examples::paxos
