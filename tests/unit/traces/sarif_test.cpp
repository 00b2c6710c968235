// SARIF: the shape that the standard and GitHub ask for, for runs with and without results, steps and odd characters.
// The shape here is written down from the standard's sections, only as wide as what we write; that the full official
// schema accepts our files, too, is said in docs/ci.md with the command.
#include "traces/sarif.hpp"

#include <doctest/doctest.h>

#include "tests/support/schema_validator.hpp"
#include "traces/json.hpp"

using namespace mdcd::traces;

namespace {

const char* const shape = R"~({
  "type": "object", "additionalProperties": false, "required": ["$schema", "version", "runs"],
  "properties": {
    "$schema": {"const": "https://json.schemastore.org/sarif-2.1.0.json"},
    "version": {"const": "2.1.0"},
    "runs": {"type": "array", "items": {
      "type": "object", "additionalProperties": false, "required": ["tool", "results", "automationDetails"],
      "properties": {
        "tool": {"type": "object", "additionalProperties": false, "required": ["driver"], "properties": {"driver": {
          "type": "object", "additionalProperties": false, "required": ["name", "version", "rules"],
          "properties": {
            "name": {"$ref": "#/$defs/words"}, "version": {"$ref": "#/$defs/words"},
            "rules": {"type": "array", "uniqueItems": true, "items": {
              "type": "object", "additionalProperties": false,
              "required": ["id", "shortDescription", "fullDescription", "help"],
              "properties": {"id": {"$ref": "#/$defs/words"}, "shortDescription": {"$ref": "#/$defs/message"},
                             "fullDescription": {"$ref": "#/$defs/message"}, "help": {"$ref": "#/$defs/message"}}}}}}}},
        "automationDetails": {"type": "object", "additionalProperties": false, "required": ["id"],
                              "properties": {"id": {"type": "string", "pattern": "^[^/].*/$"}}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "invocations": {"type": "array", "items": {
          "type": "object", "additionalProperties": false, "required": ["executionSuccessful"],
          "properties": {"executionSuccessful": {"type": "boolean"}, "exitCode": {"type": "integer"},
            "toolExecutionNotifications": {"type": "array", "items": {
              "type": "object", "additionalProperties": false, "required": ["message"],
              "properties": {"level": {"enum": ["none", "note", "warning", "error"]},
                             "message": {"$ref": "#/$defs/message"}}}}}}},
        "results": {"type": "array", "items": {
          "type": "object", "additionalProperties": false,
          "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
          "properties": {
            "ruleId": {"$ref": "#/$defs/words"},
            "ruleIndex": {"type": "integer", "minimum": 0},
            "level": {"enum": ["none", "note", "warning", "error"]},
            "message": {"$ref": "#/$defs/message"},
            "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            "partialFingerprints": {"type": "object", "additionalProperties": {"$ref": "#/$defs/words"}},
            "codeFlows": {"type": "array", "items": {
              "type": "object", "additionalProperties": false, "required": ["threadFlows"],
              "properties": {"threadFlows": {"type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["locations"],
                "properties": {"locations": {"type": "array", "items": {
                  "type": "object", "additionalProperties": false, "required": ["location"],
                  "properties": {"location": {"$ref": "#/$defs/location"}}}}}}}}}}}}}}}}},
  "$defs": {
    "words": {"type": "string", "pattern": "."},
    "message": {"type": "object", "additionalProperties": false, "required": ["text"],
                "properties": {"text": {"$ref": "#/$defs/words"}}},
    "location": {"type": "object", "additionalProperties": false, "required": ["physicalLocation"],
      "properties": {
        "message": {"$ref": "#/$defs/message"},
        "physicalLocation": {"type": "object", "additionalProperties": false,
          "required": ["artifactLocation", "region"],
          "properties": {
            "artifactLocation": {"type": "object", "additionalProperties": false, "required": ["uri"],
              "properties": {"uri": {"type": "string", "pattern": "^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}}},
            "region": {"type": "object", "additionalProperties": false, "required": ["startLine"],
              "properties": {"startLine": {"type": "integer", "minimum": 1},
                             "startColumn": {"type": "integer", "minimum": 1}}}}}}}}
})~";

SarifRun run_with(std::vector<SarifResult> results) {
    SarifRun run;
    run.tool_version = "1.2.3";
    run.category = "mdcd-gate/presets";
    run.exit_code = results.empty() ? 0 : 10;
    run.rules = {{"containment", "short", "full", "help"}, {"recoverability", "short", "full", "help"}};
    run.results = std::move(results);
    return run;
}

SarifResult result() {
    return {.rule = "recoverability",
            .level = "error",
            .message = "expected \"holds\", found \xFF violated",
            .file = "./a b/\xC3\xA4%.json",
            .line = 12,
            .column = 5,
            .fingerprint = "presets/tiny/recoverability:1",
            .steps = {"L1 sends cluster message 1 to A1", "A1 receives \"it\""}};
}

std::string violation(const SarifRun& run) {
    return examples::schema_violation(parse_json(shape, "shape"), parse_json(write_sarif(run), "sarif"));
}

} // namespace

TEST_CASE("every run has the shape of the standard, with results and without") {
    CHECK(violation(run_with({})) == "");
    SarifResult without_steps = result();
    without_steps.steps.clear();
    CHECK(violation(run_with({result(), without_steps})) == "");
    SarifRun interrupted = run_with({});
    interrupted.completed = false;
    interrupted.notifications = {{"error", "one: not run"}};
    CHECK(violation(interrupted) == "");
    const Value document = parse_json(write_sarif(interrupted), "sarif");
    CHECK(*value_at(document, "runs[0].invocations[0].executionSuccessful") == Value(false));
    CHECK(*value_at(document, "runs[0].invocations[0].toolExecutionNotifications[0].message.text") ==
          Value("one: not run"));
}

TEST_CASE("the shape notices what is wrong") {
    SarifResult bad_level = result();
    bad_level.level = "fatal";
    SarifResult no_line = result();
    no_line.line = 0;
    SarifResult no_words = result();
    no_words.message.clear();
    SarifResult no_file = result();
    no_file.file.clear();
    SarifResult unknown_rule = result();
    unknown_rule.rule = "unheard_of";
    for (const SarifResult& each : {bad_level, no_line, no_words, no_file, unknown_rule})
        CHECK(violation(run_with({each})) != "");
}

TEST_CASE("a result refers to its rule by name and position, and to its place by a relative URI") {
    const Value document = parse_json(write_sarif(run_with({result()})), "sarif");
    CHECK(*value_at(document, "runs[0].results[0].ruleIndex") == Value(1));
    CHECK(*value_at(document, "runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri") ==
          Value("a%20b/%C3%A4%25.json"));
    CHECK(value_at(document, "runs[0].results[0].codeFlows[0].threadFlows[0].locations")->list()->size() == 2);
    CHECK(uri_of("gates\\mine.json") == "gates/mine.json");
}
