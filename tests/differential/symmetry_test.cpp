// Symmetry over active processes on against off: the same verdicts and shortest lengths from fewer states, on shipped
// scopes and under random sets of rules; paths come back in the original names and can be taken.
#include <doctest/doctest.h>

#include "checker/random.hpp"
#include "checker/search.hpp"
#include "model/library.hpp"
#include "model/system.hpp"
#include "tests/differential/comparison.hpp"

using namespace mdcd;

namespace {

void expect_same_verdicts(const model::System& system, unsigned workers) {
    checker::SearchOptions options = tests::with_workers(workers);
    const checker::Report whole = checker::search(system, options);
    options.use_renamings = true;
    const checker::Report reduced = checker::search(system, options);
    CHECK(whole.exhaustive);
    CHECK(reduced.exhaustive);
    CHECK(reduced.depth == whole.depth);
    const std::uint64_t actives = system.scope().active_processes;
    const std::uint64_t names = actives == 3 ? 6 : actives;
    CHECK(reduced.distinct_states * names >= whole.distinct_states);
    CHECK((actives == 1 ? reduced.distinct_states == whole.distinct_states
                        : reduced.distinct_states < whole.distinct_states));
    for (std::size_t property = 0; property < whole.verdicts.size(); ++property) {
        CAPTURE(whole.verdicts[property].property);
        CHECK(reduced.verdicts[property].verdict == whole.verdicts[property].verdict);
        REQUIRE(reduced.verdicts[property].path.has_value() == whole.verdicts[property].path.has_value());
        if (whole.verdicts[property].path) {
            CHECK(reduced.verdicts[property].path->firings.size() == whole.verdicts[property].path->firings.size());
            tests::check_path(system, reduced.verdicts[property], property);
        }
    }
}

} // namespace

TEST_CASE("shipped scopes, with and without symmetry") {
    for (const char* scope : {"tiny", "relay", "feedback", "shadow-log", "small", "one-one", "three-actives"})
        for (const char* preset : {"published", "literal", "repaired", "repaired_fewest_checkpoints"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            expect_same_verdicts(model::System(model::load_scope(scope), model::preset(preset).rules), 2);
        }
}

TEST_CASE("a hundred random sets of rules, with and without symmetry") {
    checker::Random random(2026, 1);
    for (unsigned trial = 0; trial < 100; ++trial) {
        impl::Rules rules;
        for (const impl::RuleDescription& rule : impl::rule_table())
            rule.set(rules, static_cast<std::uint8_t>(random.below(rule.values.size())));
        model::Scope scope = model::load_scope(trial % 2 == 0 ? "tiny" : "three-actives");
        if (trial % 2 == 1)
            scope.budgets.cluster_messages = 1;
        scope.channels = trial % 4 < 2 ? model::ChannelModel::fifo : model::ChannelModel::unordered;
        CAPTURE(trial);
        expect_same_verdicts(model::System(scope, rules), 1 + trial % 3);
    }
}
