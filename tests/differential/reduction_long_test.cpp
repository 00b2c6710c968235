// As reduction_test.cpp, with two thousand other systems.
// Takes some minutes.
#include <doctest/doctest.h>

#include "tests/differential/reduction_comparison.hpp"

using namespace mdcd::checker;
using namespace mdcd::tests;

TEST_CASE("two thousand random systems with and without leaving out states") {
    const ReductionTally compared = compare_reduced_from(10'000, 2000);
    CHECK(compared.smaller >= 500);
    CHECK(compared.longer >= 10);
    CHECK(compared.with_deadlocks >= 50);
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(compared.verdicts[static_cast<std::size_t>(verdict)] >= 300);
}
