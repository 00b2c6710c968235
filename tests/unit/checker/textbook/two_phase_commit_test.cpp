// Counts that other checkers agree on (SPIN, Murphi and TLC give the same numbers of states), and the
// mistake that the model can be given.
#include "checker/textbook/two_phase_commit.hpp"

#include <doctest/doctest.h>

#include "checker/plain_search.hpp"

using namespace mdcd::checker;
using textbook::TwoPhaseCommit;

TEST_CASE("three and five resource managers") {
    const Report three = plain_search(TwoPhaseCommit(3));
    CHECK(three.exhaustive);
    CHECK(three.distinct_states == 288);
    CHECK(three.transitions == 1145);
    CHECK(three.depth == 10);
    CHECK(three.dead_ends == 0);
    const Report five = plain_search(TwoPhaseCommit(5));
    CHECK(five.distinct_states == 8832);
    CHECK(five.transitions == 58145);
    for (const std::uint64_t firings : five.coverage)
        CHECK(firings > 0);
    REQUIRE(five.verdicts.size() == 3);
    CHECK(five.verdicts[0].verdict == Verdict::holds);
    CHECK(five.verdicts[1].verdict == Verdict::reached);
    CHECK(five.verdicts[1].path.value().firings.size() == 16); // everyone prepares, is heard, is told; one decision
    CHECK(five.verdicts[2].path.value().firings.size() == 5);
}

TEST_CASE("a commit before everyone has voted is found, shortest run first") {
    // Two prepare and are heard, the decision, one commits, the third has aborted meanwhile.
    const Report hasty = plain_search(TwoPhaseCommit(3, 2));
    CHECK(hasty.verdicts[0].verdict == Verdict::violated);
    CHECK(hasty.verdicts[0].path.value().firings.size() == 7);
    const Report deaf = plain_search(TwoPhaseCommit(3, 0));
    CHECK(deaf.verdicts[0].path.value().firings.size() == 3);
}

TEST_CASE("sizes that make no sense are refused") {
    CHECK_THROWS_AS(TwoPhaseCommit(0), ModelError);
    CHECK_THROWS_AS(TwoPhaseCommit(17), ModelError);
    CHECK_THROWS_AS(TwoPhaseCommit(3, 4), ModelError);
}
