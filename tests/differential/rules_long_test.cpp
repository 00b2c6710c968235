// The protocol's own model on the fast search and on the plain one, under many more random sets of rules than in
// every run of the tests. Takes a minute and a half.
#include <doctest/doctest.h>

#include "tests/differential/random_rules.hpp"

TEST_CASE("five hundred random sets of rules") {
    mdcd::tests::compare_random_rules(500);
}
