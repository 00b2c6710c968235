// One byte after the other, and no going back. Which bytes may stand where is the table of section 3.1 of the standard.
// Knows no command and no vocabulary.
#include "checker/smt/lexer.hpp"

#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_binary(char c) {
    return c == '0' || c == '1';
}

bool is_symbol_byte(char c) {
    return is_letter(c) || is_digit(c) ||
           (c != '\0' && std::string_view("~!@$%^&*_-+=<>.?/").find(c) != std::string_view::npos);
}

// What the standard calls a printable character: ASCII, or a byte of something larger.
bool is_printable(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte < 0x7f) || byte >= 0x80;
}

std::string name_of_byte(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7f)
        return std::string("'") + c + "'";
    return std::string("the byte 0x") + digits[byte >> 4U] + digits[byte & 0xfU];
}

} // namespace

std::string shown(std::string_view word) {
    constexpr std::size_t length_max = 40;
    std::string text;
    for (const char each : word.substr(0, length_max))
        text += each >= 0x20 && each < 0x7f ? each : '?';
    return word.size() > length_max ? text + ".." : text;
}

void Lexer::fail(const std::string& what) const {
    throw FormulaError(line_, column_, what);
}

void Lexer::advance() {
    if (text_[at_] == '\0')
        fail("a zero byte: this is no text");
    if (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] != '\n'))
        fail("a carriage return that no line feed follows: readers differ in whether the line ends here");
    if (text_[at_++] == '\n') {
        ++line_;
        column_ = 1;
    } else {
        ++column_;
    }
}

void Lexer::skip_while(bool (*belongs)(char)) {
    while (at_ < text_.size() && belongs(text_[at_]))
        advance();
}

void Lexer::skip_blanks() {
    for (;;) {
        skip_while(is_blank);
        if (!sees(';'))
            return;
        skip_while([](char c) { return c != '\n'; });
    }
}

Token Lexer::next() {
    skip_blanks();
    Token token;
    token.line = line_;
    token.column = column_;
    if (at_ == text_.size())
        return token;
    const std::size_t begin = at_;
    const char first = text_[at_];
    if (first == '(' || first == ')') {
        token.kind = first == '(' ? Token::Kind::open : Token::Kind::close;
        advance();
    } else if (first == '"') {
        read_string(token);
    } else if (first == '|') {
        read_quoted(token);
    } else if (first == '#') {
        read_base(token);
    } else if (is_digit(first)) {
        read_number(token);
    } else if (first == ':' || is_symbol_byte(first)) {
        read_word(token);
    } else {
        fail(name_of_byte(first) + " cannot stand here");
    }
    token.text = text_.substr(begin, at_ - begin);
    if (token.is_quoted)
        token.text = token.text.substr(1, token.text.size() - 2);
    if (token.kind != Token::Kind::open && token.kind != Token::Kind::close)
        check_end();
    return token;
}

// The standard does not say that tokens next to each other need a blank, and readers differ.
void Lexer::check_end() const {
    if (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '(' && text_[at_] != ')' && text_[at_] != ';')
        fail("expected a blank or a bracket, found " + name_of_byte(text_[at_]));
}

void Lexer::read_number(Token& token) {
    token.kind = Token::Kind::numeral;
    const bool is_zero = sees('0');
    advance();
    if (is_zero && at_ < text_.size() && is_digit(text_[at_]))
        fail("a number does not begin with 0");
    skip_while(is_digit);
    if (!sees('.'))
        return;
    token.kind = Token::Kind::decimal;
    advance();
    if (at_ == text_.size() || !is_digit(text_[at_]))
        fail("expected digits after the point");
    skip_while(is_digit);
}

void Lexer::read_base(Token& token) {
    advance();
    if (!sees('x') && !sees('b'))
        fail("expected #x or #b");
    token.kind = sees('x') ? Token::Kind::hexadecimal : Token::Kind::binary;
    bool (*const belongs)(char) = sees('x') ? is_hexadecimal : is_binary;
    advance();
    if (at_ == text_.size() || !belongs(text_[at_]))
        fail("expected a digit");
    skip_while(belongs);
}

// A quote in a string is written twice; a backslash is a backslash.
void Lexer::read_string(Token& token) {
    token.kind = Token::Kind::string;
    for (;;) {
        advance();
        skip_while([](char c) { return c != '"' && (is_printable(c) || is_blank(c)); });
        if (at_ == text_.size())
            throw FormulaError(token.line, token.column, "this string does not end");
        if (!sees('"'))
            fail(name_of_byte(text_[at_]) + " cannot stand in a string");
        advance();
        if (!sees('"'))
            return;
    }
}

void Lexer::read_quoted(Token& token) {
    token.kind = Token::Kind::symbol;
    token.is_quoted = true;
    advance();
    skip_while([](char c) { return c != '|' && c != '\\' && (is_printable(c) || is_blank(c)); });
    if (at_ == text_.size())
        throw FormulaError(token.line, token.column, "this quoted symbol does not end");
    if (!sees('|'))
        fail(name_of_byte(text_[at_]) + " cannot stand in a quoted symbol");
    advance();
}

void Lexer::read_word(Token& token) {
    token.kind = sees(':') ? Token::Kind::keyword : Token::Kind::symbol;
    advance();
    if (token.kind == Token::Kind::keyword && (at_ == text_.size() || !is_symbol_byte(text_[at_])))
        fail("expected a word after ':'");
    skip_while(is_symbol_byte);
}

} // namespace mdcd::checker::smt
