// Tokens with one of look-ahead, and the brackets that are open: what every rule of a grammar asks for.
// Knows no command and no vocabulary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/smt/lexer.hpp"

namespace mdcd::checker::smt {

[[noreturn]] void fail(const Token& at, const std::string& what);

class TokenStream {
public:
    static constexpr std::size_t depth_max = 200; // of brackets

    explicit TokenStream(std::string_view text) : lexer_(text), next_(lexer_.next()) {}

    [[nodiscard]] const Token& next() const { return next_; }
    [[nodiscard]] bool sees(Token::Kind kind) const { return next_.kind == kind; }
    [[nodiscard]] bool sees_word(std::string_view word) const {
        return next_.kind == Token::Kind::symbol && !next_.is_quoted && next_.text == word;
    }

    Token take();
    Token expect(Token::Kind kind, const std::string& what); // throws FormulaError for another
    void open(const std::string& what);
    void close();

private:
    [[noreturn]] void fail_expected(const std::string& what) const;

    Lexer lexer_;
    Token next_;
    std::vector<Token> open_;
};

} // namespace mdcd::checker::smt
