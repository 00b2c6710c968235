// Four hundred random systems of actors on the engine and on a plain interpreter of the same actors; two thousand more
// take the long test.
#include <doctest/doctest.h>

#include "tests/differential/actors/comparison.hpp"

TEST_CASE("four hundred random systems of actors") {
    mdcd::tests::compare_random_actors(1, 400);
}
