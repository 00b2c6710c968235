// Raft (Ongaro and Ousterhout, "In search of an understandable consensus algorithm", 2014, figure 2): election of a
// leader, replication of its log, crash and restart, over a network that reorders. What never arrives is lost, so
// nothing is sent again, and who refuses a vote or is asked in the name of an old term says nothing. A leader tells the
// others at once that more is committed. An entry of the log is the term in which a leader took it from a client: with
// its place that says which entry it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::raft {

using Log = std::vector<unsigned>; // terms

struct RequestVote {
    unsigned term = 0;
    unsigned last_term = 0;
    std::size_t length = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("term", self.term);
        visit("last_term", self.last_term);
        visit("length", self.length);
    }
};
struct Vote {
    unsigned term = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) { visit("term", self.term); }
};
struct Append {
    unsigned term = 0;
    std::size_t previous = 0; // so many entries the receiver is taken to have, the last of this term
    unsigned previous_term = 0;
    Log entries;
    std::size_t committed = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("term", self.term);
        visit("previous", self.previous);
        visit("previous_term", self.previous_term);
        visit("entries", self.entries);
        visit("committed", self.committed);
    }
};
struct Appended {
    unsigned term = 0;
    bool fits = false;
    std::size_t length = 0; // if it fits, so much of the receiver's log is the leader's; if not, `previous` again
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("term", self.term);
        visit("fits", self.fits);
        visit("length", self.length);
    }
};
using Message = std::variant<RequestVote, Vote, Append, Appended>;

// Each is there to be found. The second one is that of figure 8 of the paper: to take what a majority has for committed
// although an earlier leader's term is on it.
enum class Mistake { none, forgets_its_vote, commits_old_terms };

struct Durable { // what a crash leaves
    unsigned term = 0;
    Id voted_for;
    Log log;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("term", self.term);
        visit("voted_for", self.voted_for);
        visit("log", self.log);
    }
};

struct Setting {
    std::size_t servers = 3;
    unsigned terms = 1;      // nobody begins an election beyond
    std::size_t entries = 1; // a leader takes no more into its log
    std::uint16_t crashes = 0;
    std::vector<Id> candidates = {}; // who may begin term 1, term 2, ..; none named: anybody any
    std::vector<Durable> disks = {}; // what each begins with; none: nothing
    Mistake mistake = Mistake::none;
};

class Server {
public:
    using Message = raft::Message;
    enum class Timer { election, request };
    enum class Role { follower, candidate, leader };
    using Durable = raft::Durable;
    struct Follower { // as its leader sees it
        std::size_t sent_from = 0;
        std::size_t matches = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("sent_from", self.sent_from);
            visit("matches", self.matches);
        }
    };
    struct State {
        Durable durable;
        Role role = Role::follower;
        std::set<Id> votes;               // a candidate's
        std::map<Id, Follower> followers; // a leader's
        std::size_t committed = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("durable", self.durable);
            visit("role", self.role);
            visit("votes", self.votes);
            visit("followers", self.followers);
            visit("committed", self.committed);
        }
    };
    using Here = Context<Message, Timer>;

    explicit Server(Setting setting) : setting_(std::move(setting)) {}

    State start(Id self, Here& context) const {
        State state;
        if (!setting_.disks.empty())
            state.durable = setting_.disks.at(self.index());
        arm(state, context);
        return state;
    }
    State restart(Id, const Durable& durable, Here& context) const {
        State state{.durable = durable, .role = {}, .votes = {}, .followers = {}, .committed = 0};
        if (setting_.mistake == Mistake::forgets_its_vote)
            state.durable.voted_for = {};
        arm(state, context);
        return state;
    }
    void timeout(State& state, Timer timer, Here& context) const {
        if (timer == Timer::election)
            ask_for_votes(state, context);
        else
            take_request(state, context);
        arm(state, context);
    }
    void receive(State& state, Id from, const Message& message, Here& context) const {
        const unsigned term = std::visit([](const auto& any) { return any.term; }, message);
        if (term > state.durable.term) {
            state.durable.term = term;
            state.durable.voted_for = {};
            become(state, Role::follower);
        }
        if (term == state.durable.term)
            std::visit([&](const auto& any) { on(state, from, any, context); }, message);
        arm(state, context);
    }

