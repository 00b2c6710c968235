// Asynchronous scopes: recovery as steps, step by step; what is judged in which stage; traces of it; its termination.
// Knows the protocol's messages by what traces call them.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <string>

#include "model/check/check.hpp"
#include "model/inputs/library.hpp"
#include "model/runs/recovery_text.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/state/recovery_local.hpp"
#include "model/termination.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

Scope asynchronous(std::uint8_t actives, Budgets budgets, std::uint8_t detections = 1) {
    budgets.detections = detections;
    Scope scope = scope_of(actives, budgets);
    scope.recovery = RecoveryMode::asynchronous;
    return scope;
}

RecoveryLocal recovery_of(const Run& run, impl::ProcessId id) {
    return decode<RecoveryLocal>(run.writer.state()[run.system.layout().recovery_of(id)]);
}

RecoveryStage stage_of(const Run& run) {
    return checker::ask(run.system, run.writer.state(), [&](auto summaries) { return run.system.stage(summaries); });
}

// L1 sends one message, its test fails, everybody takes part.
void recover_one_message(Run& run) {
    run.take_all({"L1 sends cluster message 1 to A1", "S1 generates cluster message 1 for A1",
                  "L1 fails an acceptance test and broadcasts the announcement of recovery 1",
                  "S1 receives the announcement of recovery 1 from L1", "A1 receives cluster message 1 from L1",
                  "A1 receives the announcement of recovery 1 from L1",
                  "L1 receives a reply (0) for recovery 1 from S1", "L1 receives a reply (0) for recovery 1 from A1"});
    CHECK(stage_of(run) == RecoveryStage::under_way);
    CHECK(recovery_of(run, l1).state.phase == impl::RecoveryPhase::stopped);
    run.take_all(
        {"A1 receives the decision (0) of recovery 1 from L1", "S1 receives the decision (0) of recovery 1 from L1"});
    CHECK(stage_of(run) == RecoveryStage::completed);
}

} // namespace

TEST_CASE("a shadow takes over, re-sends, and sends on") {
    Run run(asynchronous(1, {.cluster_messages = 2}));
    CHECK(stage_of(run) == RecoveryStage::none);
    CHECK(run.count("L1 fails an acceptance test and broadcasts the announcement of recovery 1") == 0); // it is correct
    recover_one_message(run);
    CHECK(run.is_true(PropertyId::recovery_completed));
    CHECK(run.is_true(PropertyId::recovered_by_rollback));
    CHECK(run.is_true(PropertyId::recovered_consistently));
    CHECK(run.view().surviving == as_set({0, 1}));
    CHECK_FALSE(run.is_true(PropertyId::resent_received));
    run.take("A1 receives cluster message 1 from S1");
    CHECK(run.is_true(PropertyId::resent_received));
    CHECK(run.is_true(PropertyId::recovered_in_order));
    run.take("S1 sends cluster message 2 to A1");
    run.take("A1 receives cluster message 2 from S1");
    CHECK(run.active(a1).process.guarded.application.received == first_messages(0, 2));
    CHECK_FALSE(run.active(a1).process.guarded.dirty);
    CHECK(run.is_true(PropertyId::recovered_consistently));
    CHECK(run.count("L1 sends cluster message 2 to A1") == 0); // it has stopped
}

TEST_CASE("a message of the old incarnation is discarded, or delivered under in_transit=deliver") {
    for (const bool deliver : {false, true}) {
        impl::Rules rules;
        rules.in_transit = deliver ? impl::InTransit::deliver : impl::InTransit::discard_unvalidated;
        Run run(asynchronous(2, {.cluster_messages = 2}), rules);
        run.take_all(
            {"L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1",
             "L1 sends cluster message 2 to A2",
             "A1 fails an acceptance test and broadcasts the announcement of recovery 1",
             "L1 receives the announcement of recovery 1 from A1", "S1 receives the announcement of recovery 1 from A1",
             "A2 receives the announcement of recovery 1 from A1", "A1 receives a reply (0) for recovery 1 from L1",
             "A1 receives a reply (0) for recovery 1 from S1", "A1 receives a reply (0) for recovery 1 from A2",
             "S1 receives the decision (0) of recovery 1 from A1",
             "A2 receives the decision (0) of recovery 1 from A1"});
        CHECK(run.is_true(PropertyId::old_message_discarded) != deliver);
        CHECK(run.is_true(PropertyId::recovered_consistently) != deliver);
        run.take("A2 receives cluster message 2 from L1");
        CHECK((run.active(a2).process.guarded.application.received == as_set({0, 2})) == deliver);
        CHECK(run.is_true(PropertyId::recovered_consistently) != deliver);
    }
}

TEST_CASE("a failed test forbids what would contradict it") {
    Run run(asynchronous(2, {.cluster_messages = 2, .low_acceptance_tests = 1, .active_acceptance_tests = 1}));
    run.take_all({"L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1"});
    CHECK(run.count("L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)") == 1);
    run.take("A1 fails an acceptance test and broadcasts the announcement of recovery 1");
    CHECK(run.count("L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)") == 0); // message 1 is wrong
    CHECK(run.count("L1 sends cluster message 2 to A2") == 1);                                   // it has not heard yet
    CHECK(run.count("A1 passes an acceptance test, outputs, and broadcasts passed_AT(1)") == 0); // it is halted
}

