// Enabled firings, their order and their effect; paths that cannot be taken; and every way in which a step
// can break the contract of its slots.
#include "checker/path.hpp"

#include <doctest/doctest.h>

#include "checker/textbook/token.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::ScriptedModel;

namespace {

std::string channel_of(const std::vector<std::string>& messages) {
    std::string channel;
    for (const std::string& message : messages)
        append_message(channel, message);
    return channel;
}

// One value, one fifo, one bag, each channel for two messages; the step and its handler are the test's.
ScriptedModel probe(Step step, Outcome outcome) {
    ScriptedModel model;
    model.slot_list = {{"value", SlotKind::value, 0}, {"fifo", SlotKind::fifo, 2}, {"bag", SlotKind::bag, 2}};
    model.step_list = {std::move(step)};
    model.handler = [outcome = std::move(outcome)](StepIndex, const Inputs&, Outcomes& outcomes) {
        outcomes.push_back(outcome);
    };
    return model;
}

GlobalState only_successor(const ScriptedModel& model, const GlobalState& state) {
    const std::vector<Enabled> all = enabled(model, state);
    REQUIRE(all.size() == 1);
    return apply(model, state, all[0].firing, all[0].outcome);
}

} // namespace

TEST_CASE("the toy runs round its table") {
    const textbook::Token model;
    const Path round{.initial = 0, .firings = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 1}}};
    const std::vector<GlobalState> states = states_along(model, round);
    CHECK(states == std::vector<GlobalState>{{"0"}, {"1"}, {"2"}, {"0"}, {"1"}, {"2"}, {"-"}});
    CHECK(judge(model, states[0]) == 1);
    CHECK(judge(model, states[6]) == 3);
    CHECK_FALSE(is_final(model, states[5]));
    CHECK(is_final(model, states[6]));
    CHECK(enabled(model, states[6]).empty());
}

TEST_CASE("a path that the model cannot take says where it ends") {
    const textbook::Token model;
    CHECK_THROWS_AS(static_cast<void>(states_along(model, {.initial = 1, .firings = {}})), PathError);
    for (const Firing wrong : {Firing{0, 0, 1}, Firing{0, 1, 0}, Firing{7, 0, 0}}) {
        try {
            static_cast<void>(states_along(model, {.initial = 0, .firings = {{0, 0, 0}, wrong}}));
            FAIL("the path was taken");
        } catch (const PathError& error) {
            CHECK(error.position() == 1);
        }
    }
}

TEST_CASE("a fifo gives its oldest message, a bag each distinct one, in order") {
    std::vector<std::string> seen;
    ScriptedModel model = probe({}, {});
    model.handler = [&](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
        seen.emplace_back(inputs.message);
        outcomes.push_back({.writes = {{0, std::string(inputs.message)}}, .sends = {}});
        outcomes.push_back({});
    };
    const GlobalState state = {"a", channel_of({"y", "x"}), channel_of({"p", "q"})};
    model.step_list = {{"oldest", {0}, SlotIndex{1}, {}}, {"any", {}, SlotIndex{2}, {}}};
    const std::vector<Enabled> all = enabled(model, state);
    CHECK(seen == std::vector<std::string>{"y", "p", "q"});
    REQUIRE(all.size() == 6);
    const std::vector<Firing> order = {{0, 0, 0}, {0, 0, 1}, {1, 0, 0}, {1, 0, 1}, {1, 1, 0}, {1, 1, 1}};
    for (std::size_t i = 0; i < order.size(); ++i)
        CHECK(all[i].firing == order[i]);
    CHECK(apply(model, state, all[0].firing, all[0].outcome) == GlobalState{"y", channel_of({"x"}), state[2]});
    CHECK(apply(model, state, all[4].firing, all[4].outcome) == GlobalState{"q", state[1], channel_of({"p"})});
    CHECK(apply(model, state, all[5].firing, all[5].outcome) == GlobalState{"a", state[1], channel_of({"p"})});

    seen.clear();
    CHECK(enabled(model, {"a", "", channel_of({"p", "p"})}).size() == 2);
    CHECK(seen == std::vector<std::string>{"p"});
}

