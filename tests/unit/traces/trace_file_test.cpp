// Traces as JSON text: the round trip, the published schema, and what both refuse.
// Reader and schema are held against each other, so that neither promises what the other breaks.
#include "traces/trace_file.hpp"

#include <doctest/doctest.h>

#include "examples.hpp"
#include "tests/support/schema_validator.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

using namespace mdcd::traces;
using examples::schema_violation;

namespace {

const Value& schema() {
    static const std::string file = MDCD_SOURCE_DIR "/traces/schema/trace.schema.json";
    static const Value value = parse_json(read_text_file(file), file);
    return value;
}

std::vector<Trace> all_examples() {
    std::vector<Trace> traces = {examples::smallest(), examples::dropped_checkpoint(), examples::long_run(),
                                 examples::awkward()};
    Trace whole = examples::dropped_checkpoint();
    whole.steps[0].state = Value::Record{{"x", Value()}};
    whole.steps[1].state = Value();
    traces.push_back(whole);
    return traces;
}

std::string refusal(const Value& document) {
    try {
        static_cast<void>(read_trace(to_json(document), "t.json"));
    } catch (const FileError& error) {
        return error.what();
    }
    return "accepted";
}

// The refusal of an example's text in which the first `old` is replaced.
std::string refusal_with(const std::string& old, const std::string& replacement) {
    std::string text = write_trace(examples::dropped_checkpoint());
    REQUIRE(text.find(old) != std::string::npos);
    text.replace(text.find(old), old.size(), replacement);
    return refusal(parse_json(text, "edited"));
}

// A short trace in which every optional field is there.
Trace full() {
    Trace trace = examples::dropped_checkpoint();
    trace.steps = {trace.steps[6]};
    Step& step = trace.steps.front();
    step.action.taken = step.action.sent.front();
    step.action.checkpoint_taken = 4;
    step.changes.resize(1);
    step.changes.push_back({"x", 1, Value(), true});
    step.state = Value(1);
    trace.initial_state = Value(2);
    trace.recovery = {{"A1", "rolls back", 1, 0}};
    return trace;
}

// Every document that differs from `value` in one place: a value of another kind, a field more, a field less.
void collect_edits(const Value& value, std::vector<Value>& edits) {
    const std::int64_t beyond_int = 5'000'000'000;
    for (const Value& other : {Value(), Value(true), Value(0), Value(-1), Value(beyond_int), Value("x"),
                               Value(Value::List{}), Value(Value::Record{})}) {
        edits.push_back(other);
    }
    if (const Value::List* items = value.list()) {
        for (std::size_t i = 0; i < items->size(); ++i) {
            std::vector<Value> inner;
            collect_edits((*items)[i], inner);
            for (Value& edit : inner) {
                Value::List copy = *items;
                copy[i] = std::move(edit);
                edits.emplace_back(std::move(copy));
            }
        }
    }
    if (const Value::Record* fields = value.record()) {
        for (std::size_t i = 0; i < fields->size(); ++i) {
            std::vector<Value> inner;
            collect_edits((*fields)[i].second, inner);
            for (Value& edit : inner) {
                Value::Record copy = *fields;
                copy[i].second = std::move(edit);
                edits.emplace_back(std::move(copy));
            }
            Value::Record without = *fields;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            edits.emplace_back(std::move(without));
        }
        Value::Record more = *fields;
        more.emplace_back("unheard_of", 1);
        edits.emplace_back(std::move(more));
    }
}

} // namespace

TEST_CASE("reading what was written gives the same trace, and writing it again the same bytes") {
    for (const Trace& trace : all_examples()) {
        const std::string text = write_trace(trace);
        const Trace again = read_trace(text, "t.json");
        CHECK(again == trace);
        CHECK(write_trace(again) == text);
    }
}

TEST_CASE("every written trace conforms to the published schema") {
    for (const Trace& trace : all_examples()) {
        CHECK(schema_violation(schema(), parse_json(write_trace(trace), "t.json")) == "");
    }
}

TEST_CASE("reader and schema refuse the same documents: a full trace with one thing changed") {
    const Value document = parse_json(write_trace(full()), "t.json");
    REQUIRE(refusal(document) == "accepted");
    std::vector<Value> edits;
    collect_edits(document, edits);
    std::size_t refused = 0;
    for (const Value& edit : edits) {
        const std::string reader = refusal(edit);
        const std::string by_schema = schema_violation(schema(), edit);
        CAPTURE(reader);
        CAPTURE(by_schema);
        CHECK((reader == "accepted") == by_schema.empty());
        refused += by_schema.empty() ? 0 : 1;
    }
    CHECK(edits.size() > 500);
    CHECK(refused > edits.size() / 2);
}

TEST_CASE("another format version is refused as such, whatever else is there") {
    CHECK(refusal_with("\"format\": 1", "\"format\": 2, \"new_field\": []") ==
          "t.json: $.format: this is trace format 2, and this program reads format 1 only; use the version that wrote "
          "it (mdcd 0.1.0)");
    CHECK(refusal(Value::Record{{"format", 3}}) == "t.json: $.format: this is trace format 3, and this program reads "
                                                   "format 1 only; use the version that wrote it");
    CHECK(refusal(Value::List{}) == "t.json: $: not a trace: expected a record with the field \"format\"");
    CHECK(refusal(Value::Record{{"name", "x"}}) ==
          "t.json: $: not a trace: expected a record with the field \"format\"");
}

TEST_CASE("what is wrong is named with its path") {
    CHECK(refusal_with("\"verdict\": \"violated\"", "\"verdict\": \"violatd\"") ==
          "t.json: $.verdict: expected one of violated, reached, holds, not_reached, error, "
          "found \"violatd\" (did you mean 'violated'?)");
    CHECK(refusal_with("\"fired\"", "\"fierd\"")
              .starts_with("t.json: $.steps[0].action: unknown field \"fierd\" (did you mean 'fired'?); known are "
                           "process, kind, "));
    CHECK(
        refusal_with("\"claim\"", "\"clam\"").starts_with("t.json: $: unknown field \"clam\" (did you mean 'claim'?)"));
    CHECK(refusal_with("\"after_step\": 8", "\"after_step\": 9") ==
          "t.json: $.recovery[1].after_step: expected an integer from 0 to 8, found 9");
    CHECK(refusal_with("[\"L1\", \"S1\", \"A1\", \"A2\"]", "[\"L1\", \"A1\", \"A1\", \"A2\"]") ==
          "t.json: $.processes[2]: the process \"A1\" is there twice");
    CHECK(refusal_with("\"found_by\": \"z3\"", "\"found_by\": \"luck\"") ==
          "t.json: $.hypothesis.found_by: expected one of z3, native, found \"luck\"");
    CHECK(refusal_with("\"gone\": true", "\"gone\": 1").find("expected true or false") != std::string::npos);
}

TEST_CASE("a trace is never taken for one when its text is cut off") {
    const std::string text = write_trace(examples::dropped_checkpoint());
    for (std::size_t size = 0; size + 1 < text.size(); size += 97) {
        CHECK_THROWS_AS(static_cast<void>(read_trace(text.substr(0, size), "t.json")), FileError);
    }
}

TEST_CASE("the states of the examples follow from their changes") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::long_run(), examples::awkward()}) {
        std::optional<Value> state = trace.initial_state;
        for (const Step& step : trace.steps) {
            state = apply_differences(state.value(), step.changes);
            REQUIRE(state.has_value());
        }
    }
}
