// Claims that say which actors they look at: a search that leaves out states says the same of them, with fewer states,
// and finds out a claim that looks at more.
#include <doctest/doctest.h>

#include <stdexcept>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/philosophers.hpp"
#include "checker/actors/examples/ring.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;

namespace {

CheckOptions reduced(const std::vector<std::string>& what) {
    CheckOptions options{.search = {}, .use_symmetry = false};
    options.search.reduce_states = true;
    options.search.reduce_for = what;
    return options;
}

} // namespace

TEST_CASE("a claim about each process by itself, and one about two of them") {
    const std::vector<Id> all = ids(0, 5);
    for (const bool with_mistake : {false, true}) {
        CAPTURE(with_mistake);
        ActorSystem system = examples::ring::ring(5, 3, with_mistake);
        system.reads_each("leader_is_max", all);
        system.reads("one_leader", all);
        system.reads("leader_elected", all);
        const SystemReport whole = check(system);
        const SystemReport some = check(system, reduced({"leader_is_max"}));
        CHECK(some.search.reduced);
        CHECK(some.search.distinct_states < whole.search.distinct_states);
        CHECK(some["leader_is_max"].verdict == whole["leader_is_max"].verdict);
        CHECK(some["no_deadlock"].verdict == whole["no_deadlock"].verdict);
        CHECK(some.search.dead_ends == whole.search.dead_ends);
        CHECK(to_text(some).find("with reduction: states were left out") != std::string::npos);
        const SystemReport every_claim = check(system, reduced({}));
        for (const ClaimVerdict& claim : whole.claims)
            CHECK(every_claim[claim.claim].verdict == claim.verdict);
    }
}

TEST_CASE("a deadlock is found among fewer states") {
    const ActorSystem system = examples::philosophers::philosophers(4, true);
    CheckOptions all{.search = {}, .use_symmetry = false};
    const SystemReport whole = check(system, all);
    const SystemReport some = check(system, reduced({"deadlock_freedom"}));
    CHECK(whole["no_deadlock"].verdict == Verdict::violated);
    CHECK(some["no_deadlock"].verdict == Verdict::violated);
    CHECK(some.search.dead_ends == whole.search.dead_ends);
    CHECK(some.search.distinct_states < whole.search.distinct_states);
    CHECK(some["forks_are_not_shared"].verdict == Verdict::inconclusive); // nobody asked
}

TEST_CASE("a claim that looks at an actor which it does not name is an error, and so is a name that is none") {
    ActorSystem system = examples::ring::ring(4);
    system.always("nobody_sleeps_long", [](const SystemState& state) {
        using examples::ring::Process;
        return state.actor<Process>(Id(0)).phase == Process::Phase::asleep ||
               state.actor<Process>(Id(1)).phase != Process::Phase::done;
    });
    system.reads("nobody_sleeps_long", {Id(1)});
    const SystemReport report = check(system, reduced({"leader_is_max", "nobody_sleeps_long"}));
    CHECK(report["leader_is_max"].verdict == Verdict::error);
    CHECK(report["leader_is_max"].reason ==
          "the predicate of 'nobody_sleeps_long' reads slot 'P4', which it is not said to read");
    CHECK_THROWS_AS(system.reads("nobody", {Id(0)}), std::invalid_argument);
    CHECK_THROWS_AS(system.reads("one_leader", {Id(9)}), std::invalid_argument);
    CHECK_THROWS_AS(system.reads("no_deadlock", {Id(0)}), std::invalid_argument);
}