private:
    // What may happen by itself.
    void arm(const State& state, Here& context) const {
        const unsigned term = state.durable.term;
        const bool is_named = setting_.candidates.empty() ||
                              (term < setting_.candidates.size() && setting_.candidates[term] == context.self());
        const bool may_ask = state.role != Role::leader && term < setting_.terms && is_named;
        const bool may_take = state.role == Role::leader && state.durable.log.size() < setting_.entries;
        may_ask ? context.set_timer(Timer::election) : context.cancel_timer(Timer::election);
        may_take ? context.set_timer(Timer::request) : context.cancel_timer(Timer::request);
    }
    static void become(State& state, Role role) {
        state.role = role;
        state.votes.clear();
        state.followers.clear();
    }
    [[nodiscard]] static bool is_majority(std::size_t count, const Here& context) {
        return 2 * count > context.actor_count();
    }

    void ask_for_votes(State& state, Here& context) const {
        become(state, Role::candidate);
        ++state.durable.term;
        state.durable.voted_for = context.self();
        state.votes.insert(context.self());
        context.broadcast(RequestVote{state.durable.term, last_term(state), state.durable.log.size()});
    }
    void on(State& state, Id from, const RequestVote& asked, Here& context) const {
        const bool is_free = state.durable.voted_for.is_nobody() || state.durable.voted_for == from;
        const bool knows_all =
            std::pair(asked.last_term, asked.length) >= std::pair(last_term(state), state.durable.log.size());
        if (!is_free || !knows_all)
            return;
        state.durable.voted_for = from;
        context.send(from, Vote{state.durable.term});
    }
    void on(State& state, Id from, const Vote&, Here& context) const {
        if (state.role != Role::candidate)
            return;
        state.votes.insert(from);
        if (!is_majority(state.votes.size(), context))
            return;
        become(state, Role::leader);
        for (std::size_t other = 0; other < context.actor_count(); ++other)
            if (Id(other) != context.self())
                state.followers[Id(other)].sent_from = state.durable.log.size();
        append_to_all(state, context);
    }

    void take_request(State& state, Here& context) const {
        state.durable.log.push_back(state.durable.term);
        append_to_all(state, context);
    }
    static void append_to_all(const State& state, Here& context) {
        for (const auto& [who, follower] : state.followers)
            append_to(who, state, context);
    }
    static void append_to(Id who, const State& state, Here& context) {
        const Log& log = state.durable.log;
        const std::size_t previous = state.followers.at(who).sent_from;
        context.send(who, Append{state.durable.term, previous, previous > 0 ? log[previous - 1] : 0,
                                 Log(log.begin() + static_cast<std::ptrdiff_t>(previous), log.end()), state.committed});
    }
    void on(State& state, Id from, const Append& append, Here& context) const {
        become(state, Role::follower);
        Log& log = state.durable.log;
        const bool fits =
            append.previous == 0 || (append.previous <= log.size() && log[append.previous - 1] == append.previous_term);
        if (!fits)
            return context.send(from, Appended{state.durable.term, false, append.previous});
        const std::size_t length = append.previous + append.entries.size();
        for (std::size_t place = append.previous; place < length; ++place) {
            const unsigned entry = append.entries[place - append.previous];
            if (place < log.size() && log[place] != entry)
                log.resize(place);
            if (place == log.size())
                log.push_back(entry);
        }
        state.committed = std::max(state.committed, std::min(append.committed, length));
        context.send(from, Appended{state.durable.term, true, length});
    }
    void on(State& state, Id from, const Appended& answer, Here& context) const {
        if (state.role != Role::leader)
            return;
        Follower& follower = state.followers.at(from);
        if (answer.fits) {
            follower.matches = std::max(follower.matches, answer.length);
            follower.sent_from = std::max(follower.sent_from, follower.matches);
            commit(state, context);
        } else if (answer.length == follower.sent_from && follower.sent_from > follower.matches) {
            --follower.sent_from;
            append_to(from, state, context);
        }
    }
    void commit(State& state, Here& context) const {
        const std::size_t before = state.committed;
        for (std::size_t length = before + 1; length <= state.durable.log.size(); ++length) {
            const auto have = 1 + std::ranges::count_if(state.followers, [length](const auto& each) {
                                  return each.second.matches >= length;
                              });
            const bool is_own = state.durable.log[length - 1] == state.durable.term;
            if (is_majority(static_cast<std::size_t>(have), context) &&
                (is_own || setting_.mistake == Mistake::commits_old_terms))
                state.committed = length;
        }
        if (state.committed > before)
            append_to_all(state, context);
    }
    [[nodiscard]] static unsigned last_term(const State& state) {
        return state.durable.log.empty() ? 0 : state.durable.log.back();
    }

    Setting setting_;
};

