// SMT-LIB 2.6, chapter 3.1: comments, strings, quoted symbols, brackets, and words between them.
// Understands no more than that.
#include "checker/smt/command_scan.hpp"

#include <algorithm>
#include <cctype>

#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {
namespace {

constexpr std::size_t depth_max = 200;

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    // The next token: a bracket, a word, or a quoted thing; "" at the end.
    std::string_view next() {
        skip_blanks();
        token_line_ = line_;
        token_column_ = column_;
        const std::size_t begin = at_;
        if (at_ == text_.size())
            return {};
        const char first = text_[at_];
        advance();
        if (first == '"' || first == '|') {
            while (at_ < text_.size() && text_[at_] != first)
                advance();
            if (at_ == text_.size())
                fail(first == '"' ? "this string does not end" : "this quoted symbol does not end");
            advance();
        } else if (first != '(' && first != ')') {
            while (at_ < text_.size() && is_word(text_[at_]))
                advance();
        }
        return text_.substr(begin, at_ - begin);
    }

    [[nodiscard]] Command here(std::string_view name) const { return {std::string(name), token_line_, token_column_}; }

    [[noreturn]] void fail(const std::string& what) const { throw FormulaError(token_line_, token_column_, what); }

private:
    static bool is_word(char c) {
        return std::isspace(static_cast<unsigned char>(c)) == 0 && c != '(' && c != ')' && c != ';' && c != '"' &&
               c != '|';
    }

    void advance() {
        if (text_[at_++] == '\n') {
            ++line_;
            column_ = 1;
        } else {
            ++column_;
        }
    }

    void skip_blanks() {
        while (at_ < text_.size()) {
            if (text_[at_] == ';')
                while (at_ < text_.size() && text_[at_] != '\n')
                    advance();
            else if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0)
                advance();
            else
                return;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
    std::size_t token_line_ = 1;
    std::size_t token_column_ = 1;
};

} // namespace

std::vector<Command> scan_commands(std::string_view text) {
    const std::size_t zero = text.find('\0'); // Z3 would take it for the end
    if (zero != std::string_view::npos) {
        const std::string_view before = text.substr(0, zero);
        throw FormulaError(static_cast<std::size_t>(1 + std::ranges::count(before, '\n')),
                           zero - (before.rfind('\n') + 1) + 1, "a zero byte: this is no text");
    }
    Scanner scanner(text);
    std::vector<Command> commands;
    std::vector<Command> open;
    for (std::string_view token = scanner.next(); !token.empty(); token = scanner.next()) {
        if (open.size() == 1 && commands.back().name.empty()) {
            if (token == "(" || token == ")")
                scanner.fail("expected the name of a command, such as assert");
            commands.back() = scanner.here(token);
        } else if (token == "(") {
            if (open.empty())
                commands.emplace_back();
            open.push_back(scanner.here(token));
            if (open.size() > depth_max)
                scanner.fail("nested deeper than " + std::to_string(depth_max) + " brackets");
        } else if (open.empty()) {
            scanner.fail("expected a command in brackets, such as (assert ..)");
        } else if (token == ")") {
            open.pop_back();
        }
    }
    if (!open.empty())
        throw FormulaError(open.back().line, open.back().column, "this bracket is not closed");
    return commands;
}

Command find_word(std::string_view text, std::string_view word) {
    Scanner scanner(text);
    for (std::string_view token = scanner.next(); !token.empty(); token = scanner.next())
        if (token == word)
            return scanner.here(token);
    return {};
}

} // namespace mdcd::checker::smt
