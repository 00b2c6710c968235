// A world is every server, what is under way, and the crashes that are left; an event is the arrival of a message, the
// begin of an election, a request of a client, a crash or a restart. Who may begin an election and who may take a
// request is seen from the world: there are no timers.
// Includes nothing of the project.
#include "tests/differential/examples/plain_raft.hpp"

#include <algorithm>
#include <compare>

namespace mdcd::tests {
namespace plain_raft {
namespace {

enum class Kind { ask, vote, append, yes, no };

struct RaftLetter {
    int from = 0;
    int to = 0;
    Kind kind = Kind::ask;
    int term = 0;
    int length = 0;    // of ask: of the log. Of append: what comes before. Of yes: what agrees. Of no: what did not fit
    int last_term = 0; // .. of the entry that ends there
    std::vector<int> entries = {};
    int committed = 0;
    auto operator<=>(const RaftLetter&) const = default;
};

enum class Role { follower, candidate, leader, down };

struct Server {
    PlainDisk disk;
    Role role = Role::follower;
    std::set<int> votes;
    std::map<int, int> sent_from; // a leader's, of each other server
    std::map<int, int> matches;
    int committed = 0;
    auto operator<=>(const Server&) const = default;
};

struct RaftWorld {
    std::vector<Server> servers;
    std::multiset<RaftLetter> under_way;
    int crashes_left = 0;
    auto operator<=>(const RaftWorld&) const = default;
};

int size_of(const std::vector<int>& log) {
    return static_cast<int>(log.size());
}
int term_at(const std::vector<int>& log, int length) {
    return length == 0 ? 0 : log[static_cast<std::size_t>(length - 1)];
}

// One event in one world, which it changes.
class Happening {
public:
    Happening(const PlainRaft& setting, RaftWorld& world, int who)
        : setting_(setting), world_(world), who_(who), me_(world.servers[static_cast<std::size_t>(who)]) {}

    [[nodiscard]] bool may_begin_election() const {
        const auto term = static_cast<std::size_t>(me_.disk.term);
        const bool may_lead =
            setting_.candidates.empty() || (term < setting_.candidates.size() && setting_.candidates[term] == who_);
        return (me_.role == Role::follower || me_.role == Role::candidate) && me_.disk.term < setting_.terms &&
               may_lead;
    }
    void begin_election() {
        step_back(Role::candidate);
        me_.disk.term += 1;
        me_.disk.voted_for = who_;
        me_.votes = {who_};
        for_others([&](int other) {
            const int length = size_of(me_.disk.log);
            say({.to = other, .kind = Kind::ask, .length = length, .last_term = term_at(me_.disk.log, length)});
        });
    }
    [[nodiscard]] bool may_take_request() const {
        return me_.role == Role::leader && size_of(me_.disk.log) < setting_.entries;
    }
    void take_request() {
        me_.disk.log.push_back(me_.disk.term);
        for_others([&](int other) { say_append(other); });
    }
    void crash() {
        const PlainDisk disk = me_.disk;
        me_ = {};
        me_.disk = disk;
        me_.role = Role::down;
        world_.crashes_left -= 1;
    }
    void restart() {
        me_.role = Role::follower;
        if (setting_.forgets_its_vote)
            me_.disk.voted_for = -1;
    }

    void hear(const RaftLetter& letter) {
        if (letter.term < me_.disk.term)
            return;
        if (letter.term > me_.disk.term) {
            me_.disk.term = letter.term;
            me_.disk.voted_for = -1;
            step_back(Role::follower);
        }
        switch (letter.kind) {
        case Kind::ask:
            return hear_ask(letter);
        case Kind::vote:
            return hear_vote(letter);
        case Kind::append:
            return hear_append(letter);
        case Kind::yes:
        case Kind::no:
            if (me_.role == Role::leader)
                hear_answer(letter);
        }
    }

private:
    template <class Do> void for_others(Do each) {
        for (int other = 0; other < static_cast<int>(world_.servers.size()); ++other)
            if (other != who_)
                each(other);
    }
    void say(RaftLetter letter) {
        letter.from = who_;
        letter.term = me_.disk.term;
        world_.under_way.insert(std::move(letter));
    }
    void say_append(int other) {
        const int before = me_.sent_from[other];
        say({.to = other,
             .kind = Kind::append,
             .length = before,
             .last_term = term_at(me_.disk.log, before),
             .entries = std::vector<int>(me_.disk.log.begin() + before, me_.disk.log.end()),
             .committed = me_.committed});
    }
    void step_back(Role role) {
        me_.role = role;
        me_.votes = {};
        me_.sent_from = {};
        me_.matches = {};
    }
    [[nodiscard]] bool is_majority(std::size_t some) const { return 2 * some > world_.servers.size(); }

