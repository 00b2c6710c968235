// The fast search against the reference search on larger random systems, whose levels fill more than one
// round and whose tables have to grow.
#include <doctest/doctest.h>

#include "tests/differential/comparison.hpp"
#include "tests/differential/random_model.hpp"

using namespace mdcd::tests;

TEST_CASE("twenty random systems of 20,000 to 200,000 states") {
    constexpr Sizes sizes{.states_min = 20'000, .states_max = 200'000};
    Mixture mixture;
    for (std::uint64_t seed = 100'000; mixture.models < 20; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 101'000);
        if (seed % 2 == 0)
            compare(RandomModel(seed, true), sizes, mixture);
        else
            compare(RandomModelWithFinals(seed, true), sizes, mixture);
    }
}
