// Who sent what to whom, and when it was taken.
// Knows no drawing: these are the facts that all drawings share.
#include "traces/message_flow.hpp"

#include <doctest/doctest.h>

#include "examples.hpp"

using namespace mdcd::traces;

namespace {

Step step_of(const std::string& process, std::optional<MessageEvent> taken, std::vector<MessageEvent> sent) {
    Step step;
    step.action.process = process;
    step.action.taken = std::move(taken);
    step.action.sent = std::move(sent);
    return step;
}

} // namespace

TEST_CASE("a broadcast is one arrow for each receiver, matched by identity and both ends") {
    const MessageFlow flow = flow_of(examples::dropped_checkpoint());
    CHECK(flow.participants == std::vector<std::string>{"L1", "S1", "A1", "A2", "device"});
    REQUIRE(flow.arrows.size() == 6);
    CHECK(flow.arrows[0].taken_step == 4);
    CHECK(flow.arrows[1].taken_step == 6);
    CHECK(flow.arrows[2].taken_step == 5);
    CHECK(flow.arrows[4].message == "A2.at1");
    CHECK(flow.arrows[4].taken_step == 8);
    CHECK(flow.arrows[5].to == 1);
    CHECK(!flow.arrows[5].taken_step);
    CHECK(flow.arrows[2].finding_kinds == std::vector<std::string>{"erroneous_dependence"});
    CHECK(flow.arrows[0].finding_kinds.empty());
}

TEST_CASE("a checkpoint is dropped where its process drops that index") {
    const MessageFlow flow = flow_of(examples::dropped_checkpoint());
    REQUIRE(flow.checkpoints.size() == 2);
    CHECK(flow.checkpoints[0].taken_step == 4);
    CHECK(flow.checkpoints[0].dropped_step == 8);
    CHECK(flow.checkpoints[1].dropped_step == 7);
}

TEST_CASE("a recovery by messages: who coordinates, halts and stops from when to when, who rolls back to what") {
    const MessageFlow flow = flow_of(examples::recovery_by_messages());
    const auto is = [&](std::size_t at, std::size_t who, const char* phase, std::size_t from,
                        std::optional<std::size_t> to) {
        const PhaseMark& mark = flow.phases[at];
        return mark.participant == who && mark.phase == phase && mark.from_step == from && mark.to_step == to;
    };
    REQUIRE(flow.phases.size() == 3);
    CHECK(is(0, 1, "coordinating", 3, 7));
    CHECK(is(1, 2, "halted", 4, 8));
    CHECK(is(2, 0, "stopped", 5, std::nullopt));
    REQUIRE(flow.rollbacks.size() == 1);
    CHECK(flow.rollbacks[0].participant == 2);
    CHECK(flow.checkpoints[flow.rollbacks[0].checkpoint].taken_step == 2);
    CHECK(flow.rollbacks[0].step == 8);
    CHECK(flow_of(examples::long_run()).phases.empty());
}

TEST_CASE("a rollback to a checkpoint that the trace does not show, or no number, is no mark") {
    Trace trace = examples::recovery_by_messages();
    for (const char* words :
         {"rolls back to checkpoint 7", "rolls back to checkpoint ", "rolls back to checkpoint x"}) {
        trace.steps.back().action.fired = {words};
        CHECK(flow_of(trace).rollbacks.empty());
    }
}

TEST_CASE("the same message sent twice is taken twice, the oldest first; what nobody sent was there before") {
    Trace trace = examples::smallest();
    trace.processes = {"A", "B"};
    const MessageEvent to_b{"m", "B", "m", false};
    const MessageEvent from_a{"m", "A", "m", false};
    trace.steps = {step_of("A", std::nullopt, {to_b}), step_of("A", std::nullopt, {to_b}), step_of("B", from_a, {}),
                   step_of("B", from_a, {}), step_of("B", from_a, {})};
    const MessageFlow flow = flow_of(trace);
    REQUIRE(flow.arrows.size() == 3);
    CHECK(flow.arrows[0].taken_step == 3);
    CHECK(flow.arrows[1].taken_step == 4);
    CHECK(!flow.arrows[2].sent_step);
    CHECK(flow.arrows[2].taken_step == 5);
}

TEST_CASE("a finding about a message is about it in every incarnation, and about no other") {
    Trace trace = examples::smallest();
    trace.processes = {"A", "B"};
    trace.steps = {step_of("A", std::nullopt, {{"c1", "B", "1", false}}),
                   step_of("A", std::nullopt, {{"c1@1", "B", "1", false}}),
                   step_of("A", std::nullopt, {{"c11", "B", "11", false}})};
    trace.findings = {{"lost", "B", "c1", "lost"}};
    MessageFlow flow = flow_of(trace);
    CHECK(flow.arrows[0].finding_kinds == std::vector<std::string>{"lost"});
    CHECK(flow.arrows[1].finding_kinds == std::vector<std::string>{"lost"});
    CHECK(flow.arrows[2].finding_kinds.empty());
    trace.findings = {{"out_of_order", "B", "c1@1", "late"}};
    flow = flow_of(trace);
    CHECK(flow.arrows[0].finding_kinds.empty());
    CHECK(flow.arrows[1].finding_kinds == std::vector<std::string>{"out_of_order"});
}
