// Two thousand random systems of actors on the engine and on a plain interpreter of the same actors, others than those
// of every run of the tests. Takes a minute.
#include <doctest/doctest.h>

#include "tests/differential/actors/comparison.hpp"

TEST_CASE("two thousand random systems of actors") {
    mdcd::tests::compare_random_actors(5'000, 2000);
}
