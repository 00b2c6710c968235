// Symmetry over the components of the cluster, alone and with that over active processes: steps, properties, verdicts
// and shortest lengths do not tell them apart; where they do, the reduction is refused.
#include "tests/differential/symmetry.hpp"

#include "traces/file_error.hpp"

using namespace mdcd;

namespace {

// No more than that of everything, so that whole spaces are explored in no time.
model::Scope small_cluster(model::OrderAssumption order, model::RecoveryMode recovery) {
    model::Scope scope;
    scope.name = "small-cluster";
    scope.components = 2;
    scope.order = order;
    scope.faults =
        order == model::OrderAssumption::cluster ? model::FaultModel::cluster : model::FaultModel::independent;
    scope.recovery = recovery;
    scope.budgets = {.cluster_messages = 1, .low_acceptance_tests = 1};
    if (recovery == model::RecoveryMode::asynchronous)
        scope.budgets = {.cluster_messages = 1, .detections = 1};
    return scope;
}

unsigned differences(const model::Scope& scope, const impl::Rules& rules) {
    const model::System system(scope, rules, {.actives = false, .components = true, .renumbering = false});
    checker::Random random(2026, 3);
    tests::Walked walked;
    for (unsigned repetition = 0; repetition < 200 && walked.different == 0; ++repetition)
        tests::walk(system, random, 40, walked);
    return walked.different;
}

} // namespace

TEST_CASE("to step and to rename processes commute, and no property sees the names") {
    checker::Random random(2026, 21);
    tests::Walked walked;
    for (unsigned trial = 0; trial < 100; ++trial) {
        const model::Scope scope = tests::clustered_scope(trial);
        const model::System system(scope, tests::rules_for_components(random, scope), tests::all_processes);
        CAPTURE(trial);
        tests::walk(system, random, scope.budgets.detections > 0 ? 60 : 30, walked);
        REQUIRE(walked.different == 0);
    }
    CHECK(walked.states > 10000);
    CHECK(walked.moved > walked.states / 2);
}

TEST_CASE("the smallest shipped scope of several components, with and without symmetry") {
    for (const char* preset : {"repaired", "published", "literal"}) {
        CAPTURE(preset);
        const impl::Rules rules = model::preset(preset).rules;
        for (const bool actives : {false, true})
            tests::expect_same_verdicts(model::System(model::load_scope("two-in-order"), rules,
                                                      {.actives = actives, .components = true, .renumbering = false}),
                                        2);
    }
}

TEST_CASE("random sets of rules on small clusters, with and without symmetry") {
    checker::Random random(2026, 22);
    for (unsigned trial = 0; trial < 60; ++trial) {
        model::Scope scope =
            small_cluster(trial % 2 == 0 ? model::OrderAssumption::cluster : model::OrderAssumption::component,
                          trial % 4 < 2 ? model::RecoveryMode::atomic : model::RecoveryMode::asynchronous);
        scope.channels = trial % 3 == 0 ? model::ChannelModel::unordered : model::ChannelModel::fifo;
        if (trial % 8 == 0)
            scope.components = 3;
        if (trial % 8 == 1)
            scope.active_processes = 2;
        CAPTURE(trial);
        tests::expect_same_verdicts(
            model::System(scope, tests::rules_for_components(random, scope), tests::all_processes), 1 + trial % 3);
    }
}

TEST_CASE("as many states up to names as a search by hand finds") {
    for (const model::OrderAssumption order : {model::OrderAssumption::cluster, model::OrderAssumption::component})
        for (const model::RecoveryMode recovery : {model::RecoveryMode::atomic, model::RecoveryMode::asynchronous}) {
            model::Scope scope = small_cluster(order, recovery);
            for (const std::uint8_t actives : {std::uint8_t{1}, std::uint8_t{2}}) {
                if (actives > 1 && recovery == model::RecoveryMode::asynchronous)
                    continue; // large
                scope.active_processes = actives;
                const char* const preset = order == model::OrderAssumption::cluster ? "published" : "repaired_vector";
                const model::System system(scope, model::preset(preset).rules, tests::all_processes);
                const tests::CountByHand count = tests::count_by_hand(system);
                CAPTURE(count.states);
                CHECK(system.process_renamings() == 2U * actives);
                CHECK(tests::search_with(system, false, 1).distinct_states == count.states);
                CHECK(tests::search_with(system, true, 1).distinct_states == count.orbits);
                CHECK(count.orbits * system.process_renamings() == count.fixed); // by the orbit-counting theorem
            }
        }
}

TEST_CASE("where components are told apart, renaming them is refused, and some step or property does see it") {
    const model::Scope in_order = small_cluster(model::OrderAssumption::cluster, model::RecoveryMode::atomic);
    model::Scope by_component = small_cluster(model::OrderAssumption::component, model::RecoveryMode::atomic);
    const impl::Rules shared = model::preset("repaired").rules;
    const impl::Rules vector = model::preset("repaired_vector").rules;

    struct Case {
        model::Scope scope;
        impl::Rules rules;
        std::string said;
    };
    std::vector<Case> cases;
    cases.push_back({tests::clustered_scope(1), vector, "the lower id wins"}); // .. of two
    cases.back().scope.budgets.detections = 2;
    cases.push_back({by_component, vector, "shadow_sn=shared"});
    cases.back().rules.shadow_sn = impl::ShadowSn::shared;
    cases.back().scope.budgets = {.cluster_messages = 2, .low_acceptance_tests = 2, .active_acceptance_tests = 2};
    cases.push_back({in_order, vector, "low_sn"});
    cases.push_back({in_order, shared, "low_sn"});
    cases.back().scope.faults = model::FaultModel::independent;
    for (Case& each : cases) {
        CAPTURE(each.said);
        each.scope.budgets.active_messages = 0;
        REQUIRE(model::why_components_differ(each.scope, each.rules) != nullptr);
        CHECK(std::string(model::why_components_differ(each.scope, each.rules)).find(each.said) != std::string::npos);
        CHECK(differences(each.scope, each.rules) > 0);
        CHECK_THROWS_AS((void)model::reductions_for(each.scope, each.rules, model::Symmetry::components, std::nullopt),
                        traces::FileError);
    }
    CHECK(differences(in_order, shared) == 0);
    CHECK(differences(by_component, vector) == 0);
}
