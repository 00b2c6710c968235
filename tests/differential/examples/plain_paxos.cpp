// A world is what everybody knows and what is under way; an event is the arrival of one message. Ballots are the
// numbers of proposers, from 1 on; a vote of ballot 0 is none.
// Includes nothing of the project.
#include "tests/differential/examples/plain_paxos.hpp"

#include <compare>

namespace mdcd::tests {
namespace plain_paxos {
namespace {

struct Vote {
    int ballot = 0;
    int value = 0;
    auto operator<=>(const Vote&) const = default;
};

enum class Phase { prepare, promise, accept, accepted }; // 1a, 1b, 2a, 2b

struct Letter {
    Phase phase = Phase::prepare;
    int acceptor = 0;
    int ballot = 0;
    Vote vote; // of a promise the last one, of an acceptance the one that is asked for
    auto operator<=>(const Letter&) const = default;
};

struct Acceptor {
    int promised = 0;
    Vote vote;
    auto operator<=>(const Acceptor&) const = default;
};

struct Proposer {
    std::map<int, Vote> promises;
    int proposed = 0; // a value; 0: not yet
    std::set<int> acceptances;
    bool has_chosen = false;
    auto operator<=>(const Proposer&) const = default;
};

struct World {
    std::vector<Acceptor> acceptors;
    std::vector<Proposer> proposers;
    std::multiset<Letter> under_way;
    auto operator<=>(const World&) const = default;
};

class Paxos {
public:
    Paxos(int acceptors, bool looks_at_votes) : acceptors_(acceptors), looks_at_votes_(looks_at_votes) {}

    void arrive(World& world, const Letter& letter) const {
        const bool to_acceptor = letter.phase == Phase::prepare || letter.phase == Phase::accept;
        if (to_acceptor)
            accept(world, world.acceptors[static_cast<std::size_t>(letter.acceptor)], letter);
        else
            collect(world, world.proposers[static_cast<std::size_t>(letter.ballot - 1)], letter);
    }

private:
    static void accept(World& world, Acceptor& acceptor, Letter letter) {
        if (letter.phase == Phase::prepare) {
            if (letter.ballot <= acceptor.promised)
                return;
            letter.vote = acceptor.vote;
        } else {
            if (letter.ballot < acceptor.promised)
                return;
            acceptor.vote = letter.vote;
            letter.vote = {};
        }
        acceptor.promised = letter.ballot;
        letter.phase = letter.phase == Phase::prepare ? Phase::promise : Phase::accepted;
        world.under_way.insert(letter);
    }

    // Promises count until there is a proposal, acceptances until the value is chosen.
    void collect(World& world, Proposer& proposer, const Letter& letter) const {
        if (letter.phase == Phase::accepted && !proposer.has_chosen) {
            proposer.acceptances.insert(letter.acceptor);
            proposer.has_chosen = 2 * static_cast<int>(proposer.acceptances.size()) > acceptors_;
        }
        if (letter.phase != Phase::promise || proposer.proposed != 0)
            return;
        proposer.promises[letter.acceptor] = letter.vote;
        if (2 * static_cast<int>(proposer.promises.size()) <= acceptors_)
            return;
        Vote highest;
        for (const auto& [acceptor, vote] : proposer.promises)
            if (vote.ballot > highest.ballot)
                highest = vote;
        proposer.proposed = looks_at_votes_ && highest.ballot > 0 ? highest.value : letter.ballot;
        for (int acceptor = 0; acceptor < acceptors_; ++acceptor)
            world.under_way.insert(
                {Phase::accept, acceptor, letter.ballot, {.ballot = letter.ballot, .value = proposer.proposed}});
    }

    int acceptors_;
    bool looks_at_votes_;
};

} // namespace
} // namespace plain_paxos

Count count_paxos(int acceptors, int proposers, bool looks_at_votes) {
    using namespace plain_paxos;
    World first;
    first.acceptors.resize(static_cast<std::size_t>(acceptors));
    first.proposers.resize(static_cast<std::size_t>(proposers));
    for (int ballot = 1; ballot <= proposers; ++ballot)
        for (int acceptor = 0; acceptor < acceptors; ++acceptor)
            first.under_way.insert({Phase::prepare, acceptor, ballot, {}});
    const Paxos paxos(acceptors, looks_at_votes);
    const auto next = [&](const World& world) {
        std::vector<World> all;
        for (auto letter = world.under_way.begin(); letter != world.under_way.end();
             letter = world.under_way.upper_bound(*letter)) {
            World after = world;
            after.under_way.erase(after.under_way.find(*letter));
            paxos.arrive(after, *letter);
            all.push_back(std::move(after));
        }
        return all;
    };
    const auto settled = [](const World& world) {
        std::vector<std::string> claims;
        std::set<int> chosen;
        for (std::size_t place = 0; place < world.proposers.size(); ++place)
            if (world.proposers[place].has_chosen) {
                chosen.insert(world.proposers[place].proposed);
                claims.push_back("chosen_by_" + std::to_string(place + 1));
            }
        if (chosen.size() > 1)
            claims.emplace_back("agreement");
        return claims;
    };
    return breadth_first(first, next, settled);
}

} // namespace mdcd::tests
