// Every step that small shipped scopes can take, through every window, fits the action of the proof that is meant, and
// every lemma holds behind it. The quick tests sample this.
#include <doctest/doctest.h>

#include "model/library.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof {

TEST_CASE("every step of small scopes, through every window") {
    for (const std::string scope : {"tiny", "relay", "feedback", "shadow-log"})
        for (const std::string name : {"repaired", "repaired_fewest_checkpoints", "published"}) {
            CAPTURE(scope);
            CAPTURE(name);
            const impl::Rules& rules = preset(name).rules;
            const System system(load_scope(scope), rules);
            Reading reading(rules);
            TieReport report;
            for_each_reached(system, [&](const ReachedState& reached) {
                for (const checker::Enabled& each : checker::enabled(system, reached.state)) {
                    const ExplicitStep step = explicit_step(system, reached.state, reached.sent, each);
                    tie_step(reading, step, subjects_of(step.after), name != "published", report);
                }
            });
            CHECK_MESSAGE(!report.failure, report.failure->what);
            CHECK(report.steps > 10000);
        }
}

} // namespace mdcd::model::proof
