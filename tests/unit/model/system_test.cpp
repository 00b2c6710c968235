// The global system: what a state enables within its budgets, how new and old version follow one script, and what
// recovery makes of a state under each way to agree on a validated number.
#include <doctest/doctest.h>

#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

constexpr Budgets messages(std::uint8_t cluster) {
    return {.cluster_messages = cluster};
}

std::size_t moves_of(const Run& run, const std::string& process) {
    std::size_t count = 0;
    for (const Move& move : run.writer.moves())
        count += move.action.process == process;
    return count;
}

} // namespace

TEST_CASE("in the initial state all are clean, nothing is under way, and every property that is always true is") {
    const Run run(scope_of(2, messages(2)));
    for (const checker::Property& property : all_properties()) {
        CAPTURE(property.name);
        const auto id = static_cast<PropertyId>(&property - all_properties().data());
        CHECK(run.is_true(id) == (property.kind != checker::PropertyKind::reachable));
    }
    CHECK(run.system.initial_states().size() == 1);
    CHECK(run.active(a2).process.id == a2);
    CHECK(!run.active(a2).process.guarded.dirty);
    CHECK(run.shadow(s1).process.id == s1);
}

TEST_CASE("without budgets only what costs nothing can happen") {
    const Run run(scope_of(2, {}));
    const auto moves = run.writer.moves();
    REQUIRE(moves.size() == 2); // outputs of clean processes
    CHECK(moves[0].action.text == "A1 outputs without a test");
    CHECK(moves[1].action.text == "A2 outputs without a test");
    CHECK(moves[0].after == run.writer.state());
}

TEST_CASE("the cluster may send each message to any active process, until its budget is spent") {
    Run run(scope_of(3, messages(2)));
    CHECK(moves_of(run, "L1") == 3);
    run.take("L1 sends cluster message 1 to A3");
    CHECK(moves_of(run, "L1") == 3);
    run.take("L1 sends cluster message 2 to A1");
    CHECK(moves_of(run, "L1") == 0);
}

TEST_CASE("whichever version comes first resolves a message, the other follows") {
    Run run(scope_of(2, messages(2)));
    run.take("S1 generates cluster message 1 for A2");
    CHECK(moves_of(run, "L1") == 1);
    CHECK(run.count("L1 sends cluster message 1 to A2") == 1);
    run.take_all({"L1 sends cluster message 1 to A2", "L1 sends cluster message 2 to A1"});
    CHECK(moves_of(run, "S1") == 1);
    run.take("S1 generates cluster message 2 for A1");
    CHECK(moves_of(run, "S1") == 0);
    CHECK(run.view().resolved == first_messages(0, 2));
}

TEST_CASE("each kind of step has its own budget") {
    Run run(scope_of(2, {.cluster_messages = 1,
                         .active_messages = 1,
                         .messages_to_cluster = 1,
                         .low_acceptance_tests = 1,
                         .active_acceptance_tests = 1}));
    run.take_all({"A1 sends A1.1 to A2", "A2 sends A2.1 to L1, S1",
                  "L1 passes an acceptance test, outputs, and broadcasts passed_AT(0)",
                  "L1 sends cluster message 1 to A1", "A1 receives passed_AT(0) from L1",
                  "A1 receives cluster message 1 from L1"});
    CHECK(run.count("A1 sends A1.2 to A2") == 0);
    CHECK(run.count("A1 sends A1.2 to L1, S1") == 0);
    CHECK(moves_of(run, "L1") == 1); // to receive A2.1
    run.take("A1 passes an acceptance test, outputs, and broadcasts passed_AT(1)");
    CHECK(run.count("A1 outputs without a test") == 1); // it costs nothing
}

TEST_CASE("a dirty process without a test left cannot output") {
    Run run(scope_of(1, messages(1)));
    run.take_all({"L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1"});
    for (const Move& move : run.writer.moves())
        CHECK(move.action.process != "A1");
}

