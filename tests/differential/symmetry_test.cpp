// Symmetry over active processes on against off: the same verdicts and shortest lengths from fewer states, on shipped
// scopes and under random sets of rules; paths come back in the original names and can be taken.
#include "tests/differential/symmetry.hpp"

using namespace mdcd;

TEST_CASE("shipped scopes, with and without symmetry") {
    for (const char* scope : {"tiny", "relay", "feedback", "shadow-log", "small", "one-one", "three-actives"})
        for (const char* preset : {"published", "literal", "repaired", "repaired_fewest_checkpoints"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            tests::expect_same_verdicts(model::System(model::load_scope(scope), model::preset(preset).rules), 2);
        }
}

TEST_CASE("a hundred random sets of rules, with and without symmetry") {
    checker::Random random(2026, 1);
    for (unsigned trial = 0; trial < 100; ++trial) {
        const impl::Rules rules = tests::any_rules(random);
        model::Scope scope = model::load_scope(trial % 2 == 0 ? "tiny" : "three-actives");
        if (trial % 2 == 1)
            scope.budgets.cluster_messages = 1;
        scope.channels = trial % 4 < 2 ? model::ChannelModel::fifo : model::ChannelModel::unordered;
        CAPTURE(trial);
        tests::expect_same_verdicts(model::System(scope, rules), 1 + trial % 3);
    }
}
