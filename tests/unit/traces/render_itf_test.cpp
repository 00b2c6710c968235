// The ITF form, read back: every value has the type that the file declares for its variable, the same in all states.
// Knows the format from its own description only, not from the code under test.
#include "traces/render_itf.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "examples.hpp"
#include "golden.hpp"
#include "traces/file_error.hpp"
#include "traces/itf_type.hpp"
#include "traces/json.hpp"

using namespace mdcd::traces;

namespace {

// Removes the type at the front of a notation and says whether the value has it, as Apalache writes types:
// Bool, Int, Str, Seq(T), { name: T, .. }, None(UNIT) | Some(T).
bool has_type(const Value& value, std::string_view& notation);

bool take(std::string_view& notation, std::string_view word) {
    const bool there = notation.starts_with(word);
    notation.remove_prefix(there ? word.size() : 0);
    return there;
}

// The type after `notation` is removed once, however many values there are, also none.
bool all_have_type(const Value::List& values, std::string_view& notation) {
    std::string_view rest = notation;
    static_cast<void>(has_type(Value(), rest));
    const bool all = std::ranges::all_of(values, [&](const Value& value) {
        std::string_view copy = notation;
        return has_type(value, copy);
    });
    notation = rest;
    return all;
}

bool is_record_of(const Value& value, std::string_view& notation) {
    std::size_t fields = 0;
    bool all = value.record() != nullptr;
    while (!take(notation, "}") && !take(notation, " }")) {
        take(notation, fields == 0 ? " " : ", ");
        const std::string name(notation.substr(0, notation.find(':')));
        notation.remove_prefix(name.size() + 2);
        const Value* field = value.find(name);
        all = has_type(field == nullptr ? Value() : *field, notation) && field != nullptr && all;
        ++fields;
    }
    return all && value.record()->size() == fields;
}

bool has_type(const Value& value, std::string_view& notation) {
    if (take(notation, "None(UNIT) | Some(")) {
        const Value* tag = value.find("tag");
        const Value* content = value.find("value");
        const bool is_some = tag != nullptr && *tag == Value("Some");
        const bool is_none = tag != nullptr && *tag == Value("None") && *content == Value("U_OF_UNIT");
        const bool fits = has_type(is_some ? *content : Value(), notation);
        return take(notation, ")") && (is_none || (is_some && fits));
    }
    if (take(notation, "Seq(")) {
        const bool all = all_have_type(value.list() == nullptr ? Value::List{} : *value.list(), notation);
        return take(notation, ")") && all && value.list() != nullptr;
    }
    if (take(notation, "{")) {
        return is_record_of(value, notation);
    }
    if (take(notation, "Bool")) {
        return value.truth() != nullptr;
    }
    if (take(notation, "Str")) {
        return value.text() != nullptr;
    }
    return take(notation, "Int") && value.find("#bigint") != nullptr;
}

// What ITF allows nowhere, whatever the type.
std::string violation(const Value& value, const std::string& where) {
    if (value.is_null() || value.number() != nullptr) {
        return where + ": ITF has neither null nor bare numbers";
    }
    if (const Value::List* items = value.list()) {
        for (const Value& item : *items) {
            if (const std::string found = violation(item, where + "[]"); !found.empty()) {
                return found;
            }
        }
    }
    if (const Value::Record* fields = value.record()) {
        if (const Value* big = value.find("#bigint")) {
            const std::string* digits = big->text();
            const bool fine = fields->size() == 1 && digits != nullptr && !digits->empty() &&
                              digits->find_first_not_of("0123456789", (*digits)[0] == '-' ? 1 : 0) == std::string::npos;
            return fine ? "" : where + ": bad integer";
        }
        for (const auto& [name, field] : *fields) {
            if (name.starts_with('#')) {
                return where + ": reserved name " + name;
            }
            if (const std::string found = violation(field, where + "." + name); !found.empty()) {
                return found;
            }
        }
    }
    return "";
}

std::string file_violation(const Value& file) {
    const Value::List& names = *file.find("vars")->list();
    for (const Value& name : names) {
        if (file.find("#meta")->find("varTypes")->find(*name.text()) == nullptr) {
            return "no type for " + *name.text();
        }
    }
    std::int64_t index = 0;
    for (const Value& state : *file.find("states")->list()) {
        if (state.record()->size() != names.size() + 1 || *state.find("#meta")->find("index")->number() != index++) {
            return "a state has other variables or another index";
        }
        for (const Value& name : names) {
            const Value* value = state.find(*name.text());
            const std::string found = value == nullptr ? "missing" : violation(*value, *name.text());
            std::string_view notation = *file.find("#meta")->find("varTypes")->find(*name.text())->text();
            const bool typed = value != nullptr && has_type(*value, notation) && notation.empty();
            if (!found.empty() || !typed) {
                return *name.text() + ": " + (found.empty() ? "not of its type" : found);
            }
        }
    }
    return "";
}

std::string notation_of(const Value::List& values) {
    ItfType type;
    for (const Value& value : values) {
        type.admit(value);
    }
    return type.notation();
}

} // namespace

