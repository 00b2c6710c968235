// Closed formulas over a finite vocabulary: written by users in SMT-LIB 2, read and type-checked by Z3, evaluated by
// plain code. Knows no protocol, and the solver's headers stay in the source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mdcd::checker::smt {

using SortIndex = std::uint8_t;
inline constexpr SortIndex boolean_sort = 0;
inline constexpr SortIndex integer_sort = 1;
inline constexpr SortIndex first_finite_sort = 2; // Vocabulary::sorts[0]

struct FiniteSort {
    std::string name;
    std::vector<std::string> elements; // constants of a formula; the value of each is its position
};

// A function that the reader of a formula gives values to.
struct Symbol {
    std::string name;
    std::vector<SortIndex> arguments; // none: a constant
    SortIndex result = boolean_sort;
};

struct Vocabulary {
    std::vector<FiniteSort> sorts;
    std::vector<Symbol> symbols;
};

// Gives each symbol its value. Truths are 0 and 1, elements are positions.
class Interpretation {
public:
    virtual ~Interpretation() = default;
    [[nodiscard]] virtual std::int64_t value(std::size_t symbol, std::span<const std::int64_t> arguments) const = 0;
};

// A mistake in the text. Line and column count from 1.
class FormulaError : public std::runtime_error {
public:
    FormulaError(std::size_t at_line, std::size_t at_column, const std::string& what, std::string unknown = "")
        : std::runtime_error(what), line(at_line), column(at_column), unknown_name(std::move(unknown)) {}
    std::size_t line;
    std::size_t column;
    std::string unknown_name; // if that is the mistake
};

class TextFormula {
public:
    // The conjunction of the assertions of a text of `assert` and `define-fun` commands. Understood are the Boolean
    // connectives, =, distinct, ite, let, +, -, comparisons, numerals, and quantifiers over finite sorts. Throws
    // FormulaError for anything else, and for a text that asserts nothing.
    TextFormula(std::string_view text, const Vocabulary& vocabulary);

    [[nodiscard]] bool is_true(const Interpretation& meaning) const;

    // For a formula that is false: the variables of its outermost `forall`s with the first elements that make it so.
    struct Binding {
        std::string variable;
        std::string element;
    };
    [[nodiscard]] std::vector<Binding> counterexample(const Interpretation& meaning) const;

    enum class Operation : std::uint8_t {
        constant, // number
        variable, // number: how many quantifiers further out it is bound, 0 for the innermost
        symbol,   // number: its position in the vocabulary
        negation,
        conjunction,
        disjunction,
        implication, // right-associative
        equality,    // of all neighbours
        distinctness,
        choice,
        at_most,
        less,
        at_least,
        greater,
        sum,
        difference, // of one: its negative
        for_all,    // number: the size of the sort
        exists,
    };
    struct Node {
        Operation operation = Operation::constant;
        std::int64_t number = 0;
        SortIndex sort = boolean_sort; // quantifiers: of the variable
        std::string variable;          // quantifiers
        std::vector<std::uint32_t> operands;
    };

private:
    using Environment = std::vector<std::int64_t>; // values of the variables, the innermost last
    [[nodiscard]] std::int64_t value(std::uint32_t node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] bool holds_between(const Node& node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] std::int64_t quantified(const Node& node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] std::int64_t applied(const Node& node, const Interpretation& meaning, Environment& bound) const;

    std::vector<Node> nodes_; // operands are in front of what uses them; the last is the formula
    std::vector<FiniteSort> sorts_;
};

} // namespace mdcd::checker::smt
