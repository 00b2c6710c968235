// Raft: its counts, a vote that is forgotten in a crash, and figure 8 of the paper.
// Knows not how it is stored.
#include "checker/actors/examples/raft.hpp"

#include <doctest/doctest.h>

#include "checker/actors/check.hpp"
#include "tests/unit/checker/actors/examples/with_all_states.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;
using examples::raft::Mistake;
using examples::raft::raft;
using examples::raft::Server;
using examples::raft::Setting;
using mdcd::tests::with_all_states;

TEST_CASE("one term, one entry, and a crash: an independent count has as many states") {
    const SystemReport quiet = with_all_states(raft({}));
    CHECK(quiet.search.distinct_states == 30242);
    CHECK(exit_code(quiet) == 0);
    const SystemReport crash = check(raft({.crashes = 1}));
    MESSAGE(to_text(crash));
    CHECK(crash.search.distinct_states == 36565);
    CHECK(crash.renamings == 6);
    CHECK(exit_code(crash) == 0);
    CHECK(crash["all_commit"].path.value().firings.size() == 8);
}

TEST_CASE("a vote that is not on disk is given twice: two leaders of one term") {
    const SystemReport report =
        check(raft({.crashes = 1, .candidates = {Id(0)}, .mistake = Mistake::forgets_its_vote}));
    CHECK(report["one_leader_a_term"].verdict == Verdict::holds); // nobody to vote for a second time
    const SystemReport two = check(raft({.crashes = 1, .mistake = Mistake::forgets_its_vote}));
    CHECK(two["one_leader_a_term"].verdict == Verdict::violated);
    // Two elections, two votes of a server that crashes and restarts in between.
    CHECK(two["one_leader_a_term"].path.value().firings.size() == 8);
}

TEST_CASE("figure 8: what a majority has of an old term is committed, and lost") {
    // What the disks hold then can come about: the first leads in term 1 and takes an entry, the third in term 2.
    ActorSystem before = raft({.terms = 2, .candidates = {Id(0), Id(2)}});
    const Setting figure = examples::raft::figure_8(Mistake::commits_old_terms);
    before.reachable("as in the figure", [disks = figure.disks](const SystemState& state) {
        bool all = true;
        state.each<Server>([&](Id id, const Server::State& server) {
            const auto& disk = disks[id.index()];
            all = all && server.durable.term == disk.term && server.durable.voted_for == disk.voted_for &&
                  server.durable.log == disk.log;
        });
        return all;
    });
    const SystemReport earlier = check(before);
    CHECK(earlier["as in the figure"].verdict == Verdict::reached);

    const SystemReport good = with_all_states(raft(examples::raft::figure_8(Mistake::none)));
    CHECK(good.search.distinct_states == 7933);
    CHECK(good["leaders_know_all"].verdict == Verdict::holds);
    const SystemReport bad = check(raft(figure));
    MESSAGE(to_text(bad));
    CHECK(bad.search.distinct_states == 178375);
    CHECK(bad["one_leader_a_term"].verdict == Verdict::holds);
    CHECK(bad["leaders_know_all"].verdict == Verdict::violated);
    CHECK(bad["leaders_know_all"].path.value().firings.size() == 11);
    CHECK(bad["same_commands"].path.value().firings.size() == 15);
}