TEST_CASE("the ITF form of the known counterexample is the reviewed one") {
    CHECK(examples::golden_difference("dropped_checkpoint.itf.json", render_itf(examples::dropped_checkpoint(), "t")) ==
          "");
}

TEST_CASE("every ITF form keeps the rules of the format") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::long_run(), examples::awkward()}) {
        const Value file = parse_json(render_itf(trace, "t.json"), "itf");
        CHECK(file_violation(file) == "");
        CHECK(file.find("states")->list()->size() == trace.steps.size() + 1);
    }
}

TEST_CASE("the check of the types notices a wrong one") {
    const std::string text = render_itf(examples::dropped_checkpoint(), "t.json");
    for (const auto& [right, wrong] :
         {std::pair("{ low_sn: Int }", "{ low_sn: Str }"), std::pair("log: Seq(Str)", "log: Str"),
          std::pair("dirty: Bool", "dirt: Bool")}) {
        std::string edited = text;
        REQUIRE(edited.find(right) != std::string::npos);
        edited.replace(edited.find(right), std::string_view(right).size(), wrong);
        CHECK(file_violation(parse_json(edited, "itf")) != "");
    }
}

TEST_CASE("the states are those of the run, with the action that led there") {
    const Value file = parse_json(render_itf(examples::dropped_checkpoint(), "t.json"), "itf");
    const Value::List& states = *file.find("states")->list();
    CHECK(*states[0].find("action")->find("kind")->text() == "init");
    CHECK(*states[5].find("A1")->find("low_sn")->find("#bigint")->text() == "3");
    CHECK(*states[5].find("action")->find("text")->text() == "deliver cluster message 3 from L1 to A1");
    CHECK(states[4].find("A1")->find("checkpoints")->list()->size() == 1);
    CHECK(states[8].find("A1")->find("checkpoints")->list()->empty());
}

TEST_CASE("whole states go before changes") {
    Trace trace = examples::dropped_checkpoint();
    trace.steps[7].state = Value::Record{{"only", 7}};
    const Value file = parse_json(render_itf(trace, "t.json"), "itf");
    CHECK(*(*file.find("states")->list())[8].find("only")->find("tag")->text() == "Some");
    CHECK(*(*file.find("states")->list())[0].find("only")->find("tag")->text() == "None");
}

TEST_CASE("types are the least common ones, in Apalache's notation") {
    CHECK(notation_of({1, 2}) == "Int");
    CHECK(notation_of({true}) == "Bool");
    CHECK(notation_of({"x", Value()}) == "None(UNIT) | Some(Str)");
    CHECK(notation_of({Value(Value::List{}), Value(Value::List{1})}) == "Seq(Int)");
    CHECK(notation_of({1, "x"}) == "Str");
    CHECK(notation_of({Value(Value::Record{{"a", 1}}), Value(Value::Record{{"b->c", true}})}) ==
          "{ a: None(UNIT) | Some(Int), b_to_c: None(UNIT) | Some(Bool) }");
    CHECK(notation_of({Value(Value::Record{{"#x", 1}, {"_x", 2}, {"", 3}, {"9", 4}})}) ==
          "{ _x: Int, _x_: Int, _: Int, _9: Int }");
    CHECK(notation_of({}) == "Str");
}

TEST_CASE("a trace that does not tell its states is refused with the place") {
    Trace trace = examples::dropped_checkpoint();
    trace.steps[2].changes = {{"L1.low_sn", 77, 3, false}};
    CHECK_THROWS_WITH_AS(static_cast<void>(render_itf(trace, "t.json")),
                         "t.json: $.steps[2]: the state after this step is neither given nor does it follow from its "
                         "changes",
                         FileError);
    trace.steps[2].state = Value(1);
    CHECK_THROWS_AS(static_cast<void>(render_itf(trace, "t.json")), FileError);
    trace.initial_state.reset();
    CHECK_THROWS_WITH_AS(static_cast<void>(render_itf(trace, "t.json")),
                         "t.json: $: the trace holds no initial_state, and ITF is made of whole states", FileError);
}
