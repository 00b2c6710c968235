// Counts on small rings, by the reference search, and an election of two run by hand. The large rings are
// counted in tests/differential.
#include "checker/textbook/ring.hpp"

#include <doctest/doctest.h>

#include "checker/plain_search.hpp"

using namespace mdcd::checker;
using textbook::Ring;

TEST_CASE("an election of two, step by step") {
    const Ring model(2);
    // P2 wakes (step 0); P1 receives 2 and gives way (3); P2 is elected (1); P1 is informed (3); it is over (1).
    const Path election{.initial = 0, .firings = {{0, 0, 0}, {3, 0, 0}, {1, 0, 0}, {3, 0, 0}, {1, 0, 0}}};
    const std::vector<GlobalState> states = states_along(model, election);
    CHECK(judge(model, states[2]) == 0b0011);
    CHECK(judge(model, states[3]) == 0b0111);
    CHECK(judge(model, states[4]) == 0b1111);
    CHECK_FALSE(is_final(model, states[4]));
    CHECK(is_final(model, states[5]));
    CHECK(enabled(model, states[5]).empty());
}

TEST_CASE("rings of three and seven") {
    const Report three = plain_search(Ring(3));
    CHECK(three.distinct_states == 32);
    CHECK(three.transitions == 59);
    const Report seven = plain_search(Ring(7));
    CHECK(seven.exhaustive);
    CHECK(seven.distinct_states == 10'081);
    CHECK(seven.transitions == 38'325);
    CHECK(seven.depth == 24);
    CHECK(seven.dead_ends == 1);
    REQUIRE(seven.verdicts.size() == 5);
    CHECK(seven.verdicts[0].verdict == Verdict::holds);
    CHECK(seven.verdicts[1].verdict == Verdict::holds);
    CHECK(seven.verdicts[2].path.value().firings.size() == 8); // one wakes, six forward, it is elected
    CHECK(seven.verdicts[3].path.value().firings.size() == 14);
    CHECK(seven.verdicts[4].verdict == Verdict::holds);
    for (const std::uint64_t firings : seven.coverage)
        CHECK(firings > 0);
}

TEST_CASE("sizes that make no sense are refused") {
    CHECK_THROWS_AS(Ring(1), ModelError);
    CHECK_THROWS_AS(Ring(64), ModelError);
    CHECK_THROWS_AS(Ring(3, 0), ModelError);
}