// Calls fine(one, other) for each two that run, both ways. True if it always is.
template <class Fine> bool all_pairs(const SystemState& state, Fine fine) {
    bool all_fine = true;
    state.each<Server>([&](Id a, const Server::State& one) {
        state.each<Server>(
            [&](Id b, const Server::State& other) { all_fine = all_fine && (a == b || fine(one, other)); });
    });
    return all_fine;
}

inline std::span<const unsigned> committed(const Server::State& server) {
    const std::span<const unsigned> log = server.durable.log;
    return log.first(std::min(server.committed, log.size())); // a mistake may have cut it shorter
}

inline bool begin_alike(std::span<const unsigned> a, std::span<const unsigned> b) {
    const std::size_t length = std::min(a.size(), b.size());
    return std::ranges::equal(a.first(length), b.first(length));
}

inline ActorSystem raft(const Setting& setting) {
    using State = Server::State;
    ActorSystem system;
    const std::vector<Id> all = system.add("S", setting.servers, Server(setting));
    if (setting.crashes > 0)
        system.crashes(setting.crashes);
    if (setting.candidates.empty() && setting.disks.empty())
        system.interchangeable(all);
    system.always(
        "one_leader_a_term",
        [](const SystemState& state) {
            return all_pairs(state, [](const State& a, const State& b) {
                return a.role != Server::Role::leader || b.role != Server::Role::leader ||
                       a.durable.term != b.durable.term;
            });
        },
        "No two servers lead in the same term.");
    system.always(
        "leaders_know_all",
        [](const SystemState& state) {
            return all_pairs(state, [](const State& leader, const State& other) {
                return leader.role != Server::Role::leader || leader.durable.term <= other.durable.term ||
                       (leader.durable.log.size() >= committed(other).size() &&
                        begin_alike(leader.durable.log, committed(other)));
            });
        },
        "What is committed is in the log of every later leader.");
    system.always(
        "same_commands",
        [](const SystemState& state) {
            return all_pairs(state,
                             [](const State& a, const State& b) { return begin_alike(committed(a), committed(b)); });
        },
        "No two servers have different entries committed at one place.");
    system.reachable("all_commit", [=](const SystemState& state) {
        std::size_t count = 0;
        state.each<Server>([&](Id, const State& server) { count += server.committed == setting.entries ? 1 : 0; });
        return count == setting.servers;
    });
    return system;
}

// Figure 8 from (b) on, when the first leader comes back: an entry of term 1 is at S 1 alone, one of term 2 at S 3
// alone.
inline Setting figure_8(Mistake mistake) {
    return {.servers = 3,
            .terms = 4,
            .entries = 1,
            .crashes = 0,
            .candidates = {Id(0), Id(2), Id(0), Id(2)},
            .disks = {{2, Id(), {1}}, {2, Id(2), {}}, {2, Id(2), {2}}},
            .mistake = mistake};
}

} // namespace mdcd::checker::actors::examples::raft
