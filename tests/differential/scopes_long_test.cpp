// The shipped scopes against the plain reference search: every one that it can finish (it keeps whole states: one-two
// is beyond it). The smallest are in rules_test.cpp. And the larger ones with and without symmetry.
#include "tests/differential/symmetry.hpp"

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
    for (const char* scope : {"low-test", "one-three", "one-two-short", "async-relay"})
        for (const char* preset : {"published", "repaired"}) {
            CAPTURE(scope);
            CAPTURE(preset);
            tests::expect_same_verdicts(model::System(model::load_scope(scope), model::preset(preset).rules), 2);
        }
}

TEST_CASE("the larger shipped scopes of several components, with and without symmetry") {
    for (const char* scope : {"two-components", "two-two"})
        for (const bool actives : {false, true}) {
            CAPTURE(scope);
            CAPTURE(actives);
            tests::expect_same_verdicts(model::System(model::load_scope(scope), model::preset("repaired_vector").rules,
                                                      {.actives = actives, .components = true, .renumbering = false}),
                                        2);
        }
}
