// The protocol's own model on the fast search and on the plain one: the same counts, verdicts, coverage and shortest
// lengths, on shipped scopes and under random sets of rules, for one worker and for several.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "tests/differential/random_rules.hpp"

using namespace mdcd;

TEST_CASE("a hundred random sets of rules") {
    tests::compare_random_rules(100);
}

TEST_CASE("shipped scopes that the plain search can finish") {
    for (const char* scope : {"tiny", "relay", "three-actives"})
        for (const char* preset : {"published", "literal", "repaired", "repaired_fewest_checkpoints"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            tests::expect_equal(model::System(model::load_scope(scope), model::preset(preset).rules), 2);
        }
}
