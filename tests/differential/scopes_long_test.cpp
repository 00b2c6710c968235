// The shipped scopes against the plain reference search: every one that it can finish (it keeps whole states: one-two
// is beyond it). The smallest are in rules_test.cpp. And the larger ones with and without symmetry.
#include <doctest/doctest.h>

#include "checker/plain_search.hpp"
#include "checker/search.hpp"
#include "model/library.hpp"
#include "model/system.hpp"
#include "tests/differential/comparison.hpp"

using namespace mdcd;

TEST_CASE("every shipped scope that the plain search can finish: counts, verdicts, shortest lengths") {
    for (const char* scope : {"feedback", "low-test", "one-one", "one-three", "one-two-short", "shadow-log", "small"})
        for (const char* preset : {"published", "repaired"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            const model::System system(model::load_scope(scope), model::preset(preset).rules);
            tests::check_same(system, checker::plain_search(system, {}),
                              checker::search(system, tests::with_workers(2)));
        }
}

TEST_CASE("the larger shipped scopes with and without symmetry") {
    for (const char* scope : {"low-test", "one-three", "one-two-short"})
        for (const char* preset : {"published", "repaired"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            const model::System system(model::load_scope(scope), model::preset(preset).rules);
            checker::SearchOptions options = tests::with_workers(2);
            const checker::Report whole = checker::search(system, options);
            options.use_renamings = true;
            const checker::Report reduced = checker::search(system, options);
            CHECK(reduced.depth == whole.depth);
            CHECK(reduced.distinct_states < whole.distinct_states);
            for (std::size_t property = 0; property < whole.verdicts.size(); ++property) {
                CHECK(reduced.verdicts[property].verdict == whole.verdicts[property].verdict);
                REQUIRE(reduced.verdicts[property].path.has_value() == whole.verdicts[property].path.has_value());
                if (whole.verdicts[property].path)
                    CHECK(reduced.verdicts[property].path->firings.size() ==
                          whole.verdicts[property].path->firings.size());
            }
        }
}