TEST_CASE("what tests prove is kept, whoever has heard of it") {
    Run run(scope_of(2, {.cluster_messages = 2, .low_acceptance_tests = 1, .active_acceptance_tests = 1}));
    run.take_all({"L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1"});
    CHECK(run.view().validated == Numbers{0});
    run.take("A1 passes an acceptance test, outputs, and broadcasts passed_AT(1)");
    CHECK(run.view().validated == Numbers{1});
    run.take_all(
        {"L1 sends cluster message 2 to A2", "L1 passes an acceptance test, outputs, and broadcasts passed_AT(2)"});
    CHECK(run.view().validated == Numbers{2});
}

TEST_CASE("recovery line: all agree on what anyone knows, or each goes by what it was told") {
    const auto up_to_the_test = [](Run& run) {
        run.take_all({"L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1",
                      "L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)"});
    };
    const Scope scope = scope_of(2, {.cluster_messages = 1, .low_acceptance_tests = 1});
    const unsigned a1_in_view = 1; // after S1
    Run agreed(scope);
    up_to_the_test(agreed);
    CHECK(agreed.view().processes[a1_in_view].recovered_depends == Numbers{1}); // L1 knows, so A1 keeps message 1
    CHECK(agreed.is_true(PropertyId::recoverability));
    agreed.take("S1 receives passed_AT(1) from L1");
    CHECK(agreed.view().processes[a1_in_view].recovered_depends == Numbers{1});
    CHECK(agreed.is_true(PropertyId::recoverability));

    impl::Rules rules;
    rules.recovery_line = impl::RecoveryLine::local;
    Run local(scope, rules);
    up_to_the_test(local);
    CHECK(local.view().processes[a1_in_view].recovered_depends == Numbers{0}); // A1 was not told yet
    CHECK(local.is_true(PropertyId::recoverability)); // nor S1, so it will send message 1 again
    local.take("S1 receives passed_AT(1) from L1");
    CHECK(!local.is_true(PropertyId::recoverability)); // now it will not
    local.take("A1 receives passed_AT(1) from L1");
    CHECK(local.view().processes[a1_in_view].recovered_depends == Numbers{1});
    CHECK(local.is_true(PropertyId::recoverability));
}

TEST_CASE("in transit: what recovery lets through") {
    impl::Rules rules;
    const Scope scope = scope_of(1, messages(1));
    Run discarding(scope, rules);
    discarding.take("L1 sends cluster message 1 to A1");
    CHECK(discarding.view().surviving == 0);
    CHECK(discarding.view().generated_later == first_messages(0, 1)); // the shadow will send it
    CHECK(discarding.is_true(PropertyId::recoverability));
    rules.in_transit = impl::InTransit::deliver;
    Run delivering(scope, rules);
    delivering.take("L1 sends cluster message 1 to A1");
    CHECK(delivering.view().surviving == first_messages(0, 1));
    CHECK(delivering.view().surviving_depends == Numbers{1});
    CHECK(!delivering.is_true(PropertyId::recoverability));
}

TEST_CASE("a shadow re-sends what it has logged and generates the rest anew") {
    Run run(scope_of(1, messages(3)));
    run.take_all({"S1 generates cluster message 1 for A1", "S1 generates cluster message 2 for A1",
                  "L1 sends cluster message 1 to A1", "L1 sends cluster message 2 to A1",
                  "L1 sends cluster message 3 to A1"});
    CHECK(run.view().resent == first_messages(0, 2));
    CHECK(run.view().generated_later == as_set({0, 3}));
    CHECK(run.view().resent_in_order);
    CHECK(run.is_true(PropertyId::several_resent));
}

TEST_CASE("coverage: a step marks what the implementation noted, outcome by outcome") {
    const System system(scope_of(2, messages(1)), {});
    const auto state = system.initial_states().front();
    for (const checker::Enabled& enabled : checker::enabled(system, state)) {
        checker::Outcomes outcomes;
        std::vector<impl::Notes> notes;
        const checker::Step& step = system.steps()[enabled.firing.step];
        const auto values = checker::values_read(system.slots(), step, state);
        system.fire(enabled.firing.step, {.values = values, .message = {}}, outcomes, notes);
        REQUIRE(outcomes.size() == notes.size());
        std::uint64_t expected = 0;
        for (const impl::Note& note : notes[enabled.firing.outcome])
            expected |= std::uint64_t{1} << static_cast<unsigned>(note.kind);
        CHECK(enabled.outcome.fired == expected);
        CHECK(expected != 0);
    }
}

} // namespace mdcd::tests
