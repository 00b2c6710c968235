// Runs by the names of their actions: the known answer of the published protocol, what each action tells, and which
// message is which.
#include <doctest/doctest.h>

#include <set>

#include "model/state/state_value.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;
using traces::MessageEvent;

namespace {

constexpr Budgets three_messages{.cluster_messages = 3, .active_acceptance_tests = 1};
constexpr Budgets one_of_each{.cluster_messages = 2,
                              .active_messages = 2,
                              .messages_to_cluster = 1,
                              .low_acceptance_tests = 2,
                              .active_acceptance_tests = 2};

} // namespace

TEST_CASE("as published, a notification drops the only checkpoint of a process that depends on more") {
    Run run(scope_of(2, three_messages));
    run.take_all({"L1 sends cluster message 1 to A1", "L1 sends cluster message 2 to A2",
                  "L1 sends cluster message 3 to A1", "A1 receives cluster message 1 from L1"});
    CHECK(run.last().checkpoint_taken == 1);
    run.take("A1 receives cluster message 3 from L1");
    CHECK(!run.last().checkpoint_taken.has_value());
    CHECK(run.active(a1).process.guarded.checkpoints.size() == 1);
    run.take_all({"A2 receives cluster message 2 from L1",
                  "A2 passes an acceptance test, outputs, and broadcasts passed_AT(2)"});
    CHECK(run.is_true(PropertyId::containment));
    run.take("A1 receives passed_AT(2) from A2");
    CHECK(run.last().checkpoints_dropped == std::vector<traces::Value>{1});

    const impl::Guarded<GhostApplication> a1_now = run.active(a1).process.guarded;
    CHECK(!a1_now.dirty);
    CHECK(a1_now.checkpoints.empty());
    CHECK(a1_now.application.depends == impl::shared_number(3));
    CHECK(run.view().validated == Numbers{2});
    CHECK(!run.is_true(PropertyId::containment));
    CHECK(!run.is_true(PropertyId::recoverability));
    CHECK(!run.is_true(PropertyId::reclamation_safety));
    CHECK(run.is_true(PropertyId::device_safety)); // nothing left A1 yet
    run.take("A1 outputs without a test");
    CHECK(!run.is_true(PropertyId::device_safety));
    run.take("A2 outputs without a test"); // a good output does not make up for it
    CHECK(!run.is_true(PropertyId::device_safety));
}

TEST_CASE("the repaired rules survive the same run") {
    impl::Rules rules;
    rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    rules.receiver_log = impl::ReceiverLog::while_dirty;
    Run run(scope_of(2, three_messages), rules);
    take_dropped_checkpoint(run);
    CHECK(run.active(a1).process.guarded.dirty);
    CHECK(run.is_true(PropertyId::containment));
    CHECK(run.is_true(PropertyId::recoverability));
    CHECK(run.is_true(PropertyId::reclamation_safety));
}

TEST_CASE("an action tells who acts, what it takes and what it sends") {
    Run run(scope_of(2, one_of_each));
    run.take("L1 sends cluster message 1 to A1");
    CHECK(run.last().process == "L1");
    CHECK(run.last().kind == "send");
    CHECK(run.last().sent == std::vector{MessageEvent{"c1", "A1", "1", true}});
    CHECK(!run.last().taken.has_value());
    run.take("A1 receives cluster message 1 from L1");
    CHECK(run.last().process == "A1");
    CHECK(run.last().kind == "deliver");
    CHECK(run.last().taken == MessageEvent{"c1", "L1", "1", true});
    CHECK(run.last().sent.empty());
    REQUIRE(!run.last().fired.empty());
    CHECK(run.last().fired.front().starts_with("takes checkpoint 1 first"));
    run.take("A1 sends A1.1 to A2");
    CHECK(run.last().sent == std::vector{MessageEvent{"A1.1", "A2", "A1.1", true}});
    run.take("A2 sends A2.1 to L1, S1"); // to the component: new and old version
    CHECK(run.last().sent ==
          std::vector{MessageEvent{"A2.1", "L1", "A2.1", false}, MessageEvent{"A2.1", "S1", "A2.1", false}});
    run.take("S1 generates cluster message 1 for A1");
    CHECK(run.last().kind == "generate");
    CHECK(run.last().sent.empty());
    run.take("A2 outputs without a test");
    CHECK(run.last().kind == "output");
}

