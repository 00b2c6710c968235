// Paxos and Raft have the states, the depth and the shortest runs of the same protocols written once more without the
// engine. Knows how none of them is stored.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/paxos.hpp"
#include "checker/actors/examples/raft.hpp"
#include "tests/differential/examples/plain_paxos.hpp"
#include "tests/differential/examples/plain_raft.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;
using namespace mdcd::tests;
namespace raft = mdcd::checker::actors::examples::raft;

namespace {

void compare(const ActorSystem& system, const Count& expected) {
    CheckOptions options;
    options.use_symmetry = false;
    const SystemReport found = check(system, options);
    CHECK(found.search.exhaustive);
    CHECK(found.search.distinct_states == expected.states);
    CHECK(found.search.depth == expected.depth);
    for (const ClaimVerdict& claim : found.claims) {
        CAPTURE(claim.claim);
        const auto settled = expected.found.find(claim.claim);
        CHECK(claim.path.has_value() == (settled != expected.found.end()));
        if (claim.path && settled != expected.found.end())
            CHECK(claim.path->firings.size() == settled->second);
    }
}

// The same setting, in the words of both.
raft::Setting of(const PlainRaft& plain) {
    raft::Setting setting{.servers = plain.disks.size(),
                          .terms = static_cast<unsigned>(plain.terms),
                          .entries = static_cast<std::size_t>(plain.entries),
                          .crashes = static_cast<std::uint16_t>(plain.crashes),
                          .candidates = {},
                          .disks = {},
                          .mistake = plain.forgets_its_vote    ? raft::Mistake::forgets_its_vote
                                     : plain.commits_old_terms ? raft::Mistake::commits_old_terms
                                                               : raft::Mistake::none};
    for (const int who : plain.candidates)
        setting.candidates.emplace_back(static_cast<std::size_t>(who));
    for (const PlainDisk& disk : plain.disks)
        setting.disks.push_back({.term = static_cast<unsigned>(disk.term),
                                 .voted_for = disk.voted_for < 0 ? Id() : Id(static_cast<std::size_t>(disk.voted_for)),
                                 .log = raft::Log(disk.log.begin(), disk.log.end())});
    return setting;
}

} // namespace

TEST_CASE("Paxos: two acceptors and two proposers, three and one, three and two") {
    using examples::paxos::paxos;
    for (const bool looks_at_votes : {true, false}) {
        CAPTURE(looks_at_votes);
        compare(paxos(2, 2, looks_at_votes), count_paxos(2, 2, looks_at_votes));
        compare(paxos(3, 1, looks_at_votes), count_paxos(3, 1, looks_at_votes));
    }
    const Count three_two = count_paxos(3, 2, true);
    CHECK(three_two.states == 173249); // as in the example's own test
    compare(paxos(3, 2), three_two);
    compare(paxos(3, 2, false), count_paxos(3, 2, false));
}

TEST_CASE("Raft: elections, replication, a crash") {
    const Count quiet = count_raft({});
    CHECK(quiet.states == 30242); // as in the example's own test, and the next one too
    compare(raft::raft(of({})), quiet);
    const PlainRaft with_crash{.crashes = 1};
    const Count crash = count_raft(with_crash);
    CHECK(crash.states == 219034);
    compare(raft::raft(of(with_crash)), crash);
    const PlainRaft two_servers{.terms = 2, .entries = 2, .crashes = 1, .disks = {{}, {}}};
    compare(raft::raft(of(two_servers)), count_raft(two_servers));
    const PlainRaft forgets{.crashes = 1, .candidates = {0, 2}, .forgets_its_vote = true};
    compare(raft::raft(of(forgets)), count_raft(forgets));
}

TEST_CASE("Raft: figure 8 of the paper") {
    PlainRaft figure{
        .terms = 4, .entries = 1, .candidates = {0, 2, 0, 2}, .disks = {{2, -1, {1}}, {2, 2, {}}, {2, 2, {2}}}};
    compare(raft::raft(of(figure)), count_raft(figure));
    figure.commits_old_terms = true;
    compare(raft::raft(of(figure)), count_raft(figure));
}