TEST_CASE("two coordinators meet, and one wins") {
    Run run(asynchronous(1, {.cluster_messages = 1}, 2));
    run.take_all({"L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1",
                  "L1 fails an acceptance test and broadcasts the announcement of recovery 1",
                  "A1 fails an acceptance test and broadcasts the announcement of recovery 1"});
    CHECK(run.is_true(PropertyId::coordinators_met));
    run.take("A1 receives the announcement of recovery 1 from L1");
    CHECK_FALSE(run.is_true(PropertyId::coordinators_met));
    CHECK(recovery_of(run, a1).state.coordinator == l1);
    CHECK(run.last().fired.size() == 2); // it gives way, and halts
    run.take("L1 receives the announcement of recovery 1 from A1");
    CHECK(recovery_of(run, l1).state.phase == impl::RecoveryPhase::coordinating);
}

TEST_CASE("what was sent to the cluster goes to the shadow alone afterwards") {
    Run run(asynchronous(1, {.cluster_messages = 1, .messages_to_cluster = 1}));
    CHECK(run.count("A1 sends A1.1 to L1, S1") == 1);
    recover_one_message(run);
    CHECK(run.count("A1 sends A1.1 to S1") == 1);
    CHECK(run.count("A1 sends A1.1 to L1, S1") == 0);
}

TEST_CASE("what is out of order, rolled back again or waiting is said of the process") {
    Run run(asynchronous(1, {.cluster_messages = 2}));
    recover_one_message(run);
    const Layout& layout = run.system.layout();
    const auto changed = [&](impl::ProcessId id, auto change) {
        checker::GlobalState state = run.writer.state();
        auto local = recovery_of(run, id);
        change(local);
        state[layout.recovery_of(id)] = encode(local);
        return state;
    };
    const auto again = rolled_back_again(layout, changed(a1, [](auto& local) { local.ghost.rollbacks = 2; }));
    REQUIRE(again.size() == 1);
    CHECK(again[0].text == "A1 has rolled back more than once in one recovery");
    const auto order = out_of_order(layout, changed(a1, [](auto& local) { local.ghost.out_of_order = true; }));
    REQUIRE(order.size() == 1);
    CHECK(order[0].process == "A1");
    CHECK(out_of_order(layout, run.writer.state())[0].kind == "skipped");
    const auto halted = changed(s1, [](auto& local) { local.state.phase = impl::RecoveryPhase::halted; });
    REQUIRE(waiting(layout, 1, halted).size() == 1);
    CHECK(waiting(layout, 1, halted)[0].text.find("waits for the decision of L1") != std::string::npos);
    CHECK(describe_recovery(layout, 1, run.writer.state())[0].text == "has stopped");
    CHECK(describe_recovery(layout, 1, run.writer.state())[2].text ==
          "runs in incarnation 1, which began with 0 as the validated number and a rollback");
}

TEST_CASE("every trace of an asynchronous scope replays") {
    const NamedRules rules = [] {
        NamedRules changed = preset("published");
        set_rule(changed.rules, "in_transit=deliver");
        changed.name += "+in_transit=deliver";
        return changed;
    }();
    CheckOptions options;
    options.whole_states = true;
    const Check checked =
        check(asynchronous(1, {.cluster_messages = 1, .active_acceptance_tests = 1}, 2), rules, options);
    std::size_t traces = 0;
    for (const CheckedProperty& each : checked.properties) {
        CAPTURE(each.property.name);
        if (!each.trace)
            continue;
        ++traces;
        const auto difference = replay(*each.trace, "test");
        CHECK_MESSAGE(!difference, (difference ? difference->text : ""));
    }
    CHECK(traces > 5);
}

TEST_CASE("a check that is interrupted after its search is interrupted") {
    std::atomic<bool> interrupt = false;
    CheckOptions options;
    options.z3 = Z3Use::off;
    options.search.interrupt = &interrupt;
    options.search.progress_seconds = 0;
    options.search.progress = [&](const checker::Progress& progress) { interrupt = progress.frontier == 0; };
    const Check checked = check(load_scope("async-tiny"), preset("repaired"), options);
    CHECK(checked.report.distinct_states == 55406);
    CHECK(checked.report.limit == "interrupted");
    CHECK_FALSE(checked.report.exhaustive);
    const auto termination = std::ranges::find(checked.properties, "recovery_terminates",
                                               [](const CheckedProperty& each) { return each.property.name; });
    REQUIRE(termination != checked.properties.end());
    CHECK(termination->verdict == checker::Verdict::inconclusive);
}

TEST_CASE("recoveries terminate, and would not if nobody could rely on deliveries") {
    const System system(load_scope("async-tiny"), preset("repaired").rules);
    const auto report = check_termination(system, {});
    CHECK(report.exhaustive);
    CHECK(report.verdicts.front().verdict == checker::Verdict::holds);

    std::vector<checker::StepIndex> all;
    for (std::size_t step = 0; step < system.steps().size(); ++step)
        all.push_back(static_cast<checker::StepIndex>(step));
    const std::array claims{checker::ProgressClaim{"recovery_terminates", ""}};
    const auto pending = [&](std::span<const SlotSummary* const> summaries) -> checker::PropertyBits {
        return system.is_recovering(summaries) ? 1 : 0;
    };
    const auto unfair = checker::check_progress(system, claims, pending, {.limits = {}, .unfair_steps = all});
    CHECK(unfair.verdicts.front().verdict == checker::Verdict::violated);
}

} // namespace mdcd::tests
