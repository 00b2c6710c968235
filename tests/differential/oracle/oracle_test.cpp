// The model against the oracle, which was written from the documents by someone who had not read the model: the same
// verdict of every claim, violated after equally many steps, under random rules on random small scopes.
#include <doctest/doctest.h>

#include "tests/differential/oracle/comparison.hpp"

using namespace mdcd;

TEST_CASE("four hundred random sets of rules: the oracle says the same of every claim") {
    const tests::Compared one =
        tests::compare_with_oracle({.components = 1, .cases = 240, .states_max = 4000, .seed = 14});
    const tests::Compared two =
        tests::compare_with_oracle({.components = 2, .cases = 160, .states_max = 4000, .seed = 15});
    MESSAGE(one.text(), "; of two components: ", two.text());
    for (const tests::Compared& each : {one, two}) {
        CHECK(each.cases > 0);
        CHECK(each.violated > each.verdicts / 20); // the comparison is about failing runs, too
        CHECK(each.violated < each.verdicts);
    }
    for (const auto& [claim, violations] : two.violated_by_claim) { // each claim fails somewhere
        const std::string told(claim);
        CHECK_MESSAGE(violations + (one.violated_by_claim.contains(claim) ? one.violated_by_claim.at(claim) : 0) > 0,
                      told);
    }
    CHECK(two.violated_by_claim.size() == 10);
}
