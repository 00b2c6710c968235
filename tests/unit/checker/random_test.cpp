// The generator against published values; bounds that are not powers of two; streams that have nothing to
// do with each other.
#include "checker/random.hpp"

#include <doctest/doctest.h>

#include <array>

using mdcd::checker::Random;

TEST_CASE("the published values of splitmix64") {
    Random random(1234567);
    CHECK(random.next() == 6457827717110365317U);
    CHECK(random.next() == 3203168211198807973U);
    CHECK(random.next() == 9817491932198370423U);
    CHECK(random.next() == 4593380528125082431U);
    CHECK(random.next() == 16408922859458223821U);
}

TEST_CASE("every value below a bound is about as frequent as any other") {
    Random random(7);
    std::array<int, 6> seen{};
    for (int throws = 0; throws < 60'000; ++throws)
        ++seen[random.below(6)];
    for (const int count : seen)
        CHECK((count > 9'600 && count < 10'400)); // four standard deviations
    CHECK(random.below(1) == 0);
}

TEST_CASE("streams of one seed differ, and so do the same streams of two seeds") {
    CHECK(Random(1, 0).next() != Random(1, 1).next());
    CHECK(Random(1, 0).next() != Random(2, 0).next());
    CHECK(Random(1, 5).next() == Random(1, 5).next());
}
