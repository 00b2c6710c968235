// Every mistake has a place: that of the token that is wrong, or of the bracket that is not closed.
// Knows no command and no vocabulary.
#include "checker/smt/token_stream.hpp"

#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {

using Kind = Token::Kind;

void fail(const Token& at, const std::string& what) {
    throw FormulaError(at.line, at.column, what);
}

Token TokenStream::take() {
    const Token token = next_;
    next_ = lexer_.next();
    return token;
}

Token TokenStream::expect(Kind kind, const std::string& what) {
    if (next_.kind != kind)
        fail_expected(what);
    return take();
}

void TokenStream::fail_expected(const std::string& what) const {
    if (next_.kind == Kind::end && !open_.empty())
        fail(open_.back(), "this bracket is not closed");
    const std::string found = next_.kind == Kind::end     ? "the end of the text"
                              : next_.kind == Kind::open  ? "("
                              : next_.kind == Kind::close ? ")"
                                                          : "'" + shown(next_.text) + "'";
    fail(next_, "expected " + what + ", found " + found);
}

void TokenStream::open(const std::string& what) {
    const Token bracket = expect(Kind::open, what);
    open_.push_back(bracket);
    if (open_.size() > depth_max)
        fail(bracket, "nested deeper than " + std::to_string(depth_max) + " brackets");
}

void TokenStream::close() {
    (void)expect(Kind::close, ")");
    open_.pop_back();
}

} // namespace mdcd::checker::smt
