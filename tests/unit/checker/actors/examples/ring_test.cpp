// The typed example has the states of the one on bare slots.
// Knows how neither is stored.
#include "checker/actors/examples/ring.hpp"

#include <doctest/doctest.h>

#include "checker/actors/check.hpp"
#include "checker/plain_search.hpp"
#include "checker/textbook/ring.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;

TEST_CASE("rings of three to six, where nobody waits") {
    for (unsigned processes = 3; processes <= 6; ++processes) {
        CAPTURE(processes);
        const Report bare = plain_search(textbook::Ring(processes, 8));
        const SystemReport typed = check(examples::ring::ring(processes, 8));
        CHECK(typed.search.distinct_states == bare.distinct_states);
        CHECK(typed.search.transitions == bare.transitions);
        CHECK(typed.search.depth == bare.depth);
        CHECK(typed.search.dead_ends == 1);
        CHECK(typed["leader_is_max"].verdict == Verdict::holds);
        CHECK(typed["one_leader"].verdict == Verdict::holds);
        CHECK(typed["no_deadlock"].verdict == Verdict::holds);
        CHECK(typed["leader_elected"].path.value().firings.size() == processes + 1);
    }
}

TEST_CASE("a candidate that drops larger numbers too: an election without an end") {
    const SystemReport report = check(examples::ring::ring(4, 8, true));
    CHECK(report["leader_is_max"].verdict == Verdict::holds);
    CHECK(report["no_deadlock"].verdict == Verdict::violated);
    // P1 wakes, its number wakes P4 and is dropped there, P4's goes round to P1 and is dropped there.
    CHECK(report["no_deadlock"].path.value().firings.size() == 5);
    CHECK(exit_code(report) == 10);
}