    void hear_ask(const RaftLetter& letter) {
        const int own_length = size_of(me_.disk.log);
        const int own_last = term_at(me_.disk.log, own_length);
        const bool is_behind =
            letter.last_term < own_last || (letter.last_term == own_last && letter.length < own_length);
        if (is_behind || (me_.disk.voted_for != -1 && me_.disk.voted_for != letter.from))
            return;
        me_.disk.voted_for = letter.from;
        say({.to = letter.from, .kind = Kind::vote});
    }
    void hear_vote(const RaftLetter& letter) {
        if (me_.role != Role::candidate)
            return;
        me_.votes.insert(letter.from);
        if (!is_majority(me_.votes.size()))
            return;
        step_back(Role::leader);
        for_others([&](int other) {
            me_.sent_from[other] = size_of(me_.disk.log);
            me_.matches[other] = 0;
        });
        for_others([&](int other) { say_append(other); });
    }
    void hear_append(const RaftLetter& letter) {
        step_back(Role::follower);
        std::vector<int>& log = me_.disk.log;
        if (letter.length > size_of(log) || term_at(log, letter.length) != letter.last_term)
            return say({.to = letter.from, .kind = Kind::no, .length = letter.length});
        // Up to the first entry that is another one all stays, and all of it if there is none.
        const auto begin = log.begin() + letter.length;
        const auto [mine, theirs] = std::mismatch(begin, log.end(), letter.entries.begin(), letter.entries.end());
        if (theirs != letter.entries.end()) {
            log.erase(mine, log.end());
            log.insert(log.end(), theirs, letter.entries.end());
        }
        const int agreed = letter.length + size_of(letter.entries);
        me_.committed = std::max(me_.committed, std::min(agreed, letter.committed));
        say({.to = letter.from, .kind = Kind::yes, .length = agreed});
    }
    void hear_answer(const RaftLetter& letter) {
        int& matches = me_.matches[letter.from];
        int& sent_from = me_.sent_from[letter.from];
        if (letter.kind == Kind::no) {
            if (letter.length != sent_from || sent_from <= matches)
                return;
            sent_from -= 1;
            return say_append(letter.from);
        }
        matches = std::max(matches, letter.length);
        sent_from = std::max(sent_from, matches);
        int committed = me_.committed;
        for (int length = committed + 1; length <= size_of(me_.disk.log); ++length) {
            std::size_t have = 1;
            for (const auto& [other, agreed] : me_.matches)
                have += agreed >= length ? 1 : 0;
            if (is_majority(have) && (setting_.commits_old_terms || term_at(me_.disk.log, length) == me_.disk.term))
                committed = length;
        }
        if (std::exchange(me_.committed, committed) < committed)
            for_others([&](int other) { say_append(other); });
    }

    const PlainRaft& setting_;
    RaftWorld& world_;
    int who_;
    Server& me_;
};

std::vector<RaftWorld> next_of(const PlainRaft& setting, const RaftWorld& world) {
    std::vector<RaftWorld> all;
    const auto with = [&](int who, auto happen) {
        RaftWorld after = world;
        Happening happening(setting, after, who);
        happen(after, happening);
        all.push_back(std::move(after));
    };
    for (auto place = world.under_way.begin(); place != world.under_way.end();
         place = world.under_way.upper_bound(*place))
        if (world.servers[static_cast<std::size_t>(place->to)].role != Role::down)
            with(place->to, [&](RaftWorld& after, Happening& happening) {
                after.under_way.erase(after.under_way.find(*place));
                happening.hear(*place);
            });
    for (int who = 0; who < static_cast<int>(world.servers.size()); ++who) {
        RaftWorld same = world;
        const Happening now(setting, same, who);
        const bool is_down = world.servers[static_cast<std::size_t>(who)].role == Role::down;
        if (now.may_begin_election())
            with(who, [](RaftWorld&, Happening& happening) { happening.begin_election(); });
        if (now.may_take_request())
            with(who, [](RaftWorld&, Happening& happening) { happening.take_request(); });
        if (!is_down && world.crashes_left > 0)
            with(who, [](RaftWorld&, Happening& happening) { happening.crash(); });
        if (is_down)
            with(who, [](RaftWorld&, Happening& happening) { happening.restart(); });
    }
    return all;
}

// What one server takes for committed and the other one's log has otherwise, or not at all if it must have it.
bool differs(const Server& one, const std::vector<int>& log, int length, bool must_have) {
    for (int place = 1; place <= std::min(length, size_of(one.disk.log)); ++place)
        if (place > size_of(log) ? must_have : term_at(log, place) != term_at(one.disk.log, place))
            return true;
    return false;
}

std::vector<std::string> settled_in(const PlainRaft& setting, const RaftWorld& world) {
    std::set<std::string> claims;
    bool all_commit = true;
    for (const Server& one : world.servers) {
        all_commit = all_commit && one.role != Role::down && one.committed == setting.entries;
        for (const Server& other : world.servers) {
            if (&one == &other || one.role == Role::down || other.role == Role::down)
                continue;
            if (one.role == Role::leader && other.role == Role::leader && one.disk.term == other.disk.term)
                claims.insert("one_leader_a_term");
            if (one.role == Role::leader && one.disk.term > other.disk.term &&
                differs(other, one.disk.log, other.committed, true))
                claims.insert("leaders_know_all");
            if (differs(one, other.disk.log, std::min(one.committed, other.committed), false))
                claims.insert("same_commands");
        }
    }
    if (all_commit)
        claims.insert("all_commit");
    return {claims.begin(), claims.end()};
}

} // namespace
} // namespace plain_raft

Count count_raft(const PlainRaft& setting) {
    using namespace plain_raft;
    RaftWorld first;
    first.crashes_left = setting.crashes;
    for (const PlainDisk& disk : setting.disks)
        first.servers.push_back(
            {.disk = disk, .role = {}, .votes = {}, .sent_from = {}, .matches = {}, .committed = 0});
    return breadth_first(
        first, [&](const RaftWorld& world) { return next_of(setting, world); },
        [&](const RaftWorld& world) { return settled_in(setting, world); });
}

} // namespace mdcd::tests
