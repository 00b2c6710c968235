// The same comparison with the oracle on 25 times as many cases, of other seeds, and on larger ones.
// Pins nothing: both sides must agree.
#include <doctest/doctest.h>

#include "tests/differential/oracle/comparison.hpp"

using namespace mdcd;

TEST_CASE("ten thousand random sets of rules: the oracle says the same of every claim") {
    const tests::Compared one =
        tests::compare_with_oracle({.components = 1, .cases = 6000, .states_max = 25000, .seed = 1});
    const tests::Compared two =
        tests::compare_with_oracle({.components = 2, .cases = 4000, .states_max = 25000, .seed = 2});
    MESSAGE(one.text(), "; of two components: ", two.text());
    CHECK(one.violated > one.verdicts / 20);
    CHECK(two.violated > two.verdicts / 20);
}