TEST_CASE("sends append to a fifo and sort into a bag; taking makes room first") {
    const ScriptedModel fifo = probe({"send", {}, {}, {}}, {.writes = {}, .sends = {{1, "b"}, {1, "a"}}});
    CHECK(only_successor(fifo, {"a", "", ""})[1] == channel_of({"b", "a"}));
    const ScriptedModel bag = probe({"send", {}, {}, {}}, {.writes = {}, .sends = {{2, "b"}, {2, "a"}}});
    CHECK(only_successor(bag, {"a", "", ""})[2] == channel_of({"a", "b"}));
    const ScriptedModel forward = probe({"forward", {}, SlotIndex{1}, {}}, {.writes = {}, .sends = {{1, "c"}}});
    CHECK(only_successor(forward, {"a", channel_of({"a", "b"}), ""})[1] == channel_of({"b", "c"}));
}

TEST_CASE("a step waits for room and for a message; a handler can decline") {
    const ScriptedModel roomy = probe({"wait", {}, {}, {1}}, {});
    CHECK(enabled(roomy, {"a", channel_of({"m"}), ""}).size() == 1);
    CHECK(enabled(roomy, {"a", channel_of({"m", "m"}), ""}).empty());
    CHECK(enabled(probe({"take", {}, SlotIndex{2}, {}}, {}), {"a", "", ""}).empty());
    ScriptedModel declining = probe({"no", {}, {}, {}}, {});
    declining.handler = [](StepIndex, const Inputs&, Outcomes&) {};
    CHECK(enabled(declining, {"a", "", ""}).empty());
}

TEST_CASE("what slots do not allow is a model error") {
    const GlobalState full = {"a", channel_of({"m", "m"}), channel_of({"m", "m"})};
    const auto step = [](std::optional<SlotIndex> takes = {}) { return Step{"bad", {}, takes, {}}; };
    const std::vector<Outcome> wrong = {
        {.writes = {}, .sends = {{1, "m"}}},           // full fifo
        {.writes = {}, .sends = {{2, "m"}}},           // full bag
        {.writes = {}, .sends = {{0, "m"}}},           // no channel
        {.writes = {}, .sends = {{9, "m"}}},           // no slot
        {.writes = {{1, ""}}, .sends = {}},            // no value
        {.writes = {{9, ""}}, .sends = {}},            // no slot
        {.writes = {{0, "b"}, {0, "c"}}, .sends = {}}, // twice
    };
    for (const Outcome& outcome : wrong)
        CHECK_THROWS_AS(static_cast<void>(only_successor(probe(step(), outcome), full)), ModelError);
    const Outcome long_message{.writes = {}, .sends = {{1, std::string(65536, 'm')}}};
    CHECK_THROWS_AS(static_cast<void>(only_successor(probe(step(), long_message), {"a", "", ""})), ModelError);

    CHECK_THROWS_AS(static_cast<void>(enabled(probe(step(SlotIndex{0}), {}), full)), ModelError);
    CHECK_THROWS_AS(static_cast<void>(enabled(probe({"bad", {1}, {}, {}}, {}), full)), ModelError);
    CHECK_THROWS_AS(static_cast<void>(enabled(probe({"bad", {9}, {}, {}}, {}), full)), ModelError);
    CHECK_THROWS_AS(static_cast<void>(enabled(probe({"bad", {}, {}, {0}}, {}), full)), ModelError);
    CHECK_THROWS_AS(static_cast<void>(enabled(probe(step(), {}), {"a"})), ModelError);
    CHECK_THROWS_AS(static_cast<void>(judge(probe(step(), {}), {"a"})), ModelError);
    const ScriptedModel taking = probe(step(SlotIndex{1}), {});
    CHECK_THROWS_AS(static_cast<void>(apply(taking, {"a", "", ""}, {0, 0, 0}, {})), ModelError);
    CHECK_THROWS_AS(static_cast<void>(apply(taking, full, {1, 0, 0}, {})), ModelError);
}
