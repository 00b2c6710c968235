// JSON text to value and back: what is read, what is refused, and where the refusal points.
// Knows no document: what a record must hold is the business of its reader.
#include "tests/support/contains.hpp"
#include "traces/json.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include "traces/file_error.hpp"
#include "traces/reader.hpp"

using namespace mdcd::traces;

namespace {

std::string refusal(std::string_view text) {
    try {
        static_cast<void>(parse_json(text, "f.json"));
    } catch (const FileError& error) {
        return error.what();
    }
    return "accepted";
}

using mdcd::tests::contains;

} // namespace

TEST_CASE("every kind of value is read, the order of fields kept") {
    const Value value = parse_json(R"({"z": null, "a": [true, false, -3, "x\u00e9\n"], "m": {"k": {}}})", "f.json");
    const Value expected = Value::Record{
        {"z", Value()},
        {"a", Value::List{Value(true), Value(false), Value(-3), Value("x\xC3\xA9\n")}},
        {"m", Value::Record{{"k", Value::Record{}}}},
    };
    CHECK(value == expected);
}

TEST_CASE("integers are read over the whole range of 64 bits and no further") {
    CHECK(parse_json("9223372036854775807", "f") == Value(INT64_MAX));
    CHECK(parse_json("-9223372036854775808", "f") == Value(INT64_MIN));
    CHECK(refusal("9223372036854775808") ==
          "f.json: line 1, column 1: the number is out of range (64-bit integers with sign)");
    CHECK(contains(refusal("[1, -9223372036854775809]"), "line 1, column 5: the number is out of range"));
    CHECK(contains(refusal("[1, 184467440737095516160 ]"), "line 1, column 5: the number is out of range"));
}

TEST_CASE("fractions and exponents are refused where they stand") {
    CHECK(refusal("{\n  \"a\": 1.5\n}") ==
          "f.json: line 2, column 8: numbers must be integers, without point or exponent");
    CHECK(contains(refusal("[1e3]"), "line 1, column 2"));
    CHECK(contains(refusal("2.0"), "line 1, column 1"));
}

TEST_CASE("a duplicate key is refused where it stands again") {
    CHECK(refusal("{\n  \"a\": 1,\n  \"b\\\"\": 2,\n  \"b\\\"\": 3\n}") ==
          "f.json: line 4, column 3: the field \"b\\\"\" is there twice");
    CHECK(refusal(R"({"a": {"b": 1}, "c": {"b": 2}})") == "accepted");
}

TEST_CASE("nesting is allowed 64 deep") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(refusal(nested(64)) == "accepted");
    CHECK(refusal(nested(65)) == "f.json: line 1, column 65: nested deeper than 64");
    CHECK(contains(refusal(nested(1000000)), "nested deeper than 64"));
}

TEST_CASE("malformed text is refused with line and column") {
    CHECK(contains(refusal(""), "line 1, column 1: "));
    CHECK(contains(refusal("{\"a\": }"), "line 1, column 7: "));
    CHECK(contains(refusal("{\"a\": 1} x"), "line 1, column 10: "));
    CHECK(contains(refusal("[1,\n2,\n]"), "line 3, column 1: "));
    CHECK(contains(refusal("[\"\xC3\xA9\xC3\xA9\", tru]"), "line 1, column 11: "));
    CHECK(contains(refusal("\"\xC3\x28\""), "line 1, column "));
    CHECK(contains(refusal("\"\xED\xA0\x80\""), "line 1, column "));
    CHECK(contains(refusal("\"\\ud800\""), "line 1, column "));
    CHECK(refusal(std::string_view("{}\0[", 4)) == "f.json: line 1, column 3: a NUL byte is not JSON");
}

TEST_CASE("the parser's own name and over-long tokens are kept out of messages") {
    const std::string message = refusal("[1, \"" + std::string(5000, 'x'));
    CHECK(!contains(message, "json.exception"));
    CHECK(message.size() < 200);
}

TEST_CASE("writing is two-space indented, with lists of scalars on one line") {
    const Value value = Value::Record{
        {"list", Value::List{1, 2, "a\"b"}},
        {"empty", Value::List{}},
        {"none", Value::Record{}},
        {"deep", Value::List{Value::Record{{"x", Value()}}, Value::List{true}}},
    };
    CHECK(to_json(value) == R"({
  "list": [1, 2, "a\"b"],
  "empty": [],
  "none": {},
  "deep": [
    {
      "x": null
    },
    [true]
  ]
}
)");
    CHECK(parse_json(to_json(value), "f.json") == value);
}

TEST_CASE("control characters survive, bytes that are no UTF-8 do not break the output") {
    std::string odd;
    for (char letter = 1; letter < 0x20; ++letter) {
        odd += letter;
    }
    odd += "\x7F\\\"/";
    CHECK(parse_json(to_json(Value(odd)), "f.json") == Value(odd));
    CHECK(parse_json(to_json(Value("a\xFFz")), "f.json") == Value("a\xEF\xBF\xBDz"));
}

TEST_CASE("a file that cannot be read is the user's mistake") {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("mdcd_json_test_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "text.json").string();
    std::ofstream(file, std::ios::binary) << "[1]\r\n";
    CHECK(read_text_file(file) == "[1]\r\n");
    CHECK_THROWS_WITH_AS(static_cast<void>(read_text_file(folder.string())),
                         (folder.string() + ": is a directory, not a file").c_str(), FileError);
    CHECK_THROWS_AS(static_cast<void>(read_text_file((folder / "absent.json").string())), FileError);
    const std::string pipe = (folder / "pipe").string();
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THROWS_WITH_AS(static_cast<void>(read_text_file(pipe)), (pipe + ": is not a regular file").c_str(),
                         FileError); // and does not wait for somebody who writes
    CHECK_THROWS_WITH_AS(static_cast<void>(read_text_file("/dev/zero")), "/dev/zero: is not a regular file", FileError);
    const std::string large = (folder / "large").string();
    std::ofstream(large) << "[";
    std::filesystem::resize_file(large, (std::uintmax_t{64} << 20U) + 1);
    CHECK_THROWS_WITH_AS(static_cast<void>(read_text_file(large)), (large + ": is larger than 64 MiB").c_str(),
                         FileError);
    std::filesystem::remove_all(folder);
}

TEST_CASE("what a message shows of a file is short") {
    const std::string word(1'000'000, 'x');
    for (const std::string& text :
         {"{\"" + word + "\": 1, \"" + word + "\": 2}", word, "\"" + word, "[1" + word, std::string(1'000'000, '9')}) {
        CHECK(refusal(text) != "accepted");
        CHECK(refusal(text).size() < 300);
    }
    const Value value(Value::Record{{word, Value(word)}});
    const Reader reader(value, "f");
    const std::vector<std::string> known{"a"};
    for (const std::function<void()>& read : std::vector<std::function<void()>>{
             [&] { reader.only_fields(known); }, [&] { static_cast<void>(reader.field(word).integer(0, 1)); },
             [&] { static_cast<void>(reader.field(word).one_of(known)); },
             [&] { static_cast<void>(reader.field(word).name()); }}) {
        try {
            read();
            FAIL("accepted");
        } catch (const FileError& error) {
            CHECK(std::string(error.what()).size() < 500);
        }
    }
}
