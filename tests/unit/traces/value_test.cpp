// The value tree: text, differences and their application.
// Values are made up; where they come from in earnest does not matter here.
#include "traces/value.hpp"

#include <doctest/doctest.h>

#include "traces/path.hpp"

using namespace mdcd::traces;

namespace {

const Value clean = Value::Record{
    {"A1", Value::Record{{"low_sn", 0}, {"dirty", false}, {"checkpoints", Value::List{}}}},
    {"L1->A1", Value::List{"1", "3"}},
    {"S1", Value::Record{{"valid_sn", Value()}}},
};
const Value dirty = Value::Record{
    {"A1", Value::Record{{"low_sn", 1}, {"dirty", true}, {"checkpoints", Value::List{Value::Record{{"index", 1}}}}}},
    {"L1->A1", Value::List{"3"}},
    {"S1", Value::Record{{"valid_sn", Value()}}},
};

} // namespace

TEST_CASE("compact text is JSON on one line") {
    CHECK(to_text(clean) == R"({"A1": {"low_sn": 0, "dirty": false, "checkpoints": []}, )"
                            R"("L1->A1": ["1", "3"], "S1": {"valid_sn": null}})");
}

TEST_CASE("differences go as deep as the shapes agree, in the order of the fields") {
    const std::vector<Difference> expected = {
        {"A1.low_sn", 0, 1, false},
        {"A1.dirty", false, true, false},
        {"A1.checkpoints[0]", Value(), Value::Record{{"index", 1}}, false},
        {"L1->A1[0]", "1", "3", false},
        {"L1->A1[1]", "3", Value(), true},
    };
    CHECK(differences(clean, dirty) == expected);
    CHECK(differences(clean, clean).empty());
}

TEST_CASE("applying the differences gives the value after, and back again") {
    CHECK(apply_differences(clean, differences(clean, dirty)) == dirty);
    CHECK(apply_differences(dirty, differences(dirty, clean)) == clean);
}

TEST_CASE("null is a value and not an absence") {
    const Value with_null = Value::Record{{"a", Value()}, {"list", Value::List{1, Value()}}};
    const Value with_one = Value::Record{{"a", 1}, {"list", Value::List{1}}};
    const Value without = Value::Record{{"list", Value::List{}}};
    for (const Value* before : {&with_null, &with_one, &without}) {
        for (const Value* after : {&with_null, &with_one, &without}) {
            const std::optional<Value> reached = apply_differences(*before, differences(*before, *after));
            REQUIRE(reached.has_value());
            CHECK(differences(*reached, *after).empty());
        }
    }
    CHECK(differences(with_null, without).front() == Difference{"a", Value(), Value(), true});
}

TEST_CASE("a change of shape is one difference") {
    CHECK(differences(1, Value::List{}) == std::vector<Difference>{{"", 1, Value::List{}, false}});
    CHECK(apply_differences(1, differences(1, Value::List{})) == Value(Value::List{}));
}

TEST_CASE("the order of fields is no difference") {
    CHECK(differences(Value::Record{{"a", 1}, {"b", 2}}, Value::Record{{"b", 2}, {"a", 1}}).empty());
}

TEST_CASE("differences that do not fit are refused") {
    const auto refused = [](const Difference& change) { return !apply_differences(clean, {change}).has_value(); };
    CHECK(refused({"A1.low_sn", 7, 8, false}));        // not what is there
    CHECK(refused({"A1.high_sn", 7, 8, false}));       // no such field
    CHECK(refused({"A9.low_sn", Value(), 8, false}));  // no such record
    CHECK(refused({"L1->A1[5]", Value(), 8, false}));  // beyond the end
    CHECK(refused({"L1->A1[0]", "1", Value(), true})); // not the last
    CHECK(refused({"L1->A1.x", Value(), 1, false}));   // a list has no fields
    CHECK(refused({"A1[0]", Value(), 1, false}));      // a record has no positions
    CHECK(refused({"A1..low_sn", 0, 1, false}));       // no path
    CHECK(refused({"", clean, Value(), true}));        // the whole cannot be gone
    CHECK(!refused({"A1.low_sn", 0, 8, false}));
}

TEST_CASE("paths are built and taken apart, odd names included") {
    const std::vector<std::string> names = {"plain", "L1->A1", "a.b", "a[0]", "", "say \"x\"", "back\\slash", "0"};
    for (const std::string& outer : names) {
        for (const std::string& inner : names) {
            const std::string path = field_path(item_path(field_path("", outer), 12), inner);
            const std::vector<PathPart> expected = {outer, std::size_t{12}, inner};
            CAPTURE(path);
            CHECK(path_parts(path) == expected);
        }
    }
    CHECK(field_path("A1", "low_sn") == "A1.low_sn");
    CHECK(field_path("$", "a.b") == "$[\"a.b\"]");
    for (const char* bad :
         {".", "a.", "a..b", "a[", "a[x]", "a[1", "a[\"b]", "a]b", "a[-1]", "[99999999999999999999]"}) {
        CAPTURE(bad);
        CHECK(!path_parts(bad).has_value());
    }
}

TEST_CASE("a record is the same in any order of its fields, a list is not") {
    const Value one = Value::Record{{"a", 1}, {"b", Value::Record{{"c", 2}, {"d", 3}}}};
    const Value other = Value::Record{{"b", Value::Record{{"d", 3}, {"c", 2}}}, {"a", 1}};
    CHECK(one == other);
    CHECK(differences(one, other).empty());
    CHECK(one != Value(Value::Record{{"a", 1}, {"b", Value::Record{{"d", 2}, {"c", 3}}}}));
    CHECK(one != Value(Value::Record{{"a", 1}}));
    CHECK(Value(Value::List{1, 2}) != Value(Value::List{2, 1}));
    // What a change took away has the fields in the order in which it was told, not in which it now stands.
    const Value before = Value::Record{{"list", Value::List{Value::Record{{"x", 1}, {"y", 2}}}}};
    const Difference change{"list[0]", Value::Record{{"y", 2}, {"x", 1}}, Value(), true};
    CHECK(apply_differences(before, {change}) == Value(Value::Record{{"list", Value::List{}}}));
}
