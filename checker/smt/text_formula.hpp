// Closed formulas over a finite vocabulary: written by users in SMT-LIB 2, read, type-checked and evaluated by plain
// code. No solver sees the text (docs/adr/0027). Knows no protocol.
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
    std::int64_t numeral_max = 0; // a number written for an argument lies between 1 and this; 0: any number will do
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
    // At most so many steps to evaluate a formula once. Known from the text, so a text that needs more is refused.
    static constexpr std::uint64_t steps_max = std::uint64_t{1} << 20;

    // The conjunction of the assertions of a text of `assert` and `define-fun` commands. Understood are the Boolean
    // connectives, =, distinct, ite, let, +, -, comparisons, numerals, and quantifiers over finite sorts. Throws
    // FormulaError for anything else, for a text that asserts nothing, and for one too large. Takes time and memory
    // in proportion to the text.
    TextFormula(std::string_view text, const Vocabulary& vocabulary);

    // Throws ModelError if a number on the way does not fit into 64 bits.
    [[nodiscard]] bool is_true(const Interpretation& meaning) const;

    // The most steps that is_true() can take: visits of a part of the formula.
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

    // For a formula that is false: the variables of its outermost `forall`s with the first elements that make it so.
    struct Binding {
        std::string variable;
        std::string element;
    };
    [[nodiscard]] std::vector<Binding> counterexample(const Interpretation& meaning) const;

    enum class Operation : std::uint8_t {
        constant, // number
        variable, // number: its place among the values that are bound in the same frame, 0 for the outermost
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
        for_all,    // number: the size of the sort; of the bound value the place is that of the next free one
        exists,
        binding, // let: values one by one, each at the next free place, then what they are bound in
        call,    // the arguments, then the body of the function, which sees them in a frame of its own
    };
    struct Node {
        Operation operation = Operation::constant;
        std::int64_t number = 0;
        SortIndex sort = boolean_sort; // of its value; quantifiers: of the variable
        std::string variable;          // quantifiers
        std::vector<std::uint32_t> operands;
    };

    // What has been read, operands in front of what uses them; the last is the formula.
    [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }

private:
    // Values of the variables, the innermost last; those of the current frame begin at `frame`.
    struct Environment {
        std::vector<std::int64_t> values;
        std::size_t frame = 0;
    };
    [[nodiscard]] std::int64_t value(std::uint32_t node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] bool holds_between(const Node& node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] bool are_distinct(const Node& node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] std::int64_t quantified(const Node& node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] std::int64_t total(const Node& node, const Interpretation& meaning, Environment& bound) const;
    [[nodiscard]] std::int64_t applied(const Node& node, const Interpretation& meaning, Environment& bound) const;
    void bind(const Node& node, const Interpretation& meaning, Environment& bound) const;

    std::vector<Node> nodes_;
    std::uint64_t steps_ = 0;
    std::vector<FiniteSort> sorts_;
};

} // namespace mdcd::checker::smt