TEST_CASE("a notification is one message to many, named by its sender and count") {
    Run run(scope_of(2, one_of_each));
    run.take_all(
        {"L1 sends cluster message 1 to A1", "L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)"});
    CHECK(run.last().kind == "acceptance_test");
    CHECK(run.last().sent == std::vector{MessageEvent{"L1.at1", "S1", "passed_AT(1)", false},
                                         MessageEvent{"L1.at1", "A1", "passed_AT(1)", false},
                                         MessageEvent{"L1.at1", "A2", "passed_AT(1)", false}});
    run.take("L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)");
    CHECK(run.last().sent.front().message == "L1.at2"); // equal content, another message
    run.take("A2 receives passed_AT(1) from L1");
    CHECK(run.last().taken->message == "L1.at1"); // the older of the two
    run.take("A2 receives passed_AT(1) from L1");
    CHECK(run.last().taken->message == "L1.at2");
    run.take("A1 receives cluster message 1 from L1");
    run.take("A1 passes an acceptance test, outputs, and broadcasts passed_AT(1)");
    CHECK(run.last().sent.front().message == "A1.at1");
    CHECK(run.last().sent.size() == 2); // not to itself
}

TEST_CASE("the steps after which checkpoints lie are kept while some go") {
    Run run(scope_of(2, {.cluster_messages = 3, .active_messages = 2, .low_acceptance_tests = 1}));
    CHECK(run.writer.checkpoint_steps(a1).empty());
    run.take_all({"L1 sends cluster message 1 to A1",
                  "L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)",
                  "A1 receives cluster message 1 from L1"});
    CHECK(run.writer.checkpoint_steps(a1) == std::vector{2}); // taken during step 3, of the state after step 2
    run.take_all({"A1 sends A1.1 to A2", "L1 sends cluster message 2 to A1"});
    CHECK(run.count("A1 receives cluster message 2 from L1") == 0); // fifo: the notification is older
    CHECK(run.count("A1 receives passed_AT(1) from L1") == 1);
}

TEST_CASE("unordered channels let a younger message overtake") {
    Scope scope = scope_of(2, {.cluster_messages = 3, .active_messages = 2, .low_acceptance_tests = 1});
    scope.channels = ChannelModel::unordered;
    Run run(scope);
    run.take_all({"L1 sends cluster message 1 to A1",
                  "L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)",
                  "A1 receives cluster message 1 from L1", "A1 sends A1.1 to A2", "L1 sends cluster message 2 to A1",
                  "A1 receives cluster message 2 from L1"});
    CHECK(run.writer.checkpoint_steps(a1) == std::vector{2, 5});
    run.take("A1 receives passed_AT(1) from L1");
    CHECK(run.writer.checkpoint_steps(a1) == std::vector{5});
    CHECK(run.last().taken->message == "L1.at1");
}

TEST_CASE("actions that a state enables have different names") {
    Run run(scope_of(2, one_of_each));
    for (int step = 0; step < 12; ++step) {
        const auto moves = run.writer.moves();
        REQUIRE(!moves.empty());
        std::set<std::string> names;
        for (const Move& move : moves)
            CHECK_MESSAGE(names.insert(move.action.text).second, move.action.text);
        run.writer.advance(moves[static_cast<std::size_t>(step) * 7 % moves.size()]);
    }
}

TEST_CASE("steps record the digest and the changes of the state they lead to") {
    Run run(scope_of(2, three_messages), {}, true);
    traces::Value before = state_value(run.system.layout(), run.system.number_entries(), run.writer.state());
    take_dropped_checkpoint(run);
    for (const traces::Step& step : run.writer.steps()) {
        REQUIRE(step.state.has_value());
        CHECK(!step.changes.empty());
        CHECK(traces::differences(before, *step.state) == step.changes);
        before = *step.state;
    }
    CHECK(before == state_value(run.system.layout(), run.system.number_entries(), run.writer.state()));
    CHECK(run.writer.steps().back().digest == digest_of(run.writer.state()));
    Run brief(scope_of(2, three_messages));
    take_dropped_checkpoint(brief);
    CHECK(!brief.writer.steps().back().state.has_value());
    CHECK(brief.writer.steps().back().digest == run.writer.steps().back().digest);
}

} // namespace mdcd::tests
