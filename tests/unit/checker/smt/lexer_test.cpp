// The lexer against section 3.1 of SMT-LIB 2.6: each kind of token, and what is none.
// Knows no grammar.
#include "checker/smt/lexer.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "checker/smt/text_formula.hpp"

using namespace mdcd::checker::smt;

namespace {

// One letter for each token with what it is: "(:assert n:12 )"; or "LINE:COLUMN: WHAT".
std::string tokens_of(std::string_view text) {
    constexpr std::string_view letters = "$()ndxbtsk"; // in the order of Token::Kind
    std::string all;
    try {
        Lexer lexer(text);
        for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
            const char letter = letters[static_cast<std::size_t>(token.kind)];
            all += all.empty() ? "" : " ";
            all += token.is_quoted ? 'q' : letter;
            if (letter != '(' && letter != ')')
                all += ":" + std::string(token.text);
        }
        return all;
    } catch (const FormulaError& error) {
        return std::to_string(error.line) + ":" + std::to_string(error.column) + ": " + error.what();
    }
}

} // namespace

TEST_CASE("every kind of token") {
    CHECK(tokens_of("") == "");
    CHECK(tokens_of(" \t\r\n; a comment, (with) \"all\" |sorts| \xf0\x9f\x99\x82\n") == "");
    CHECK(tokens_of("(assert (> x 0))") == "( s:assert ( s:> s:x n:0 ) )");
    CHECK(tokens_of("0 7 10 0.0 1.50 #x0aF #b01") == "n:0 n:7 n:10 d:0.0 d:1.50 x:#x0aF b:#b01");
    CHECK(tokens_of("a-b ~!@$%^&*_-+=<>.?/ A1.1 -1 .5") == "s:a-b s:~!@$%^&*_-+=<>.?/ s:A1.1 s:-1 s:.5");
    CHECK(tokens_of("|a b| || |(;\"| |x\ny|") == "q:a b q: q:(;\" q:x\ny");
    CHECK(tokens_of("\"a\" \"\" \"a\"\"b\" \"\\\" \"; (\"") == "t:\"a\" t:\"\" t:\"a\"\"b\" t:\"\\\" t:\"; (\"");
    CHECK(tokens_of(":named :a.b") == "k::named k::a.b");
    CHECK(tokens_of("a;b\nc") == "s:a s:c");
    CHECK(tokens_of("x(y)z") == "s:x ( s:y ) s:z");
}

TEST_CASE("what is none") {
    CHECK(tokens_of("01") == "1:2: a number does not begin with 0");
    CHECK(tokens_of("1.") == "1:3: expected digits after the point");
    CHECK(tokens_of("1.x") == "1:3: expected digits after the point");
    CHECK(tokens_of("1x") == "1:2: expected a blank or a bracket, found 'x'");
    CHECK(tokens_of("1.5.2") == "1:4: expected a blank or a bracket, found '.'");
    CHECK(tokens_of("#") == "1:2: expected #x or #b");
    CHECK(tokens_of("#X0") == "1:2: expected #x or #b");
    CHECK(tokens_of("#x") == "1:3: expected a digit");
    CHECK(tokens_of("#b2") == "1:3: expected a digit");
    CHECK(tokens_of("#b12") == "1:4: expected a blank or a bracket, found '2'");
    CHECK(tokens_of(":") == "1:2: expected a word after ':'");
    CHECK(tokens_of("::a") == "1:2: expected a word after ':'");
    CHECK(tokens_of("a:b") == "1:2: expected a blank or a bracket, found ':'");
    CHECK(tokens_of("a|b|") == "1:2: expected a blank or a bracket, found '|'");
    CHECK(tokens_of("|a|b") == "1:4: expected a blank or a bracket, found 'b'");
    CHECK(tokens_of("\"a\"b") == "1:4: expected a blank or a bracket, found 'b'");
    CHECK(tokens_of("a\"b\"") == "1:2: expected a blank or a bracket, found '\"'");
    CHECK(tokens_of("\n |a") == "2:2: this quoted symbol does not end");
    CHECK(tokens_of("\"a\"\"") == "1:1: this string does not end");
    CHECK(tokens_of("|a\\|") == "1:3: '\\' cannot stand in a quoted symbol");
    CHECK(tokens_of("|\x1b|") == "1:2: the byte 0x1b cannot stand in a quoted symbol");
    CHECK(tokens_of("\"\x7f\"") == "1:2: the byte 0x7f cannot stand in a string");
    CHECK(tokens_of("\f") == "1:1: the byte 0x0c cannot stand here");
    CHECK(tokens_of("\xc3\xa4") == "1:1: the byte 0xc3 cannot stand here");
    CHECK(tokens_of("a\xc3\xa4") == "1:2: expected a blank or a bracket, found the byte 0xc3");
    CHECK(tokens_of("[") == "1:1: '[' cannot stand here");
    CHECK(tokens_of("a'") == "1:2: expected a blank or a bracket, found '''");
    CHECK(tokens_of("; a\rb").starts_with("1:4: a carriage return"));
    CHECK(tokens_of(std::string_view(";\0\n", 3)) == "1:2: a zero byte: this is no text");
    CHECK(tokens_of(std::string_view("\0", 1)) == "1:1: the byte 0x00 cannot stand here");
}

TEST_CASE("places count lines and bytes, and stay at the end") {
    Lexer lexer("a\n  bc ; x\n");
    CHECK(lexer.next().column == 1);
    const Token second = lexer.next();
    CHECK(second.line == 2);
    CHECK(second.column == 3);
    for (int i = 0; i < 2; ++i) {
        const Token end = lexer.next();
        CHECK(end.kind == Token::Kind::end);
        CHECK(end.line == 3);
        CHECK(end.column == 1);
    }
}

TEST_CASE("a word in a message is short, and nothing that a terminal obeys") {
    CHECK(shown("word") == "word");
    CHECK(shown(std::string(41, 'a')) == std::string(40, 'a') + "..");
    CHECK(shown("a\x1b[2J\n\xe2\x80\xae") == "a?[2J????");
}
