// The actions, recovery and claims of the proof for any number of components are what implementation and checker do,
// and whoever changes one of the two alone is told. Samples: docs/soundness.md says what that leaves open.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "model/proof/cluster_tie.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof::cluster {
namespace {

impl::Rules vector_rules(const std::vector<std::string>& changes = {}) {
    impl::Rules rules = preset("repaired_vector").rules;
    for (const std::string& change : changes)
        set_rule(rules, change);
    return rules;
}

std::string what_failed(const TieReport& report) {
    return report.failure ? report.failure->place + (": " + report.failure->what) : "";
}

std::uint64_t steps_of(const TieReport& report, ActionId action) {
    return report.steps_by_action[static_cast<std::size_t>(action)];
}

Truth reception_of_small_numbers_in_tie(const Step& step) {
    return actions()[static_cast<std::size_t>(ActionId::active_receives)].relation(step) &&
           step.before.process.low_sn[any_entry] <= step.before.notified.owner().number(50);
}

} // namespace

TEST_CASE("steps of three components fit their actions, and the lemmas hold") {
    const System system(tie_scope(), vector_rules());
    Reading reading;
    const TieReport start = tie_start(system, reading);
    CHECK(what_failed(start) == "");
    const TieReport report = tie_walks(system, reading, {.walks = 2, .altered_states = 1});
    CHECK(what_failed(report) == "");
    for (const std::uint64_t steps : report.steps_by_action)
        CHECK(steps > 0);
    CHECK(steps_of(report, ActionId::forgets_checkpoint) > 10);
}

TEST_CASE("recoveries and claims of two components are those of implementation and checker") {
    Reading reading;
    TieReport report = tie_recoveries(System(recovery_scope(), vector_rules()), reading, {.walks = 3});
    report.add(tie_recoveries(System(output_scope(), vector_rules()), reading, {.walks = 3}));
    CHECK(what_failed(report) == "");
    CHECK(report.rollbacks > report.shadow_rollbacks);
    CHECK(report.shadow_rollbacks > 0);
    CHECK(report.judged_states > 50);
    for (const std::uint64_t telling : report.telling_by_claim)
        CHECK(telling > 0);
}

// Rules that act in a step: what is proved is true of one value, and the other one is told from it.
TEST_CASE("an implementation that does something else with vectors is noticed") {
    for (const std::string change :
         {"dirty_delivery=literal", "notification_sn=keep", "validated_register=shadow_only",
          "first_checkpoint=dirty_only", "checkpoint_trigger=published", "checkpoint_index=local_sn",
          "reclamation=by_cover", "receiver_log=clean_only", "shadow_output_index=low_sn", "shadow_internal=literal",
          "external_index=internal_sn"}) {
        CAPTURE(change);
        const System system(tie_scope(), vector_rules({change}));
        Reading reading;
        const TieReport report =
            tie_walks(system, reading, {.walks = 24, .altered_states = 2, .windows_max = 8, .judge_lemmas = false});
        CHECK(report.failure);
    }
}

TEST_CASE("an implementation that recovers otherwise is noticed") {
    for (const std::string change :
         {"suppress_until=exclusive", "resend=from_checkpoint_index", "rollback_scope=application_only",
          "in_transit=deliver", "external_index=internal_sn"}) {
        CAPTURE(change);
        const System system(recovery_scope(), vector_rules({change}));
        Reading reading;
        CHECK(tie_recoveries(system, reading, {.walks = 40, .judge_claims = false}).failure);
    }
}

// Where a claim fails the windows say so, too.
TEST_CASE("under rules that act in steps, claims are violated where the checker says so") {
    TieReport all;
    for (const std::string change : {"checkpoint_trigger=published", "checkpoint_index=local_sn"}) {
        CAPTURE(change);
        const System system(recovery_scope(), vector_rules({change}));
        Reading reading;
        const TieReport report = tie_recoveries(system, reading, {.walks = 6});
        CHECK(what_failed(report) == "");
        all.add(report);
    }
    CHECK(all.violated_by_claim[0] > 0); // containment
    CHECK(all.violated_by_claim[1] > 0); // no_surviving_dependence
}

TEST_CASE("an action on vectors that is right for small numbers only is noticed") {
    std::vector<Action> bounded(actions().begin(), actions().end());
    bounded[static_cast<std::size_t>(ActionId::active_receives)].relation = reception_of_small_numbers_in_tie;
    const System system(tie_scope(), vector_rules());
    Reading reading(bounded);
    CHECK(what_failed(tie_walks(system, reading, {.walks = 4, .altered_states = 2, .windows_max = 8}))
              .starts_with("active_receives: "));
}

TEST_CASE("a cluster that begins with a number is told from the beginning") {
    const System system(tie_scope(), vector_rules());
    Reading reading;
    const ExplicitState start = decode_cluster(system.layout(), system.initial_states().front(), {});
    for (const Subject& subject : subjects_of(start)) {
        Window<Concrete> window = window_of(start, subject);
        CHECK(reading.is_initial(window));
        window.low.valid_sn[own_entry] = 1;
        CHECK_FALSE(reading.is_initial(window));
    }
}

TEST_CASE("what was never compared of several components is said") {
    TieReport report;
    CHECK(report.not_met().size() == action_count + 2 + claims().size());
}

} // namespace mdcd::model::proof::cluster
