// Reading what a user wrote: every refusal names the file, the path and what was expected.
// The messages are compared word by word, since users live with them.
#include "traces/reader.hpp"

#include <doctest/doctest.h>

#include "traces/file_error.hpp"
#include "traces/json.hpp"

using namespace mdcd::traces;

namespace {

const std::vector<std::string> rules = {"first_checkpoint", "checkpoint_trigger", "receiver_log"};

template <class Read> std::string refusal(std::string_view text, Read read) {
    const Value value = parse_json(text, "scope.json");
    try {
        read(Reader(value, "scope.json"));
    } catch (const FileError& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("values are read by name, position and kind") {
    const Value value = parse_json(R"({"budgets": {"ats": 2, "on": true}, "names": ["a", "b"]})", "f");
    const Reader reader(value, "f");
    CHECK(reader.field("budgets").field("ats").integer(0, 2) == 2);
    CHECK(reader.field("budgets").field("on").boolean());
    CHECK(reader.field("names").items().at(1).text() == "b");
    CHECK(reader.field("names").items().at(1).path() == "$.names[1]");
    CHECK(reader.fields().at(1).first == "names");
    CHECK(reader.has("budgets"));
    CHECK(!reader.has("budget"));
    CHECK(reader.field("names").items().at(0).one_of(std::vector<std::string>{"a", "c"}) == "a");
}

TEST_CASE("an unknown field names the nearest known one") {
    CHECK(refusal(R"({"reciever_log": 1})", [](const Reader& r) { r.only_fields(rules); }) ==
          "scope.json: $: unknown field \"reciever_log\" (did you mean 'receiver_log'?); known are "
          "first_checkpoint, checkpoint_trigger, receiver_log");
    CHECK(refusal(R"({"receiver_log": 1})", [](const Reader& r) { r.only_fields(rules); }) == "accepted");
}

TEST_CASE("wrong kinds and missing fields say where and what") {
    CHECK(refusal(R"({"a": {"b": "x"}})", [](const Reader& r) {
              static_cast<void>(r.field("a").field("b").integer(0, 9));
          }) == "scope.json: $.a.b: expected an integer from 0 to 9, found \"x\"");
    CHECK(refusal(R"({"a": 10})", [](const Reader& r) { static_cast<void>(r.field("a").integer(0, 9)); }) ==
          "scope.json: $.a: expected an integer from 0 to 9, found 10");
    CHECK(refusal(R"({"a": []})", [](const Reader& r) { static_cast<void>(r.field("a").text()); }) ==
          "scope.json: $.a: expected a text, found a list");
    CHECK(refusal(R"({"a": {}})", [](const Reader& r) { static_cast<void>(r.field("a").boolean()); }) ==
          "scope.json: $.a: expected true or false, found a record");
    CHECK(refusal(R"({"a": 1})", [](const Reader& r) { static_cast<void>(r.field("a").items()); }) ==
          "scope.json: $.a: expected a list, found 1");
    CHECK(refusal("[1]", [](const Reader& r) { static_cast<void>(r.fields()); }) ==
          "scope.json: $: expected a record, found a list");
    CHECK(refusal(R"({"a": {}})", [](const Reader& r) { static_cast<void>(r.field("a").field("b")); }) ==
          "scope.json: $.a: missing field \"b\"");
    CHECK(refusal("[[null]]", [](const Reader& r) { static_cast<void>(r.items()[0].items()[0].field("b")); }) ==
          "scope.json: $[0][0]: expected a record, found null");
}

TEST_CASE("one of several names") {
    const auto read = [](const Reader& r) { static_cast<void>(r.one_of(rules)); };
    CHECK(refusal("\"receiver-log\"", read) == "scope.json: $: expected one of first_checkpoint, checkpoint_trigger, "
                                               "receiver_log, found \"receiver-log\" (did you mean 'receiver_log'?)");
    CHECK(refusal("3", read) ==
          "scope.json: $: expected one of first_checkpoint, checkpoint_trigger, receiver_log, found 3");
}

TEST_CASE("the nearest name is offered only if it is near") {
    CHECK(did_you_mean("chekpoint_trigger", rules) == " (did you mean 'checkpoint_trigger'?)");
    CHECK(did_you_mean("reciever_log", rules) == " (did you mean 'receiver_log'?)");
    CHECK(did_you_mean("colour", rules).empty());
    CHECK(did_you_mean("x", std::vector<std::string>{}).empty());
    CHECK(did_you_mean("", std::vector<std::string>{"k"}) == " (did you mean 'k'?)");
    CHECK(did_you_mean(std::string(100000, 'x'), rules).empty());
}
