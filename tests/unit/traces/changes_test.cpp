// What a step changed, made readable.
// The states are made up; no trace of a model is needed.
#include "traces/changes.hpp"

#include <doctest/doctest.h>

#include "traces/states.hpp"

using namespace mdcd::traces;

namespace {

std::string told(const Value& before, const Value& after, bool with_states = true, bool takes = false) {
    Step step;
    step.changes = differences(before, after);
    if (takes) {
        step.action.taken = MessageEvent{"m", "A", "m", false};
    }
    std::string text;
    for (const ChangeGroup& group :
         readable_changes(step, with_states ? &before : nullptr, with_states ? &after : nullptr)) {
        text += group.place + ":";
        for (const std::string& change : group.changes) {
            text += " " + change + ";";
        }
    }
    return text;
}

Value of(Value::List items) {
    return Value::Record{{"A", Value::Record{{"list", std::move(items)}}}};
}

} // namespace

TEST_CASE("values in few words") {
    CHECK(brief(Value()) == "none");
    CHECK(brief(-3) == "-3");
    CHECK(brief("passed_AT(2)") == "passed_AT(2)");
    CHECK(brief("two words") == "\"two words\"");
    CHECK(brief("") == "\"\"");
    CHECK(brief(Value::Record{{"a", Value::List{1, true}}, {"b", Value::Record{}}}) == "{a [1, true], b {}}");
}

TEST_CASE("lists are told by what came and what went") {
    CHECK(told(of({1, 2, 3}), of({2, 3})) == "A: list - 1;");
    CHECK(told(of({1, 2}), of({1, 2, 3})) == "A: list + 3;");
    CHECK(told(of({1, 2, 3}), of({1, 9})) == "A: list - 2, - 3, + 9;");
    CHECK(told(of({}), of({Value(Value::Record{{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}})})) ==
          "A: list + {a 1, b 2, c 3, ..};");
    CHECK(told(of({1, 2}), of({1, 3})) == "A: list[1] 2 -> 3;");
    CHECK(told(of({1, 2, 3}), of({2, 3}), false) == "A: list[0] 1 -> 2; list[1] 2 -> 3; list[2] gone (was 3);");
}

TEST_CASE("changes are grouped by the first part of their path") {
    const Value before = Value::Record{{"A", Value::Record{{"x", 1}, {"y", 1}}}, {"B", 1}};
    const Value after = Value::Record{{"A", Value::Record{{"x", 2}, {"y", 2}}}, {"B", 2}};
    CHECK(told(before, after) == "A: x 1 -> 2; y 1 -> 2;B: 1 -> 2;");
    CHECK(told(1, 2) == ": 1 -> 2;");
}

TEST_CASE("the content of a channel is left out where the action tells it, and only there") {
    const Value before = Value::Record{{"A->B", Value::List{1}}, {"channels", Value::Record{{"B", 1}}}, {"x", 1}};
    const Value after = Value::Record{{"A->B", Value::List{}}, {"channels", Value::Record{{"B", 2}}}, {"x", 2}};
    CHECK(told(before, after, true, true) == "x: 1 -> 2;");
    CHECK(told(before, after, true, false) == "A->B: - 1;channels: B 1 -> 2;x: 1 -> 2;");
}

TEST_CASE("states follow from changes until they do not fit") {
    Trace trace;
    trace.initial_state = Value::Record{{"x", 1}};
    trace.steps.resize(3);
    trace.steps[0].changes = {{"x", 1, 2, false}};
    trace.steps[1].state = Value::Record{{"x", 5}};
    trace.steps[2].changes = {{"x", 4, 6, false}};
    CHECK(states_of(trace) ==
          std::vector<Value>{Value::Record{{"x", 1}}, Value::Record{{"x", 2}}, Value::Record{{"x", 5}}});
    trace.initial_state.reset();
    CHECK(states_of(trace).empty());
}
