// The claims of the proof say of windows what the checker judges of whole states, each claim by itself: on every state
// of a small scope, and on states met at random in a large one, under every value of every rule.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "model/proof/tie_recovery.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof {
namespace {

// Of the walks in which something was different, the first.
std::string compare_on_walks(const impl::Rules& rules, std::uint64_t walks) {
    const System system(tie_scope(), rules);
    Reading reading(rules);
    const TieReport report = tie_claims(system, reading, {.seed = 5, .walks = walks});
    return report.failure ? report.failure->place + (": " + report.failure->what) : "";
}

} // namespace

TEST_CASE("on every state of tiny, as published and repaired") {
    for (const std::string name : {"published", "repaired"}) {
        CAPTURE(name);
        const impl::Rules& rules = preset(name).rules;
        const System system(load_scope("tiny"), rules);
        Reading reading(rules);
        TieReport report;
        for_each_reached(system, [&](const ReachedState& reached) {
            tie_claims_in(system, reading, reached.state, reached.sent, report);
        });
        CHECK_FALSE(report.failure);
        CHECK((report.violated_by_claim[3] > 0) == (name == "published"));
        CHECK(report.judged_states >= 3000);
    }
}

TEST_CASE("on random runs, under every value of every rule") {
    for (const std::string name : {"published", "repaired"})
        for (const impl::RuleDescription& rule : impl::rule_table())
            for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
                impl::Rules rules = preset(name).rules;
                rule.set(rules, value);
                CAPTURE(std::string(rule.name) + "=" + std::string(rule.values[value]));
                CHECK(compare_on_walks(rules, 4) == "");
            }
}

} // namespace mdcd::model::proof
