// Where things stand in a JSON text: every field and item of a document that has one of each kind, awkward names,
// blanks and escapes, and paths that lead nowhere.
#include "traces/json_place.hpp"

#include <doctest/doctest.h>

#include <string>

#include "traces/path.hpp"
#include "traces/value.hpp"

#include "traces/json.hpp"

using namespace mdcd::traces;

namespace {

const std::string place_text = "{\n"
                               "  \"name\": \"a \\\"quoted\\\" { [ name\",\n"
                               "  \"list\": [1, [2, {\"x\": 3}], {\"\\u00e4 . [b]\": \"\xC3\xA4\", \"z\": null}],\n"
                               "  \"\xC3\xA4\": true, \"last\": {}\n"
                               "}\n";

std::string at(const std::string& path) {
    const auto place = place_in_json(place_text, path);
    return place ? std::to_string(place->line) + ":" + std::to_string(place->column) : "nowhere";
}

// Every path of a value must be found, on a place where the text goes on with the field's name or the item itself.
void check_all(const Value& value, const std::string& path, std::size_t& checked) {
    REQUIRE_MESSAGE(place_in_json(place_text, path).has_value(), path);
    ++checked;
    if (const Value::Record* fields = value.record())
        for (const auto& [name, inner] : *fields)
            check_all(inner, field_path(path, name), checked);
    if (const Value::List* items = value.list())
        for (std::size_t i = 0; i < items->size(); ++i)
            check_all((*items)[i], item_path(path, i), checked);
}

} // namespace

TEST_CASE("a field is found at its name, an item at its start") {
    CHECK(at("$") == "1:1");
    CHECK(at("$.name") == "2:3");
    CHECK(at("$.list") == "3:3");
    CHECK(at("$.list[0]") == "3:12");
    CHECK(at("$.list[1]") == "3:15");
    CHECK(at("$.list[1][1].x") == "3:20");
    CHECK(at("$.list[2][\"\xC3\xA4 . [b]\"]") == "3:31");
    CHECK(at("$.list[2].z") == "3:52");
    CHECK(at("$.last") == "4:14"); // columns are characters, not bytes
    std::size_t checked = 0;
    check_all(parse_json(place_text, "t"), "$", checked);
    CHECK(checked == 13);
}

TEST_CASE("a path that leads nowhere finds nothing") {
    for (const std::string path : {"", "name", "$.nam", "$.list[3]", "$.list.x", "$.name[0]", "$.last.x", "$[0]",
                                   "$.list[", "$.list[1][1].x.y"}) {
        CAPTURE(path);
        CHECK(at(path) == "nowhere");
    }
    CHECK(!place_in_json("", "$.x").has_value());
    CHECK(!place_in_json("{\"x\"", "$.x.y").has_value());
    CHECK(!place_in_json("[\"", "$[1]").has_value());
    CHECK(!place_in_json("[]", "$[0]").has_value());
}

TEST_CASE("an offset is a line and a column of characters") {
    CHECK(place_of("ab\n\xC3\xA4x", 0) == TextPlace{1, 1});
    CHECK(place_of("ab\n\xC3\xA4x", 3) == TextPlace{2, 1});
    CHECK(place_of("ab\n\xC3\xA4x", 5) == TextPlace{2, 2});
    CHECK(place_of("ab\n\xC3\xA4x", 99) == TextPlace{2, 3});
}
