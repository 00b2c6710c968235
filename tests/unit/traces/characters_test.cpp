// UTF-8 taken apart, lines broken, text made fit for a terminal.
// Knows no renderer: only the functions that all of them stand on.
#include "traces/characters.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "traces/json.hpp"
#include "traces/markup.hpp"

using namespace mdcd::traces;

TEST_CASE("valid UTF-8 is told from what is not, as RFC 3629 has it") {
    for (const char* valid : {"a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                              "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(character_bytes(valid) == std::string_view(valid).size());
    }
    for (const char* invalid : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                                "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE2\x82", "\xE2\x82z", ""}) {
        CHECK(character_bytes(invalid) == 0);
    }
    CHECK(character_count("a\xC3\xA9\xE2\x86\x92\xFFz") == 5);
    CHECK(valid_utf8("a\xFF\xC3\xA9") == "a\xEF\xBF\xBD\xC3\xA9");
}

TEST_CASE("nothing printable can move the cursor or break a line") {
    CHECK(printable("a\nb\x1B[31m\x7F\xC2\x9B\xE2\x80\xA8|\xC3\xA9\xFF") == "a b [31m   |\xC3\xA9\xEF\xBF\xBD");
}

TEST_CASE("what cannot be seen but changes what is around it is no character of a line, and is escaped in JSON") {
    // Direction (U+061C, U+200F, U+202E, U+2066), width zero (U+200B, U+FEFF), soft hyphen, a tag (U+E0041).
    for (const auto& [character, escaped] : {std::pair{"\xD8\x9C", "\\u061c"},
                                             {"\xE2\x80\x8F", "\\u200f"},
                                             {"\xE2\x80\xAE", "\\u202e"},
                                             {"\xE2\x81\xA6", "\\u2066"},
                                             {"\xE2\x80\x8B", "\\u200b"},
                                             {"\xEF\xBB\xBF", "\\ufeff"},
                                             {"\xC2\xAD", "\\u00ad"},
                                             {"\xC2\x9B", "\\u009b"},
                                             {"\x1B", "\\u001b"},
                                             {"\xF3\xA0\x81\x81", "\\udb40\\udc41"}}) {
        CHECK(printable("a" + std::string(character) + "b") == "a b");
        std::string quoted;
        append_quoted(quoted, character);
        CHECK(quoted == "\"" + std::string(escaped) + "\"");
        CHECK(*parse_json(quoted, "f").text() == character);
    }
    for (const std::string seen : {"\xC2\xA0", "\xD7\x90", "\xE2\x80\x90", "\xE2\x86\x92", "\xF0\x9F\x99\x82"})
        CHECK(printable(seen) == seen);
    CHECK(printable_lines("a\x1B\n\nb\r\n") == "a \n\nb \n");
    CHECK(printable_lines("a ::b\n::error::c\n  ::d") == "a ::b\n> ::error::c\n>   ::d");
}

TEST_CASE("a name is of one alphabet") {
    for (const std::string name : {"tiny", "0", "published+a=b", "a-b_c"})
        CHECK(is_name(name));
    for (const std::string name :
         {"", "a b", "a.b", "../a", "a/b", "a\\b", "a\nb", "\x1B[2J", "<b>", "a\xC3\xA9", "a|b"})
        CHECK_FALSE(is_name(name));
    CHECK_FALSE(is_name(std::string("a\0b", 3)));
    CHECK(is_name(std::string(name_bytes_max, 'a')));
    CHECK_FALSE(is_name(std::string(name_bytes_max + 1, 'a')));
}

TEST_CASE("texts are cut between characters") {
    CHECK(cut("abc", 3) == "abc");
    CHECK(cut("abcd", 3) == "abc..");
    CHECK(cut("a\xC3\xA9z", 2) == "a..");
    CHECK(cut("a\xC3\xA9z", 3) == "a\xC3\xA9..");
    CHECK(cut("\xF0\x9F\x99\x82z", 3) == "..");
}

TEST_CASE("lines are broken at spaces where there are any, by characters and not by bytes") {
    CHECK(wrapped("one two three", 8) == std::vector<std::string>{"one two", "three"});
    CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
    CHECK(wrapped("abcdefgh ij", 3) == std::vector<std::string>{"abc", "def", "gh", "ij"});
    CHECK(wrapped("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 2) ==
          std::vector<std::string>{"\xC3\xA9\xC3\xA9", "\xC3\xA9\xC3\xA9"});
    CHECK(wrapped("as it is", 0) == std::vector<std::string>{"as it is"});
    CHECK(wrapped("", 5) == std::vector<std::string>{""});
    CHECK(wrapped("   x", 2) == std::vector<std::string>{"  ", "x"});
}

TEST_CASE("markup is escaped and long texts are cut between characters") {
    CHECK(markup_escaped("<a b=\"c\" d='e'>&\x01\xEF\xBF\xBE") ==
          "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp; \xEF\xBF\xBD");
    CHECK(shortened("\xC3\xA9\xC3\xA9\xC3\xA9", 3) == "\xC3\xA9\xC3\xA9\xC3\xA9");
    CHECK(shortened("\xC3\xA9\xC3\xA9\xC3\xA9", 2) == "\xC3\xA9\xE2\x80\xA6");
}
