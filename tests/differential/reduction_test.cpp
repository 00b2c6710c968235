// Leaving out states changes no verdict, no number of dead ends, and not which coverage points are passed: compared
// with the reference search on systems drawn at random, whose properties look at some of the slots; with any number of
// workers. And each part of the reduction is needed: without it some of these comparisons fail.
#include <doctest/doctest.h>

#include "checker/engine/dependence.hpp"
#include "tests/differential/reduction_comparison.hpp"

using namespace mdcd::checker;
using namespace mdcd::tests;

TEST_CASE("eighty random systems with and without leaving out states") {
    const ReductionTally compared = compare_reduced_from(1, 80);
    CHECK(compared.smaller >= 20);
    CHECK(compared.with_deadlocks >= 5);
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(compared.verdicts[static_cast<std::size_t>(verdict)] >= 20);
}

TEST_CASE("what fails in some state fails where states are left out") {
    unsigned failing = 0;
    for (std::uint64_t seed = 1; failing < 15; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 20'000);
        const RandomModelWithReads model = drawn(seed, false);
        const Report plain = plain_search(model, {.states_max = 3000});
        if (plain.exhaustive || !plain.limit.empty())
            continue;
        ++failing;
        const Report fast = search(model, reduced(seed % 2 == 0 ? 1 : 3));
        CHECK_FALSE(fast.exhaustive);
        bool error = false;
        for (const PropertyVerdict& verdict : fast.verdicts) {
            CHECK(verdict.verdict != Verdict::holds);
            CHECK(verdict.verdict != Verdict::not_reached);
            error = error || verdict.verdict == Verdict::error;
        }
        CHECK(error);
    }
}

TEST_CASE("without one part of the reduction the comparison fails") {
    using engine::ReductionParts;
    for (bool ReductionParts::*const part : {&ReductionParts::cycle_condition, &ReductionParts::visibility,
                                             &ReductionParts::dependence, &ReductionParts::enabling}) {
        engine::reduction_parts().*part = false;
        unsigned wrong = 0;
        for (std::uint64_t seed = 1; seed <= 3000 && wrong == 0; ++seed) {
            const RandomModelWithReads model = drawn(seed);
            const Report plain = plain_search(model, {.states_max = 3000});
            wrong += plain.exhaustive && !says_the_same(plain, search(model, reduced(1))) ? 1 : 0;
        }
        engine::reduction_parts().*part = true;
        CHECK(wrong > 0);
    }
}
