// SMT-LIB 2.6, section 3.1, to the letter: comments, brackets, numerals, decimals, #x, #b, strings, symbols, quoted
// symbols and keywords; anything else is refused. What other readers take apart in another way (a lone carriage return
// in a comment, a backslash in a quoted symbol, two tokens without a blank between) is refused as well.
// Knows no command and no vocabulary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mdcd::checker::smt {

struct Token {
    enum class Kind : std::uint8_t { end, open, close, numeral, decimal, hexadecimal, binary, string, symbol, keyword };
    Kind kind = Kind::end;
    std::string_view text;  // as written; of a quoted symbol without the bars: |a| is a
    bool is_quoted = false; // a symbol in bars
    std::size_t line = 1;   // from 1
    std::size_t column = 1; // in bytes, from 1
};

class Lexer {
public:
    // `text` must outlive the lexer and the tokens. Each byte is looked at once.
    explicit Lexer(std::string_view text) : text_(text) {}

    // The next token; Kind::end after the last, again and again. Throws FormulaError for what is no token.
    Token next();

private:
    [[nodiscard]] bool sees(char letter) const { return at_ < text_.size() && text_[at_] == letter; }
    void advance();
    void skip_blanks();
    void skip_while(bool (*belongs)(char));
    void read_number(Token& token);
    void read_base(Token& token);
    void read_string(Token& token);
    void read_quoted(Token& token);
    void read_word(Token& token);
    void check_end() const;
    [[noreturn]] void fail(const std::string& what) const; // at the current byte

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
};

// A word as it may stand in a message: cut after some characters, and nothing that is not printable ASCII.
[[nodiscard]] std::string shown(std::string_view word);

} // namespace mdcd::checker::smt
