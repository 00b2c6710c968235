// Every step that small shipped scopes can take fits the action of the proof that is meant, and every lemma holds
// after it: on the smallest through every window, on others through a few that are drawn for each step.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof {
namespace {

void check_every_step(const std::string& scope, std::uint64_t windows) {
    for (const std::string name : {"repaired", "repaired_fewest_checkpoints", "published"}) {
        CAPTURE(scope);
        CAPTURE(name);
        const impl::Rules& rules = preset(name).rules;
        const System system(load_scope(scope), rules);
        Reading reading(rules);
        TieReport report;
        checker::Random random(7);
        for_each_reached(system, [&](const ReachedState& reached) {
            for (const checker::Enabled& each : checker::enabled(system, reached.state)) {
                const ExplicitStep step = explicit_step(system, reached.state, reached.sent, each);
                tie_step(reading, step, drawn_subjects(step.after, windows, random), name != "published", report);
            }
        });
        CHECK_MESSAGE(!report.failure, (report.failure ? report.failure->what : ""));
        CHECK(report.steps > 10000);
        MESSAGE(scope << " " << name << ": " << report.steps << " steps, " << report.windows << " windows");
    }
}

} // namespace

TEST_CASE("every step of tiny, through every window") {
    check_every_step("tiny", 0);
}

TEST_CASE("every step of larger scopes, through some windows") {
    for (const std::string scope : {"relay", "feedback", "shadow-log", "three-actives"})
        check_every_step(scope, 4);
}

} // namespace mdcd::model::proof
